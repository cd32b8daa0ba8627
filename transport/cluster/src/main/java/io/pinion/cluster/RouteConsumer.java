package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.pinion.engine.EdgeException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * Reads one route of a replicated graph: each output once and in order, whichever member leads. It tells all members how far
 * it has come, drops what comes again, and asks again for what is missing. One consumer to a route. Used by one thread;
 * never blocks.
 */
public final class RouteConsumer implements AutoCloseable {
    /** Takes outputs. */
    @FunctionalInterface
    public interface Handler {
        /**
         * One output. Log id, route and sequence are its identity.
         *
         * @param logId       of the log it came from.
         * @param sequence    its place in the route, from 1 and without a gap.
         * @param logTimeUs   the log's time, in microseconds since 1970.
         * @param buffer      where the frame lies, valid during the call.
         * @param offset      where it begins there.
         * @param lengthBytes how long it is.
         */
        void onOutput(long logId, long sequence, long logTimeUs, DirectBuffer buffer, int offset, int lengthBytes);
    }

    private static final int DEFAULT_WINDOW = 8_192;

    /** One publication for all members. The first of them that reads slowly holds up nobody. */
    private static final String POSITIONS = "aeron:udp?control-mode=manual|fc=max|term-length=64k";

    private final Aeron aeron;
    private final String where;
    private final ConsumerPositions positions;
    private final ConsumerSession session;
    private final Subscription subscription;
    private final ExclusivePublication publication;
    private final ControlledFragmentAssembler assembler = new ControlledFragmentAssembler(this::onMessage);
    private final PositionReport report;
    private final AtomicInteger images = new AtomicInteger();
    private int imagesSeen;
    private Handler handler;
    private RuntimeException thrown;
    private long nowNs;
    private long storedNext;
    private long storedLogId;

    private RouteConsumer(final Builder options) {
        aeron = options.aeron;
        where = "route \"" + options.route + "\" of " + options.graph + " at " + options.channel + " stream "
                + options.stream;
        final long routeId = RouteMessages.routeId(options.graph, options.route);
        positions = options.positions;
        storedLogId = positions.logId();
        storedNext = positions.next();
        session = new ConsumerSession(
                where,
                routeId,
                options.window,
                storedLogId,
                storedNext,
                new SecureRandom().nextInt(),
                System.nanoTime());
        Subscription opened = null;
        try {
            opened = aeron.addSubscription(options.channel, options.stream, this::onImage, ignored -> {});
            publication = aeron.addExclusivePublication(POSITIONS, PositionFeed.STREAM);
            for (final String endpoint : options.members) {
                publication.addDestination("aeron:udp?endpoint=" + endpoint);
            }
        } catch (final AeronException | IllegalArgumentException e) {
            CloseHelper.quietClose(opened);
            throw new EdgeException("Can't read " + where + ": " + e.getMessage() + ".", e);
        }
        subscription = opened;
        report =
                new PositionReport(publication::offer, where, routeId, options.window, new PositionMac(options.secret));
    }

    /** By the client's conductor. */
    private void onImage(final Image image) {
        images.incrementAndGet();
    }

    /**
     * Sets one up.
     *
     * @return to be filled.
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Hands over what came.
     *
     * @param handler takes it; what it throws comes out of here, and the output is handed over again.
     * @param limit   at most so many fragments.
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when it can't go on: what it expects next is no longer kept, or the driver is
     *     gone.
     */
    public int poll(final Handler handler, final int limit) {
        nowNs = System.nanoTime();
        this.handler = handler;
        if (imagesSeen != images.get()) {
            imagesSeen = images.get();
            session.onConnected(nowNs);
        }
        int done = subscription.controlledPoll(assembler, limit);
        store();
        if (thrown != null) {
            final RuntimeException first = thrown;
            thrown = null;
            throw first;
        }
        if (done == 0 && (aeron.isClosed() || subscription.isClosed())) {
            throw new EdgeException("The consumer of " + where + " is cut off: the media driver in "
                    + aeron.context().aeronDirectoryName()
                    + " is gone, or dropped this client; see that it runs and start this process again.");
        }
        return done + (report.tell(session, nowNs) ? 1 : 0);
    }

    private Action onMessage(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (thrown != null) {
            return Action.ABORT;
        }
        if (length < RouteMessages.HEADER_BYTES || RouteMessages.version(buffer, offset) != RouteMessages.VERSION) {
            return Action.CONTINUE; // no member's
        }
        try {
            final short type = RouteMessages.type(buffer, offset);
            if (type == RouteMessages.RECORD) {
                onRecord(buffer, offset, length);
            } else if (type == RouteMessages.HELLO) {
                session.onHello(
                        RouteMessages.routeId(buffer, offset),
                        RouteMessages.logId(buffer, offset),
                        RouteMessages.sequence(buffer, offset),
                        nowNs);
            }
            return Action.CONTINUE;
        } catch (final RuntimeException e) {
            // Aeron would report it and go on with the next output; held here, it is thrown when the poll is over.
            thrown = e;
            return Action.ABORT;
        }
    }

