package io.pinion.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.Agent;

/**
 * Runs one graph under one layout: life cycle, threads, errors, drain.
 *
 * <p>Made by {@link #of}, started once, closed once. Owns its adapter and publishers: closing it closes them.
 *
 * @param <E> the user's own event class.
 */
public final class Processor<E> implements AutoCloseable {
    private Processor() {}

    /**
     * Begins a processor.
     *
     * @param name  of the graph.
     * @param graph what to run; built anew for each processor.
     * @param codec of its events.
     * @param <E>   the event class.
     * @return what to say next.
     */
    public static <E> Builder<E> of(final String name, final Graph<E> graph, final Codec<E> codec) {
        throw new UnsupportedOperationException("signature first");
    }

    /** Starts the threads of the layout. */
    public void start() {}

    /** Runs each part once on the caller's thread. Only for {@link Layout#stepped()}. @return work done. */
    public int step() {
        return 0;
    }

    /** Takes nothing more in; what is in the ring goes on to its targets. Any thread. */
    public void drain() {}

    /**
     * Waits for the end: the input's own, or that after {@link #drain}. @return false when the time ran out first.
     * @throws EdgeException when processor failed: see {@link #failure}.
     */
    public boolean awaitEnd(final Duration timeout) {
        return false;
    }

    /** Sentence(s) why it stopped by itself, or null. The throwable is for --verbose. */
    public Throwable failure() {
        return null;
    }

    /** Any thread. */
    public Account account() {
        return null;
    }

    /** Latency by hop, in ns: "arrival" (due to in the ring), "stages" (in the ring to taken up by a target), "egress" (taken up to accepted), "total" (due to accepted). All since the start; any thread. Copies. */
    public Map<String, Histogram> latency() {
        return null;
    }

    /** Slots of the ring in use now. */
    public long occupancy() {
        return 0;
    }

    /** Slots of the ring. */
    public int ringSlots() {
        return 0;
    }

    /** Distinct errors so far: each a line "3 x java.lang.NullPointerException: ... at stage recent" */
    public List<String> errors() {
        return null;
    }

    /** for each target that has waited: name and its publisher's whyWaiting sentence. */
    public Map<String, String> waiting() {
        return null;
    }

    /** identity of this log, new for each processor, as 16 hex digits */
    public String logId() {
        return null;
    }

    /** parts of thread groups as run, e.g. [[driver, ingress, recent, once, route, egress]] */
    public List<List<String>> threads() {
        return null;
    }

    @Override
    public void close() {}

    /** Options. */
    public static final class Builder<E> {
        private Builder() {}
        /** default Layout.oneThread() */
        public Builder<E> layout(final Layout layout) {
            return this;
        }
        /** power of two; default 1024 */
        public Builder<E> ringSlots(final int slots) {
            return this;
        }
        /** default 64 KiB */
        public Builder<E> maxFrameBytes(final int bytes) {
            return this;
        }
        /** formats: what the ingress takes: one of them or both (then the first byte decides). */
        public Builder<E> ingress(final IngressAdapter adapter, final FrameFormat... formats) {
            return this;
        }
        /** egress by TARGET name (dead letters: Target.DEAD_LETTERS); format null: as the event came. Dead letters are always JSON. */
        public Builder<E> egress(final String target, final EgressPublisher publisher, final FrameFormat format) {
            return this;
        }
        /** an embedded media driver's (and client conductor's) duty cycle; part "driver" of layout. */
        public Builder<E> driver(final Agent agent) {
            return this;
        }
        /** log time is the highest event time so far (replay), not the wall clock */
        public Builder<E> logTimeFromEvents() {
            return this;
        }
        /** checks & allocates. @throws GraphException when something's wrong */
        public Processor<E> build() {
            return new Processor<>();
        }
    }
}
