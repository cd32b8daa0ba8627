package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.security.CredentialsSupplier;
import java.time.Duration;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A producer of a replicated graph: keeps what is not acknowledged, finds the leader, resends. What {@link #accepted} counts
 * is committed and reaches each of its targets. Used by one thread; never blocks but in {@link #awaitAccepted}.
 *
 * <p>Sequences count this producer's events from 1, over its restarts: one that starts again opens with its id, and goes on
 * behind {@link #accepted}. An older instance of the same id is fenced then.
 */
public final class ClusterProducer implements AutoCloseable {
    private ClusterProducer() {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Offers one event to the graph's ingress.
     *
     * @param buffer where it lies; taken over whole during the call, or not at all.
     * @param offset where it begins there.
     * @param length how long it is.
     * @param dueNs  when it was due to be sent, in nanoseconds since 1970; 0 where that is not known.
     * @return false when the window is full or the producer not open yet: {@link #poll} and offer it again.
     * @throws io.pinion.engine.EdgeException when the producer can't go on: see {@link #poll}.
     */
    public boolean offer(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        throw new UnsupportedOperationException();
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
     * @throws io.pinion.engine.EdgeException when the producer can't go on.
     */
    public boolean offer(
            final int destination, final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Connects, sends, resends, and hears what is acknowledged. To be called without end.
     *
     * @return how much was done, 0 when nothing.
     * @throws io.pinion.engine.EdgeException when it can't go on: fenced by a younger instance, unknown to the cluster with
     *     events unacknowledged, refused because there are too many producers, or without its driver.
     */
    public int poll() {
        throw new UnsupportedOperationException();
    }

    /**
     * The highest sequence that the cluster has taken, with all before it.
     *
     * @return 0 while there is none.
     */
    public long accepted() {
        throw new UnsupportedOperationException();
    }

    /**
     * The sequence of the last event that was offered and taken over here.
     *
     * @return at least {@link #accepted}.
     */
    public long sent() {
        throw new UnsupportedOperationException();
    }

    /**
     * What was sent again so far.
     *
     * @return messages.
     */
    public long resent() {
        throw new UnsupportedOperationException();
    }

    /**
     * What a person should know when nothing is accepted for long.
     *
     * @return a sentence.
     */
    public String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    /**
     * Polls until all that was offered is accepted.
     *
     * @param timeout how long.
     * @return false when that was not enough.
     */
    public boolean awaitAccepted(final Duration timeout) {
        throw new UnsupportedOperationException();
    }

    /** Ends its session. What is not accepted may be, or not: {@link #awaitAccepted} before. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** What a producer needs. */
    public static final class Builder {
        private Builder() {}

        /**
         * The client of a media driver; not closed with the producer.
         *
         * @param client of a driver of this host.
         * @return this.
         */
        public Builder aeron(final Aeron client) {
            throw new UnsupportedOperationException();
        }

        /**
         * Where members take messages.
         *
         * @param ingress each member's {@code host:port} in the order of their numbers, the port being the first of the
         *                member's.
         * @return this.
         */
        public Builder endpoints(final List<String> ingress) {
            throw new UnsupportedOperationException();
        }

        /**
         * Where answers come; {@code aeron:udp?endpoint=localhost:0} otherwise, which members on other hosts can't reach.
         *
         * @param channel its address has to be one that members can send to; port 0 takes a free one.
         * @return this.
         */
        public Builder egress(final String channel) {
            throw new UnsupportedOperationException();
        }

        /**
         * Who it is, over restarts.
         *
         * @param id not 0, and no other producer's.
         * @return this.
         */
        public Builder producer(final long id) {
            throw new UnsupportedOperationException();
        }

        /**
         * How it proves who it is, when members ask.
         *
         * @param supplier of credentials.
         * @return this.
         */
        public Builder credentials(final CredentialsSupplier supplier) {
            throw new UnsupportedOperationException();
        }

        /**
         * How much may be unacknowledged; 1,024 events and 8 MiB otherwise.
         *
         * @param events 1 or more.
         * @param bytes  at least twice the longest event.
         * @return this.
         */
        public Builder window(final int events, final int bytes) {
            throw new UnsupportedOperationException();
        }

        /**
         * After how long without an answer it resends; 1 s otherwise.
         *
         * @param timeout longer than a message takes there and back.
         * @return this.
         */
        public Builder resendTimeout(final Duration timeout) {
            throw new UnsupportedOperationException();
        }

        /**
         * Opens it; it connects by being polled.
         *
         * @return the producer.
         * @throws io.pinion.engine.EdgeException when an option is missing or can't be right.
         */
        public ClusterProducer open() {
            throw new UnsupportedOperationException();
        }
    }
}
