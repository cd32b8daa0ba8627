package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.upTo;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
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

/** Dedupe by its keys: each event has a new one, and evicts the oldest. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class KeysBenchmark {
    private static final int EVENTS = 1_024;

    /** How many keys it remembers. */
    @Param({"1000", "10000", "100000", "1000000", "10000000"})
    public int keys;

    SteppedGraph graph;

    /** Fills it. */
    @Setup
    public void fill() {
        final Environment env = Environment.ofNames();
        graph = SteppedGraph.ofMade(Graph.of(GrowingEvent::new)
                .from(env.ingress("producers"))
                .then(dedupe("once", event -> event.key, upTo(keys)))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", env.egress("out"), block())
                .build());
        graph.run(keys);
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
