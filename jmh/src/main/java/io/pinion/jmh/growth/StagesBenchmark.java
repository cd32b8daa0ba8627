package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.filter;

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

/** A graph by its stages, each of which lets every event pass. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class StagesBenchmark {
    private static final int EVENTS = 1_024;

    /** How many stages there are. */
    @Param({"1", "2", "4", "8", "16"})
    public int stages;

    SteppedGraph graph;

    /** Builds it. */
    @Setup
    public void build() {
        final Environment env = Environment.ofNames();
        Graph.Flow<GrowingEvent> flow = Graph.of(GrowingEvent::new).from(env.ingress("producers"));
        for (int i = 0; i < stages; i++) {
            final long never = -1 - i;
            flow = flow.then(filter("stage-" + i, event -> event.number != never));
        }
        graph = SteppedGraph.ofMade(flow.route(routes -> routes.otherwise().to("out"))
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
