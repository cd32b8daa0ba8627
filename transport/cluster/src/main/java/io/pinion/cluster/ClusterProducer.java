package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.security.CredentialsSupplier;
import io.pinion.engine.EdgeException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;

/**
 * A producer of a replicated graph: keeps what is not acknowledged, finds the leader, resends. What {@link #accepted} counts
 * is committed and reaches each of its targets. Used by one thread; never blocks but in {@link #awaitAccepted}.
 *
 * <p>Sequences count this producer's events from 1, over its restarts: one that starts again opens with its id, and goes on
 * behind {@link #accepted}. An older instance of the same id is fenced then.
 */
public final class ClusterProducer implements AutoCloseable {
    private static final int DEFAULT_WINDOW_EVENTS = 1_024;
    private static final int DEFAULT_WINDOW_BYTES = 8 << 20;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final ClusterLink link;
    private final ProducerSession session;
    private final ProducerSession.Uplink uplink;
    private final long producer;
    private final int windowBytes;
    private long generation;

    private ClusterProducer(final Builder options) {
        producer = options.producer;
        windowBytes = options.windowBytes;
        session = new ProducerSession(
                producer,
                new SecureRandom().nextLong(),
                new UnackedEvents(options.windowEvents, windowBytes),
                options.resendTimeout.toNanos(),
                System.nanoTime());
        link = new ClusterLink(
                options.aeron,
                options.endpoints,
                options.egress,
                options.credentials,
                "producer-" + producer,
                this::onAnswer);
        uplink = link::offer;
    }

