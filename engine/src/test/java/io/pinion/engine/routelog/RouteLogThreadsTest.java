package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RouteLogThreadsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int RECORDS = 100_000;

    @TempDir
    Path directory;

    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[300]);

    @Test
    @Timeout(300)
    void shouldShowReadersOnlyWholeRecordsWhileItIsWritten() throws Exception {
        final ExecutorService executor = Executors.newFixedThreadPool(3);
        final AtomicLong slowest = new AtomicLong(-1);
        try (RouteLog log = RouteLog.open(RouteLogConfig.in(directory)
                .segmentBytes(65_536)
                .maxBytes(1 << 20)
                .forceEvery(Duration.ofMillis(20)))) {
            final List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(executor.submit(readingTo(log, RECORDS, i == 0 ? slowest : new AtomicLong())));
            }
            long sequence = 0;
            while (sequence < RECORDS) {
                if (append(log, sequence) == AppendResult.APPENDED) {
                    sequence++;
                } else {
                    Thread.yield();
                }
                if (slowest.get() >= 0) {
                    log.writer().confirm(RUN, slowest.get());
                }
            }
            assertThat(readers.get(0).get()).isEqualTo(RECORDS);
            for (final Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            assertThat(log.whyNotReady()).isNull();
        } finally {
            executor.shutdownNow();
            assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Each byte of a payload says its sequence; the first reader is never behind what is confirmed and so sees each. */
    private static Callable<Long> readingTo(final RouteLog log, final long end, final AtomicLong read) {
        return () -> {
            long count = 0;
            long last = -1;
            try (RouteLogReader reader = log.newReader()) {
                while (last < end - 1) {
                    if (!reader.next()) {
                        Thread.yield();
                        continue;
                    }
                    if (reader.sequence() <= last || reader.lengthBytes() != lengthOf(reader.sequence())) {
                        throw new AssertionError("after " + last + " came " + reader.sequence());
                    }
                    for (int i = 0; i < reader.lengthBytes(); i++) {
                        if (reader.buffer().getByte(reader.offset() + i) != (byte) reader.sequence()) {
                            throw new AssertionError("torn: " + reader.sequence());
                        }
                    }
                    last = reader.sequence();
                    read.set(last);
                    count++;
                }
            }
            return count;
        };
    }

    private static int lengthOf(final long sequence) {
        return (int) (sequence % 97);
    }

    private AppendResult append(final RouteLog log, final long sequence) {
        payload.setMemory(0, 97, (byte) sequence);
        return log.writer().append(RUN, sequence, 0, 0, payload, 0, lengthOf(sequence));
    }

    @Test
    @Timeout(300)
    void shouldAppendReadCompareAndConfirmWithoutGarbage() {
        try (RouteLog log = RouteLog.open(RouteLogConfig.in(directory).segmentBytes(1 << 20));
                RouteLogReader reader = log.newReader()) {
            round(log, reader, 0);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            round(log, reader, RECORDS / 4);
            final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            // Some 8 segments: a view for each reader's and the writer's checksum when it comes to another segment.
            assertThat(allocated).isLessThan(20_000);
        }
    }

    private void round(final RouteLog log, final RouteLogReader reader, final long from) {
        long sequence = from;
        while (sequence < from + RECORDS / 4) {
            if (log.writer().append(RUN, sequence, sequence, sequence, payload, 0, 300) == AppendResult.APPENDED) {
                if (log.writer().append(RUN, sequence, sequence, sequence, payload, 0, 300)
                        != AppendResult.ALREADY_THERE) {
                    throw new AssertionError("not found: " + sequence);
                }
                sequence++;
            }
            if (reader.next() && !log.writer().confirm(RUN, reader.sequence())) {
                throw new AssertionError("not confirmed: " + reader.sequence());
            }
        }
        if (log.backlogEvents() != 0) {
            throw new AssertionError("unread: " + log.backlogEvents());
        }
    }
}
