package io.pinion.cluster;

import io.aeron.Aeron;
import java.util.List;
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

    private RouteConsumer() {
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
     * Hands over what came.
     *
     * @param handler takes it; what it throws comes out of here, and the output is handed over again.
     * @param limit   at most so many fragments.
     * @return how much was done, 0 when nothing.
     * @throws io.pinion.engine.EdgeException when it can't go on: what it expects next is no longer kept, or the driver is
     *     gone.
     */
    public int poll(final Handler handler, final int limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * The sequence it expects next.
     *
     * @return from 1.
     */
    public long next() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whose outputs it reads.
     *
     * @return the log's id; 0 while that isn't known.
     */
    public long logId() {
        throw new UnsupportedOperationException();
    }

    /**
     * What came again and was dropped.
     *
     * @return outputs.
     */
    public long repeats() {
        throw new UnsupportedOperationException();
    }

    /**
     * How many times something was missing, and asked for again.
     *
     * @return gaps.
     */
    public long gaps() {
        throw new UnsupportedOperationException();
    }

    /**
     * What a person should know when nothing comes for long.
     *
     * @return a sentence.
     */
    public String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** What a consumer needs. */
    public static final class Builder {
        private Builder() {}

        /**
         * The client of a media driver; not closed with the consumer.
         *
         * @param client of a driver of this host.
         * @return this.
         */
        public Builder aeron(final Aeron client) {
            throw new UnsupportedOperationException();
        }

        /**
         * Where outputs come: as the member's profile names the target.
         *
         * @param uri    for example {@code aeron:udp?endpoint=10.0.0.9:22001}.
         * @param stream of the stream in it.
         * @return this.
         */
        public Builder channel(final String uri, final int stream) {
            throw new UnsupportedOperationException();
        }

        /**
         * Where members hear of positions.
         *
         * @param endpoints each member's {@code host:port}, the port being the sixth of the member's.
         * @return this.
         */
        public Builder members(final List<String> endpoints) {
            throw new UnsupportedOperationException();
        }

        /**
         * What to read.
         *
         * @param graph its name.
         * @param name  the target's, or {@code dead-letters}.
         * @return this.
         */
        public Builder route(final String graph, final String name) {
            throw new UnsupportedOperationException();
        }

        /**
         * Where it keeps how far it has come; in memory otherwise. Closed with the consumer.
         *
         * @param kept by this consumer alone.
         * @return this.
         */
        public Builder positions(final ConsumerPositions kept) {
            throw new UnsupportedOperationException();
        }

        /**
         * How many outputs may be on their way; 8,192 otherwise.
         *
         * @param outputs 1 or more.
         * @return this.
         */
        public Builder window(final int outputs) {
            throw new UnsupportedOperationException();
        }

        /**
         * Opens it; it connects by being polled.
         *
         * @return the consumer.
         * @throws io.pinion.engine.EdgeException when a channel can't be opened.
         */
        public RouteConsumer open() {
            throw new UnsupportedOperationException();
        }
    }
}
