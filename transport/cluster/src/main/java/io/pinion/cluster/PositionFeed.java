package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.engine.EdgeException;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;

/** Hears what consumers of this member's routes tell: one subscription for all routes. Used by the delivery thread. */
final class PositionFeed implements AutoCloseable {
    /** The stream of positions, at the members' routes endpoints. */
    static final int STREAM = 3_001;

    private static final int LIMIT = 16;

    /** What the consumer of one route told last. */
    static final class Told {
        /** How often it told something; 0 while it has not. */
        long count;

        long logId;
        long next;
        long ask;
        int window;
    }

    private final Subscription subscription;
    private final Long2ObjectHashMap<Told> routes = new Long2ObjectHashMap<>();
    private final FragmentHandler handler = this::onFragment;
    private final String channel;

    /**
     * Opens the subscription.
     *
     * @param aeron   not closed with this.
     * @param channel for example {@code aeron:udp?endpoint=10.0.0.7:21005}.
     * @throws EdgeException when that can't be opened.
     */
    PositionFeed(final Aeron aeron, final String channel) {
        this.channel = channel;
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
    Told of(final long routeId) {
        return routes.computeIfAbsent(routeId, ignored -> new Told());
    }

    int doWork() {
        return subscription.poll(handler, LIMIT);
    }

    private void onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (length < RouteMessages.HEADER_BYTES
                || RouteMessages.type(buffer, offset) != RouteMessages.POSITION
                || RouteMessages.version(buffer, offset) != RouteMessages.VERSION
                || RouteMessages.sequence(buffer, offset) < 1
                || RouteMessages.aux(buffer, offset) < 1) {
            return; // whoever sends what is no position is no consumer
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

    @Override
    public String toString() {
        return channel;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
