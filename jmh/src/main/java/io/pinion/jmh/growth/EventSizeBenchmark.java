package io.pinion.jmh.growth;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.filter;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.Text;
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

/** A graph by the length of its frames, which are read, and leave as they came. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EventSizeBenchmark {
    private static final int EVENTS = 1_024;
    /** What a frame has besides the text, some. */
    private static final int OTHER_BYTES = 24;

    /** How many bytes a frame has. */
    @Param({"64", "256", "1024", "4096", "16384"})
    public int bytes;

    SteppedGraph graph;

    /** An event that is mostly text. */
    public static final class Sized {
        /** Names it. */
        public long id;
        /** Makes it as long as it is to be. */
        public final Text text = new Text();
    }

    /** Makes the frames. */
    @Setup
    public void build() {
        final Environment env = Environment.ofNames();
        final Text text = Text.of("x".repeat(bytes - OTHER_BYTES));
        graph = SteppedGraph.ofFrames(
                Graph.of(Sized::new)
                        .from(env.ingress("producers"))
                        .then(filter("all", event -> event.id >= 0))
                        .route(routes -> routes.otherwise().to("out"))
                        .to("out", env.egress("out"), block())
                        .build(),
                1_024,
                (event, i) -> {
                    event.id = i;
                    event.text.set(text);
                });
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
