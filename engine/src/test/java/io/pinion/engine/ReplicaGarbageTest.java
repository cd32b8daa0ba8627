package io.pinion.engine;

import static io.pinion.engine.Policy.dropNewest;
import static io.pinion.engine.Policy.spill;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage"})
    void shouldAllocateNothingForAnEventAConfirmationAndATick(final String layout) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberStage("nothing", (slot, value) -> {}))
                .route(routes -> routes.otherwise().to("kept", "dropped"))
                .to("kept", new Egress("kept"), spill())
                .to("dropped", new Egress("dropped"), dropNewest())
                .build();
        try (Replica<Number> replica = Processor.of("Numbers", graph, new PaddingCodec())
                .layout(Layout.parse(layout))
                .replica(directory, new RouteBounds(10, 10_000))) {
            replica.begin(1);
            final long[] ids = threadIds();
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS; i++) {
                final long before = allocated(ids);
                round(replica);
                least = Math.min(least, allocated(ids) - before);
            }
            assertThat(replica.count(0).next()).isEqualTo(ROUNDS * EVENTS + 1);
            assertThat(replica.count(1).dropped()).isPositive();
            assertThat(least).isZero();
        }
    }

    /** This one, and those of the layout. */
    private static long[] threadIds() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("pinion-"))
                .mapToLong(Thread::getId)
                .toArray();
    }

    private long allocated(final long[] ids) {
        long bytes = 0;
        for (final long id : ids) {
            bytes += threads.getThreadAllocatedBytes(id);
        }
        return bytes;
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
            if (replica.step() == 0) {
                Thread.yield();
            }
        }
    }
}
