package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.engine.EdgeException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Hears what consumers of this member's routes tell: one subscription for all routes. What no client of the cluster can have told
 * is refused and counted, and for each route said once why. Used by the delivery thread; {@link #refused()} by any.
 */
final class PositionFeed implements AutoCloseable {
    /** The stream of positions, at the members' routes endpoints. */
    static final int STREAM = 3_001;

    private static final int LIMIT = 16;

    /** Why a message is refused. */
    private enum Refusal {
        /** It is as long as positions were before they had an authentication code. */
        OLDER,
        /** Its authentication code is wrong. */
        WRONG_CODE
    }

    /** What the consumer of one route told last. */
    static final class Told {
        private final String route;
        private final Set<Refusal> said = EnumSet.noneOf(Refusal.class);

        /** How often it told something; 0 while it has not. */
        long count;

        long logId;
        long next;
        long ask;
        int window;

        Told(final String route) {
            this.route = route;
        }
    }

    private final Subscription subscription;
    private final Long2ObjectHashMap<Told> routes = new Long2ObjectHashMap<>();
    private final Told unknown = new Told(null);
    private final FragmentHandler handler = this::onFragment;
    private final String channel;
    private final PositionMac mac;
    private final Consumer<String> tell;
    private volatile long refused;

    /**
     * Opens the subscription.
     *
     * @param aeron   not closed with this.
     * @param channel for example {@code aeron:udp?endpoint=10.0.0.7:21005}.
     * @param clients their secret.
     * @param tell    takes sentences for the operator.
     * @throws EdgeException when that can't be opened.
     */
    PositionFeed(final Aeron aeron, final String channel, final SharedSecret clients, final Consumer<String> tell) {
        this.channel = channel;
        this.tell = tell;
        mac = new PositionMac(clients);
        try {
            subscription = aeron.addSubscription(channel, STREAM);
        } catch (final AeronException | IllegalArgumentException e) {
            throw new EdgeException(
                    "Can't open " + channel + " to hear of positions: " + e.getMessage()
                            + "; see that its address is this machine's and its port free.",
                    e);
        }
    }

    /** What one route's consumer tells, from now on. */
    Told of(final long routeId, final String route) {
        return routes.computeIfAbsent(routeId, ignored -> new Told(route));
    }

    /** How many messages were refused. */
    long refused() {
        return refused;
    }

    int doWork() {
        return subscription.poll(handler, LIMIT);
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (length != RouteMessages.POSITION_BYTES || !mac.isRight(buffer, offset)) {
            refuse(buffer, offset, length, header);
            return;
        }
        if (RouteMessages.type(buffer, offset) != RouteMessages.POSITION
                || RouteMessages.version(buffer, offset) != RouteMessages.VERSION
                || RouteMessages.sequence(buffer, offset) < 1
                || RouteMessages.aux(buffer, offset) < 1) {
            return; // a client's, but no position
        }
        final Told told = routes.get(RouteMessages.routeId(buffer, offset));
        if (told != null) {
            told.count++;
            told.logId = RouteMessages.logId(buffer, offset);
            told.next = RouteMessages.sequence(buffer, offset);
            told.ask = RouteMessages.last(buffer, offset);
            told.window = RouteMessages.aux(buffer, offset);
        }
    }

    private void refuse(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        refused++;
        final boolean isWhole = length >= RouteMessages.HEADER_BYTES;
        final boolean isOlder =
                length == RouteMessages.HEADER_BYTES && RouteMessages.type(buffer, offset) == RouteMessages.POSITION;
        final Told named = isWhole ? routes.get(RouteMessages.routeId(buffer, offset)) : null;
        final Told told = named == null ? unknown : named;
        final Refusal why = isOlder ? Refusal.OLDER : Refusal.WRONG_CODE;
        if (told.said.add(why)) {
            final String who = (named == null ? "Somebody" : "The consumer of route \"" + named.route + "\"") + " at "
                    + ((Image) header.context()).sourceIdentity();
            tell.accept(
                    switch (why) {
                        case OLDER ->
                            who + " is older than this member: its positions have no authentication code and don't"
                                    + " count, and without them nothing is delivered; replace it by one of this build.";
                        case WRONG_CODE ->
                            who + " does not have the secret of this cluster's clients: its positions don't count,"
                                    + " and without them nothing is delivered; give it that secret.";
                    });
        }
    }

    @Override
    public String toString() {
        return channel;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
