package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.Routes;
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

/** A graph by its routes, each to a target of its own; events go to all of them in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RoutesBenchmark {
    private static final int EVENTS = 1_024;

    /** How many routes there are. */
    @Param({"1", "2", "4", "8", "16", "32", "64"})
    public int routes;

    SteppedGraph graph;

    /** Builds it. */
    @Setup
    public void build() {
        final Environment env = Environment.ofNames();
        final int count = routes;
        final Graph.Targets<GrowingEvent> targets = Graph.of(GrowingEvent::new)
                .from(env.ingress("producers"))
                .route(rules -> {
                    Routes<GrowingEvent> chain = rules;
                    for (int i = 1; i < count; i++) {
                        final int turn = i;
                        chain = chain.when(event -> event.number % count == turn)
                                .to("target-" + turn);
                    }
                    return chain.otherwise().to("target-0");
                });
        Graph.Targets<GrowingEvent> all = targets;
        for (int i = 0; i < count; i++) {
            all = all.to("target-" + i, env.egress("target-" + i), block());
        }
        graph = SteppedGraph.ofMade(all.build());
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
