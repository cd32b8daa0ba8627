package io.pinion.jmh.graph;

import io.pinion.engine.Graph;
import io.pinion.engine.Layout;
import io.pinion.jmh.job.Item;
import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.job.ItemRows;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobParts;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.SeenKeys;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Each operator alone, on one thread, from ring to ring without frames; beside it what it can't do without: a bare loop, a
 * bare probe.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StageBenchmark {
    private static final int EVENTS = 1_024;

    /** A graph with one operator. */
    @State(Scope.Thread)
    public static class OneStage {
        /** Which. */
        @Param({"nothing", "filter", "dedupe-10k", "dedupe-100k", "dedupe-1m", "enrich", "route"})
        public String operator;

        private final NumberedEvents events = new NumberedEvents();
        private PinionJob job;

        /** Fills the window. */
        @Setup
        public void fill() {
            job = new PinionJob(graph(), new NumberCodec(), events, Layout.stepped(), SinkPublisher::ofNumbers);
            events.add(2 * JobEvents.KEYS);
            job.runDry();
        }

        private Graph<JobEvent> graph() {
            return switch (operator) {
                case "nothing" -> JobParts.nothing();
                case "filter" -> JobParts.with(JobParts.filtering());
                case "dedupe-10k" -> JobParts.with(JobParts.deduping(10_000));
                case "dedupe-100k" -> JobParts.with(JobParts.deduping(100_000));
                case "dedupe-1m" -> JobParts.with(JobParts.deduping(1_000_000));
                case "enrich" -> JobParts.with(JobParts.enriching());
                case "route" -> JobParts.routing();
                default -> throw new IllegalArgumentException("There is no operator " + operator + ".");
            };
        }

        /** Stops it. */
        @TearDown(Level.Trial)
        public void close() {
            job.close();
        }
    }

    /** The events alone, and one after the other the bare tables. */
    @State(Scope.Thread)
    public static class Bare {
        /** Which. */
        @Param({"nothing", "probe-10k", "probe-100k", "probe-1m", "items", "item-rows"})
        public String table;

        private final JobEvents events = new JobEvents();
        private final JobEvent event = new JobEvent();
        private final JobSink sink = new JobSink();
        private final ItemPrices prices = new ItemPrices(JobEvents.ROWS);
        private final ItemRows rows = new ItemRows(JobEvents.ROWS);
        private SeenKeys seen;
        private long next;

        /** Fills the tables. */
        @Setup
        public void fill() {
            seen = switch (table) {
                case "probe-10k" -> new SeenKeys(10_000);
                case "probe-100k" -> new SeenKeys(100_000);
                case "probe-1m" -> new SeenKeys(1_000_000);
                default -> null;
            };
            for (long item = 0; item < JobEvents.ROWS; item++) {
                prices.put(item, JobEvents.priceOf(item));
                final Item row = new Item();
                row.itemId = item;
                row.price = JobEvents.priceOf(item);
                rows.put(row);
            }
            for (int i = 0; i < 2 * JobEvents.KEYS; i += EVENTS) {
                run();
            }
        }

        private void run() {
            if (seen != null) {
                probe();
            } else if ("items".equals(table)) {
                look();
            } else if ("item-rows".equals(table)) {
                lookAtRows();
            } else {
                pass();
            }
        }

        private void pass() {
            for (int i = 0; i < EVENTS; i++) {
                events.fill(event, next++);
                sink.accept(event.eventId, event.price);
            }
        }

        private void probe() {
            for (int i = 0; i < EVENTS; i++) {
                events.fill(event, next++);
                if (seen.isFirst(event.eventId, event.at, TimeUnit.SECONDS.toMicros(1))) {
                    sink.accept(event.eventId, event.price);
                }
            }
        }

        private void look() {
            for (int i = 0; i < EVENTS; i++) {
                events.fill(event, next++);
                final int row = prices.find(event.itemId);
                if (row >= 0) {
                    event.price = prices.price(row);
                }
                sink.accept(event.eventId, event.price);
            }
        }

        private void lookAtRows() {
            for (int i = 0; i < EVENTS; i++) {
                events.fill(event, next++);
                final Item row = rows.find(event.itemId);
                if (row != null) {
                    event.price = row.price;
                }
                sink.accept(event.eventId, event.price);
            }
        }
    }

    /**
     * One operator in Pinion.
     *
     * @param stage the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void pinion(final OneStage stage) {
        stage.events.add(EVENTS);
        stage.job.runDry();
    }

    /**
     * The same by hand.
     *
     * @param bare the state.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void bare(final Bare bare) {
        bare.run();
    }
}
