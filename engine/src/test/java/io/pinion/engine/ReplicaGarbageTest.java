package io.pinion.engine;

import static io.pinion.engine.Policy.dropNewest;
import static io.pinion.engine.Policy.spill;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaGarbageTest {
    private static final int ROUNDS = 20;
    private static final int EVENTS = 5_000;

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[100]);
    private long position;
    private long kept;

    /** The least of some rounds: others allocate while the JVM is warming up, and a segment is begun now and then. */
    @Test
    void shouldAllocateNothingForAnEventAConfirmationAndATick() {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberStage("nothing", (slot, value) -> {}))
                .route(routes -> routes.otherwise().to("kept", "dropped"))
                .to("kept", new Egress("kept"), spill())
                .to("dropped", new Egress("dropped"), dropNewest())
                .build();
        try (Replica<Number> replica =
                Processor.of("Numbers", graph, new PaddingCodec()).replica(directory, new RouteBounds(10, 10_000))) {
            replica.begin(1);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                final long before = threads.getCurrentThreadAllocatedBytes();
                round(replica);
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(replica.count(0).next()).isEqualTo(ROUNDS * EVENTS + 1);
            assertThat(replica.count(1).dropped()).isPositive();
            assertThat(least).isZero();
        }
    }

    private void round(final Replica<Number> replica) {
        for (int i = 0; i < EVENTS; i++) {
            kept++;
            assertGiven(replica.event(++position, position, frame, 0, 100, position), replica);
            if (i % 64 == 0) {
                assertGiven(replica.confirm(++position, position, 0, kept), replica);
                assertGiven(replica.confirm(++position, position, 1, position), replica);
                assertGiven(replica.tick(++position, position), replica);
            }
        }
    }

    private static void assertGiven(final boolean isGiven, final Replica<Number> replica) {
        if (!isGiven) {
            throw new IllegalStateException("the ring is full");
        }
        while (!replica.isSettled()) {
            replica.step();
        }
    }
}