    private void onAnswer(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        session.onAnswer(buffer, offset, lengthBytes, System.nanoTime());
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
     * Whether the cluster has said where this producer goes on. Nothing is taken before.
     *
     * @return true once {@link #accepted} holds.
     */
    public boolean isOpen() {
        return session.isOpen();
    }

    /**
     * The longest event it takes. Members may take less: their profile says.
     *
     * @return in bytes.
     */
    public int maxEventBytes() {
        return Math.min(windowBytes / 2, ClusterLink.MAX_MESSAGE_BYTES) - ClusterMessages.EVENT_HEADER_BYTES;
    }

    /**
     * Offers one event to the graph's ingress. It leaves at once where the way is free, and with {@link #poll} otherwise.
     *
     * @param buffer where it lies; taken over whole during the call, or not at all.
     * @param offset where it begins there.
     * @param length how long it is.
     * @param dueNs  when it was due to be sent, in nanoseconds since 1970; 0 where that is not known.
     * @return false when the window is full or the producer not open yet: {@link #poll} and offer it again.
     * @throws EdgeException when the producer can't go on: see {@link #poll}.
     */
    public boolean offer(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        return offer(0, buffer, offset, length, dueNs);
    }

    /**
     * Offers one event, or one row of a table.
     *
     * @param destination 0 for the graph's ingress, k for the k-th of its tables, from 1.
     * @param buffer      where it lies; taken over whole during the call, or not at all.
     * @param offset      where it begins there.
     * @param length      how long it is.
     * @param dueNs       when it was due to be sent, in nanoseconds since 1970; 0 where that is not known.
     * @return false when the window is full or the producer not open yet.
     * @throws EdgeException when the producer can't go on.
     */
    public boolean offer(
            final int destination, final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        checkLength(length);
        if (!session.event(destination, buffer, offset, length, dueNs)) {
            return false;
        }
        if (link.isConnected() && generation == link.generation()) {
            session.send(System.nanoTime(), uplink); // at once, where the way is free; otherwise with the next poll
        }
        return true;
    }

    private void checkLength(final int lengthBytes) {
        if (lengthBytes > maxEventBytes()) {
            throw new EdgeException("An event of " + lengthBytes + " bytes is too long for producer " + producer
                    + ", which takes " + maxEventBytes() + ": half a MiB, and half its window, at most.");
        }
    }

    /** One step of a table's swap; its rows are laid out as SWAP has them. False when there is no room. */
    boolean swap(final int table, final int step, final int rows, final DirectBuffer buffer, final int lengthBytes) {
        checkLength(lengthBytes);
        return session.swap(table, step, rows, buffer, lengthBytes);
    }

    /**
     * Connects, sends, resends, and hears what is acknowledged. To be called without end.
     *
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when it can't go on: fenced by a younger instance, unknown to the cluster with
     *     events unacknowledged, refused because there are too many producers, or without its driver.
     */
    public int poll() {
        final long nowNs = System.nanoTime();
        int done = link.doWork(nowNs);
        if (link.isRejected()) {
            throw new EdgeException("Producer " + producer + " has " + link.whyWaiting() + ".");
        }
        if (link.isConnected()) {
            if (generation != link.generation()) {
                generation = link.generation();
                session.onConnected(nowNs);
            }
            done += session.send(nowNs, uplink);
            link.dropIfSilent(nowNs, session.silenceNs(nowNs));
        }
        return done;
    }

    /**
     * The highest sequence that the cluster has taken, with all before it.
     *
     * @return 0 while there is none.
     */
    public long accepted() {
        return session.accepted();
    }

    /**
     * The sequence of the last event that was offered and taken over here.
     *
     * @return at least {@link #accepted}.
     */
    public long sent() {
        return session.sent();
    }

    /**
     * What was sent again so far.
     *
     * @return messages.
     */
    public long resent() {
        return session.resent();
    }

    /**
     * What a person should know when nothing is accepted for long.
     *
     * @return a sentence.
     */
    public String whyWaiting() {
        final String noWay = link.whyWaiting();
        return noWay != null ? noWay : session.whyWaiting();
    }

    /**
     * Polls until all that was offered is accepted.
     *
     * @param timeout how long.
     * @return false when that was not enough.
     */
    public boolean awaitAccepted(final Duration timeout) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!isOpen() || accepted() < sent()) {
            if (System.nanoTime() - deadlineNs >= 0) {
                return false;
            }
            if (poll() == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        return true;
    }

    /** Ends its session. What is not accepted may be, or not: {@link #awaitAccepted} before. */
    @Override
    public void close() {
        link.close();
    }

    /** What a producer needs. */
    public static final class Builder {
        private Aeron aeron;
        private String endpoints;
        private String egress = "aeron:udp?endpoint=localhost:0";
        private long producer;
        private CredentialsSupplier credentials;
        private int windowEvents = DEFAULT_WINDOW_EVENTS;
        private int windowBytes = DEFAULT_WINDOW_BYTES;
        private Duration resendTimeout = Duration.ofSeconds(1);

        private Builder() {}

        /**
         * The client of a media driver; not closed with the producer.
         *
         * @param client of a driver of this host.
         * @return this.
         */
        public Builder aeron(final Aeron client) {
            aeron = client;
            return this;
        }

        /**
         * Where members take messages.
         *
         * @param ingress each member's {@code host:port} in the order of their numbers, the port being the first of the
         *                member's.
         * @return this.
         */
        public Builder endpoints(final List<String> ingress) {
            endpoints = ClusterLink.endpoints(ingress);
            return this;
        }

        /** As {@link #endpoints}, written as Aeron does. */
        Builder ingressEndpoints(final String ingress) {
            endpoints = ingress;
            return this;
        }

        /**
         * Where answers come; {@code aeron:udp?endpoint=localhost:0} otherwise, which members on other hosts can't reach.
         *
         * @param channel its address has to be one that members can send to; port 0 takes a free one.
         * @return this.
         */
        public Builder egress(final String channel) {
            egress = channel;
            return this;
        }

        /**
         * Who it is, over restarts.
         *
         * @param id not 0, and no other producer's.
         * @return this.
         */
        public Builder producer(final long id) {
            producer = id;
            return this;
        }

        /**
         * How it proves who it is, when members ask.
         *
         * @param supplier of credentials.
         * @return this.
         */
        public Builder credentials(final CredentialsSupplier supplier) {
            credentials = supplier;
            return this;
        }

        /**
         * How much may be unacknowledged; 1,024 events and 8 MiB otherwise.
         *
         * @param events 1 or more.
         * @param bytes  at least twice the longest event.
         * @return this.
         */
        public Builder window(final int events, final int bytes) {
            windowEvents = events;
            windowBytes = bytes;
            return this;
        }

        /**
         * After how long without an answer it resends; 1 s otherwise.
         *
         * @param timeout longer than a message takes there and back.
         * @return this.
         */
        public Builder resendTimeout(final Duration timeout) {
            resendTimeout = timeout;
            return this;
        }

        /**
         * Opens it; it connects by being polled.
         *
         * @return the producer.
         * @throws EdgeException when an option is missing or can't be right.
         */
        public ClusterProducer open() {
            if (aeron == null) {
                throw new EdgeException("A producer needs the client of a media driver: give it one by aeron(...).");
            }
            if (endpoints == null) {
                throw new EdgeException("A producer has to know the members: name their ingress by endpoints(...).");
            }
            if (producer == 0) {
                throw new EdgeException("A producer's id can't be 0: give it one by producer(...), always the same.");
            }
            if (windowEvents < 1 || windowBytes < 2 * ClusterMessages.EVENT_HEADER_BYTES) {
                throw new EdgeException("A producer's window can't be " + windowEvents + " events and " + windowBytes
                        + " bytes: allow 1 event or more, and twice the longest.");
            }
            if (resendTimeout.isNegative() || resendTimeout.isZero()) {
                throw new EdgeException("A producer can't resend after " + resendTimeout
                        + ": take longer than an answer needs, as 1 s.");
            }
            return new ClusterProducer(this);
        }
    }
}
