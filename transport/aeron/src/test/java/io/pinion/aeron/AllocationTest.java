package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.IngressAdapter.FrameHandler;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Driver, publisher and adapter on one thread: what that thread allocates, in and out. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long PATIENCE_NS = Duration.ofMinutes(3).toNanos();
    private static final int WARM_UPS = 4;
    private static final int MESSAGES = 30_000;
    /**
     * Aeron's driver makes an iterator of 32 bytes for each of its pollers in each cycle, busy or idle, where the JIT compiler
     * does not see that nobody keeps it: on JDK 25 it often does not. That is by cycle; by message there is nothing.
     */
    private static final int DRIVER_BUDGET_BYTES_PER_CYCLE = 3 * 32;

    private static final int STREAM = 1001;
    private static final long DUE_NS = 1_795_000_000_000_000_007L;

    private final Random random = new Random(5);
    private int taken;
    private long cycles;
    private long byDriver;
    private long byOffersAndPolls;

    @ParameterizedTest
    @CsvSource({"ipc, 200", "udp, 200", "ipc, 5000", "udp, 5000"})
    void shouldSendAndTakeMessagesWithoutGarbage(final String medium, final int lengthBytes) {
        final String channel = medium.equals("ipc") ? "aeron:ipc" : FreePorts.channel();
        try (Rig rig = new Rig()) {
            final AeronIngressAdapter adapter = rig.adapter(channel, STREAM);
            final AeronPublisher publisher = rig.publisher(channel, STREAM);
            final UnsafeBuffer message = Rig.message(1, lengthBytes);
            for (int i = 0; i < WARM_UPS; i++) {
                pass(rig, adapter, publisher, message);
            }
            pass(rig, adapter, publisher, message);
            assertThat(byOffersAndPolls).isZero();
            assertThat(byDriver).isLessThanOrEqualTo(cycles * DRIVER_BUDGET_BYTES_PER_CYCLE);
        }
    }

    private boolean take() {
        if (random.nextInt(8) == 0) {
            return false;
        }
        taken++;
        return true;
    }

    private void pass(
            final Rig rig,
            final AeronIngressAdapter adapter,
            final AeronPublisher publisher,
            final UnsafeBuffer message) {
        final FrameHandler handler = (buffer, offset, length, dueNs) -> take();
        final long startNs = System.nanoTime();
        taken = 0;
        cycles = 0;
        byDriver = 0;
        byOffersAndPolls = 0;
        int offered = 0;
        while (taken < MESSAGES) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            if (offered < MESSAGES && publisher.offer(message, 0, message.capacity(), DUE_NS)) {
                offered++;
            }
            adapter.poll(handler, 16);
            final long between = THREADS.getCurrentThreadAllocatedBytes();
            rig.step();
            cycles++;
            byDriver += THREADS.getCurrentThreadAllocatedBytes() - between;
            byOffersAndPolls += between - before;
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("only " + taken + " of " + MESSAGES);
            }
        }
    }
}
