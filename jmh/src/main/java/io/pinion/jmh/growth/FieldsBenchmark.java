package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.filter;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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

/** A graph by the fields of its events, all numbers; frames are read, and leave as they came. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class FieldsBenchmark {
    private static final int EVENTS = 1_024;

    /** How many fields an event has. */
    @Param({"4", "8", "16", "32", "64"})
    public int fields;

    SteppedGraph graph;

    /** Makes the frames. */
    @Setup
    public void build() {
        graph = switch (fields) {
            case 4 -> graphOf(ManyFields.Four::new);
            case 8 -> graphOf(ManyFields.Eight::new);
            case 16 -> graphOf(ManyFields.Sixteen::new);
            case 32 -> graphOf(ManyFields.ThirtyTwo::new);
            default -> graphOf(ManyFields.SixtyFour::new);
        };
    }

    private static <E extends ManyFields.Four> SteppedGraph graphOf(final Supplier<E> events) {
        final Environment env = Environment.ofNames();
        return SteppedGraph.ofFrames(
                Graph.of(events)
                        .from(env.ingress("producers"))
                        .then(filter("all", event -> event.a0 != 0))
                        .route(routes -> routes.otherwise().to("out"))
                        .to("out", env.egress("out"), block())
                        .build(),
                1_024,
                ManyFields::fill);
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
