package io.pinion.jmh.graph;

import io.pinion.engine.Layout;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All four operators on one thread, from ring to ring, without frames where it doesn't say so: Pinion, by hand on a Disruptor, a plain
 * loop; and the operators' tables by hand.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class WholeGraphBenchmark {
    /** Events in each invocation. */
    static final int EVENTS = 1_024;

    /** Until the window is full. */
    private static final int FILL_EVENTS = 2 * JobEvents.KEYS;

    /** A plain loop. */
    @State(Scope.Thread)
    public static class Loop {
        private final JobSteps steps = new JobSteps(new JobSink(), new JobSink(), new JobSink());
        private final JobEvents events = new JobEvents();
        private final JobEvent event = new JobEvent();
        private long next;

        /** Fills the window. */
        @Setup
        public void fill() {
            run(FILL_EVENTS);
        }

        void run(final int count) {
            for (int i = 0; i < count; i++) {
                events.fill(event, next++);
                steps.onEvent(event);
            }
        }
    }

    /** On the operators' own tables, by hand. */
    @State(Scope.Thread)
    public static class Batched {
        private final BatchedJob job = new BatchedJob(List.of(new JobSink(), new JobSink(), new JobSink()));

        /** Fills the window. */
        @Setup
        public void fill() {
            job.run(FILL_EVENTS);
        }
    }

    /** By hand on a Disruptor. */
    @State(Scope.Thread)
    public static class ByHand {
        private final HandWrittenJob job =
                new HandWrittenJob(new JobSteps(new JobSink(), new JobSink(), new JobSink()));

        /**
         * Fills the window.
         *
         * @throws Exception as the poller does.
         */
        @Setup
        public void fill() throws Exception {
            job.run(FILL_EVENTS);
        }
    }

    /** Pinion. */
    @State(Scope.Thread)
    public static class Pinion {
        private final NumberedEvents events = new NumberedEvents();
        private PinionJob job;

        /** Fills the window. */
        @Setup
        public void fill() {
            job = PinionJob.ofNumbers(events, Layout.stepped());
            events.add(FILL_EVENTS);
            job.runDry();
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void close() {
            job.close();
        }
    }

    /** Pinion, with frames: decoded, and encoded again with the price. */
    @State(Scope.Thread)
    public static class PinionFrames {
        private final FramedEvents events = new FramedEvents();
        private PinionJob job;

        /** Fills the window. */
        @Setup
        public void fill() {
            job = PinionJob.ofFrames(events, Layout.stepped());
            events.add(FILL_EVENTS);
            job.runDry();
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void close() {
            job.close();
        }
    }

    /**
     * The baseline.
     *
     * @param loop the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void plainLoop(final Loop loop) {
        loop.run(EVENTS);
    }

    /**
     * What is left of Pinion where there is no engine: {@link io.pinion.operators.BatchedSteps}.
     *
     * @param batched the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void tablesInBatches(final Batched batched) {
        batched.job.run(EVENTS);
    }

    /**
     * By hand.
     *
     * @param byHand the state.
     * @throws Exception as the poller does.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void disruptorByHand(final ByHand byHand) throws Exception {
        byHand.job.run(EVENTS);
    }

    /**
     * Pinion.
     *
     * @param pinion the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pinion(final Pinion pinion) {
        pinion.events.add(EVENTS);
        pinion.job.runDry();
    }

    /**
     * Pinion with frames.
     *
     * @param pinion the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pinionWithFrames(final PinionFrames pinion) {
        pinion.events.add(EVENTS);
        pinion.job.runDry();
    }
}