    private void onRecord(final DirectBuffer buffer, final int offset, final int length) {
        final long logId = RouteMessages.logId(buffer, offset);
        final long sequence = RouteMessages.sequence(buffer, offset);
        if (session.isNext(RouteMessages.routeId(buffer, offset), logId, sequence, nowNs)) {
            handler.onOutput(
                    logId,
                    sequence,
                    RouteMessages.last(buffer, offset),
                    buffer,
                    offset + RouteMessages.HEADER_BYTES,
                    length - RouteMessages.HEADER_BYTES);
            session.taken();
        }
    }

    /** Before it is told: what members know as seen may be freed there. */
    private void store() {
        if (session.next() != storedNext || session.logId() != storedLogId) {
            positions.store(session.logId(), session.next());
            storedNext = session.next();
            storedLogId = session.logId();
        }
    }

    /**
     * The sequence it expects next.
     *
     * @return from 1.
     */
    public long next() {
        return session.next();
    }

    /**
     * Whose outputs it reads.
     *
     * @return the log's id; 0 while that isn't known.
     */
    public long logId() {
        return session.logId();
    }

    /**
     * What came again and was dropped.
     *
     * @return outputs.
     */
    public long repeats() {
        return session.repeats();
    }

    /**
     * How many times something was missing, and asked for again.
     *
     * @return gaps.
     */
    public long gaps() {
        return session.gaps();
    }

    /**
     * What a person should know when nothing comes for long.
     *
     * @return a sentence.
     */
    public String whyWaiting() {
        if (!publication.isConnected()) {
            return "no member hears the consumer of " + where;
        }
        if (!subscription.isConnected()) {
            return "no member delivers " + where + ": none leads, or its address for this target is another one";
        }
        return session.wasHeard()
                ? "nothing is left to read of " + where
                : "nothing has come of " + where + " yet: there is nothing to read, or members refuse its positions,"
                        + " and say why";
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(publication, subscription, positions);
    }

    /** What a consumer needs. */
    public static final class Builder {
        private Aeron aeron;
        private String channel;
        private int stream;
        private List<String> members = List.of();
        private String graph;
        private String route;
        private SharedSecret secret;
        private ConsumerPositions positions = ConsumerPositions.inMemory();
        private int window = DEFAULT_WINDOW;

        private Builder() {}

        /**
         * The client of a media driver; not closed with the consumer.
         *
         * @param client of a driver of this host.
         * @return this.
         */
        public Builder aeron(final Aeron client) {
            aeron = client;
            return this;
        }

        /**
         * Where outputs come: as the member's profile names the target.
         *
         * @param uri    for example {@code aeron:udp?endpoint=10.0.0.9:22001}.
         * @param stream of the stream in it.
         * @return this.
         */
        public Builder channel(final String uri, final int stream) {
            channel = uri;
            this.stream = stream;
            return this;
        }

        /**
         * Where members hear of positions.
         *
         * @param endpoints each member's {@code host:port}, the port being the sixth of the member's.
         * @return this.
         */
        public Builder members(final List<String> endpoints) {
            members = List.copyOf(endpoints);
            return this;
        }

        /**
         * What to read.
         *
         * @param graph its name.
         * @param name  the target's, or {@code dead-letters}.
         * @return this.
         */
        public Builder route(final String graph, final String name) {
            this.graph = graph;
            route = name;
            return this;
        }

        /**
         * What it proves to the members by that its positions are those of a client. Members take no others.
         *
         * @param ofClients the secret of the cluster's clients; {@link SharedSecret#none} where it has none.
         * @return this.
         */
        public Builder secret(final SharedSecret ofClients) {
            secret = ofClients;
            return this;
        }

        /**
         * Where it keeps how far it has come; in memory otherwise. Closed with the consumer.
         *
         * @param kept by this consumer alone.
         * @return this.
         */
        public Builder positions(final ConsumerPositions kept) {
            positions = kept;
            return this;
        }

        /**
         * How many outputs may be on their way; 8,192 otherwise.
         *
         * @param outputs 1 or more.
         * @return this.
         */
        public Builder window(final int outputs) {
            window = outputs;
            return this;
        }

        /**
         * Opens it; it connects by being polled.
         *
         * @return the consumer.
         * @throws EdgeException when an option is missing or can't be right, or a channel can't be opened.
         */
        public RouteConsumer open() {
            if (aeron == null) {
                throw new EdgeException("A consumer needs the client of a media driver: give it one by aeron(...).");
            }
            if (channel == null || route == null || members.isEmpty()) {
                throw new EdgeException("A consumer has to know where it reads, what, and who the members are: name"
                        + " channel(...), route(...) and members(...).");
            }
            if (secret == null) {
                throw new EdgeException("A consumer needs the secret of the cluster's clients, for members take no"
                        + " positions without: give it one by secret(...), SharedSecret.none() where the cluster has"
                        + " none.");
            }
            if (window < 1) {
                throw new EdgeException("A consumer's window can't be " + window + " outputs: allow 1 or more.");
            }
            return new RouteConsumer(this);
        }
    }
}
