package io.pinion.jmh.graph;

import io.pinion.engine.Layout;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
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

/** All four operators on two threads, the ring between them: Pinion, and by hand on a Disruptor. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TwoThreadsBenchmark {
    /** So many that waiting for the last of them does not count. */
    private static final int EVENTS = 100_000;

    private static final long WAIT_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private static void await(final BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            LockSupport.parkNanos(WAIT_NS);
        }
    }

    /** Pinion: the ingress on one thread, all the rest on the other. */
    @State(Scope.Thread)
    public static class Pinion {
        private final NumberedEvents events = new NumberedEvents();
        private PinionJob job;

        /** Fills the window. */
        @Setup
        public void fill() {
            job = PinionJob.ofNumbers(events, Layout.parse("ingress,*"));
            run(2L * JobEvents.KEYS);
        }

        private void run(final long count) {
            events.add(count);
            await(() -> events.isAllTaken() && job.processor().occupancy() == 0);
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void close() {
            job.close();
        }
    }

    /** By hand. The consumer has a thread of its own. */
    @State(Scope.Thread)
    public static class ByHand {
        private final HandWrittenJob job =
                new HandWrittenJob(new JobSteps(new JobSink(), new JobSink(), new JobSink()));
        private volatile boolean isRunning = true;
        private long produced;

        /** Starts the consumer, and fills the window. */
        @Setup
        public void fill() {
            new Thread(this::consume, "consumer").start();
            run(2 * JobEvents.KEYS);
        }

        private void consume() {
            try {
                while (isRunning) {
                    if (job.poll() == 0) {
                        Thread.yield();
                    }
                }
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
        }

        private void run(final int count) {
            job.produce(count);
            produced += count;
            await(() -> job.consumed() == produced);
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void stop() {
            isRunning = false;
        }
    }

    /**
     * Pinion.
     *
     * @param pinion the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pinion(final Pinion pinion) {
        pinion.run(EVENTS);
    }

    /**
     * By hand.
     *
     * @param byHand the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void disruptorByHand(final ByHand byHand) {
        byHand.run(EVENTS);
    }
}
