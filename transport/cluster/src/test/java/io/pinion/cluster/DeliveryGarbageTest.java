package io.pinion.cluster;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.SequencedTarget;
import io.pinion.engine.routelog.AppendResult;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogConfig;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What delivery and its clients leave for the garbage collector: nothing for an event. */
class DeliveryGarbageTest {
    private static final int EVENTS = 20_000;

    /** Of the JVM itself, over so many events; and a reader's small object for each segment. */
    private static final long TOLERATED_BYTES = 8_192;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[200]);
    private final UnsafeBuffer answer = new UnsafeBuffer(new byte[64]);

    @TempDir
    Path folder;

    private static long allocatedBytes(final Runnable work) {
        work.run(); // loads classes
        work.run();
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void shouldLeaveNothingForAnEventOfAProducer() {
        final ProducerSession producer =
                new ProducerSession(1, 2, new UnackedEvents(1_024, 1 << 20), MILLISECONDS.toNanos(1), 0);
        int length = ClusterMessages.four(answer, ClusterMessages.OPENED, 0, 1, 2, 9, 0);
        producer.onAnswer(answer, 0, length, 0);
        final ProducerSession.Uplink uplink = (buffer, offset, lengthBytes) -> true;
        assertThat(allocatedBytes(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        assertThatIsTaken(producer.event(0, payload, 0, 200, 0));
                        producer.send(i, uplink);
                        final int ack = ClusterMessages.three(answer, ClusterMessages.ACK, 0, 1, 9, producer.sent());
                        producer.onAnswer(answer, 0, ack, i);
                    }
                }))
                .isLessThan(TOLERATED_BYTES);
    }

    private static void assertThatIsTaken(final boolean isTaken) {
        if (!isTaken) {
            throw new AssertionError("not taken");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLeaveNothingForAnOutputThatIsForwarded(final boolean isInTheCall) {
        final ServiceView view = new ServiceView();
        view.logId = 7;
        view.isLeader = true;
        final CountingTarget target = new CountingTarget();
        try (RouteLog log = RouteLog.open(RouteLogConfig.in(folder).segmentBytes(1 << 20));
                Forwarder forwarder = new Forwarder(
                        0, "training", log, target, view, (route, sequence) -> true, Forwarder.Damage.ENDS_THE_ROUTE)) {
            final long[] appended = new long[1];
            final long laterNs = System.nanoTime() + SECONDS.toNanos(1);
            assertThat(allocatedBytes(() -> {
                        for (int i = 0; i < EVENTS; i++) {
                            append(log, ++appended[0]);
                            if (isInTheCall && target.next > 1) {
                                forwarder.onAppend();
                            } else {
                                forwarder.doWork(laterNs + i);
                            }
                        }
                    }))
                    .isLessThan(TOLERATED_BYTES);
            assertThat(target.next).isEqualTo(3 * EVENTS + 1);
        }
    }

    private void append(final RouteLog log, final long sequence) {
        while (log.writer().append(7, sequence, sequence, sequence, payload, 0, 200) != AppendResult.APPENDED) {
            Thread.onSpinWait();
        }
        log.writer().confirm(7, sequence - 1);
    }

    @Test
    void shouldLeaveNothingForAnOutputThatAConsumerHears() {
        final ConsumerSession session = new ConsumerSession("r", 1, 100, 7, 1, 2, 0);
        assertThat(allocatedBytes(() -> {
                    for (int i = 0; i < EVENTS; i++) {
                        assertThatIsTaken(session.isNext(1, 7, session.next(), i));
                        session.taken();
                        if (session.isTellDue(i)) {
                            session.told(i);
                        }
                    }
                }))
                .isLessThan(TOLERATED_BYTES);
    }

    private static final class CountingTarget implements SequencedTarget {
        long next = 1;

        @Override
        public long next(final long logId, final long firstKept) {
            return next;
        }

        @Override
        public boolean offer(
                final long logId,
                final long sequence,
                final long logTimeUs,
                final DirectBuffer buffer,
                final int offset,
                final int lengthBytes) {
            next++;
            return true;
        }

        @Override
        public long settled() {
            return next - 1;
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean isLeadersOnly() {
            return true;
        }

        @Override
        public int maxFrameBytes() {
            return 1_000;
        }

        @Override
        public String whyWaiting() {
            return "";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
