package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.operators.Table;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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

/** Enrich by the rows of its table, of which events look up any. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RowsBenchmark {
    private static final int EVENTS = 1_024;

    /** How many rows the table has. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int rows;

    SteppedGraph graph;

    /** Fills the table. */
    @Setup
    public void fill() {
        final Environment env = Environment.ofNames();
        final Table<GrowingEvent> prices = table("prices", GrowingEvent::new, row -> row.number, upTo(rows));
        prices.open();
        for (long i = 0; i < rows; i++) {
            final GrowingEvent row = new GrowingEvent();
            row.number = i;
            row.price = i;
            prices.put(row);
        }
        final int max = rows;
        graph = SteppedGraph.ofMade(Graph.of(GrowingEvent::new)
                .from(env.ingress("producers"))
                .then(enrich(
                        "price",
                        prices,
                        event -> (event.key >>> 32) * max >>> 32,
                        (event, row) -> event.price = row.price))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", env.egress("out"), block())
                .build());
    }

    /** Stops it. */
    @TearDown
    public void close() {
        graph.close();
    }

    /** An event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void graph() {
        graph.run(EVENTS);
    }
}
