package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.IngressAdapter.FrameHandler;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Driver, publisher and adapter on one thread: what that thread allocates for each message, in and out. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int MESSAGES = 50_000;
    private static final int MOST_PASSES = 10;
    /** Far below a byte a message; the driver's timers may take a little, by time and never by message. */
    private static final int BUDGET_BYTES = 5_000;

    private static final int STREAM = 1001;

    private int taken;

    @ParameterizedTest
    @CsvSource({"ipc, 200", "udp, 200", "ipc, 5000", "udp, 5000"})
    void shouldSendAndTakeMessagesWithoutGarbage(final String medium, final int lengthBytes) {
        final String channel = medium.equals("ipc") ? "aeron:ipc" : Rig.udpChannel();
        final Random random = new Random(5);
        final FrameHandler handler = (buffer, offset, length, dueNs) -> {
            if (random.nextInt(8) == 0) {
                return false;
            }
            taken++;
            return true;
        };
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final UnsafeBuffer message = Rig.message(1, lengthBytes);
            // Until it is compiled, the driver allocates where later it does not: so the best of some passes counts.
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MOST_PASSES && least > BUDGET_BYTES; i++) {
                final long before = THREADS.getCurrentThreadAllocatedBytes();
                pass(rig, adapter, publisher, message, handler);
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).isLessThanOrEqualTo(BUDGET_BYTES);
        }
    }

    private void pass(
            final Rig rig,
            final AeronIngressAdapter adapter,
            final AeronPublisher publisher,
            final UnsafeBuffer message,
            final FrameHandler handler) {
        taken = 0;
        int offered = 0;
        final long startNs = System.nanoTime();
        while (taken < MESSAGES) {
            if (offered < MESSAGES && publisher.offer(message, 0, message.capacity(), 1_795_000_000_000_000_007L)) {
                offered++;
            }
            rig.step();
            adapter.poll(handler, 16);
            if (System.nanoTime() - startNs > 60_000_000_000L) {
                throw new AssertionError("only " + taken + " of " + MESSAGES + " in a minute");
            }
        }
    }
}
