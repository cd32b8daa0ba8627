package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static io.pinion.engine.routelog.Records.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteLogCopyTest {
    private static final int RECORDS = 200;

    @TempDir
    Path folder;

    private final Records records = new Records();

    private Path original() {
        return folder.resolve("original");
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    @Test
    void shouldHoldWhatWasNotConfirmedWhileTheOriginalIsOpen() {
        try (RouteLog log = RouteLog.open(small(original()))) {
            records.fill(log, RUN, 1, RECORDS);
            log.writer().confirm(RUN, RECORDS / 2);
            log.doWork();
            RouteLog.copy(original(), copy());
        }
        assertThat(unconfirmedInCopy()).hasSize(RECORDS / 2 - 1).startsWith("161:" + (RECORDS / 2 + 1));
        try (RouteLog log = RouteLog.open(small(copy()))) {
            assertThat(records.append(log, RUN, RECORDS - 1)).isEqualTo(AppendResult.ALREADY_THERE);
            assertThat(records.appendPatiently(log, RUN, RECORDS)).isEqualTo(AppendResult.APPENDED);
        }
    }

    /** What a reader of files may see of a log that is written meanwhile: a later record, and not yet all of one before. */
    @Test
    void shouldEndBeforeTheFirstRecordThatIsNotWhole() throws IOException {
        try (RouteLog log = RouteLog.open(small(original()))) {
            records.fill(log, RUN, 1, 4);
        }
        final Path segment = Recovery.fileOf(original(), 1);
        final int second = Segment.HEADER_BYTES + Segment.align(Segment.RECORD_HEADER_BYTES + Records.lengthOf(RUN, 1));
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(second);
            file.writeLong(0); // its length and checksum, which come last
        }
        RouteLog.copy(original(), copy());
        assertThat(unconfirmedInCopy()).containsExactly("161:1");
    }

    @Test
    void shouldHoldAllThatWasThereBeforeAndNothingTornWhileItIsWrittenAndFreed() throws InterruptedException {
        final AtomicLong written = new AtomicLong();
        final AtomicBoolean isOver = new AtomicBoolean();
        final Thread writing = new Thread(() -> {
            try (RouteLog log = RouteLog.open(RouteLogConfig.in(original()).segmentBytes(1 << 16))) {
                for (long sequence = 1; !isOver.get(); sequence++) {
                    records.appendPatiently(log, RUN, sequence);
                    written.setRelease(sequence);
                    if (sequence % 100 == 0) {
                        log.writer().confirm(RUN, sequence - 90);
                    }
                }
            }
        });
        writing.start();
        try {
            for (int i = 0; i < 20; i++) {
                final long before = written.get();
                while (written.get() == before) {
                    Thread.yield();
                }
                final long wasThere = written.getAcquire();
                final Path to = folder.resolve("copy-" + i);
                RouteLog.copy(original(), to);
                try (RouteLog log = RouteLog.open(small(to));
                        RouteLogReader reader = log.newReader()) {
                    long last = 0;
                    while (reader.next()) {
                        assertThat(Records.isWhole(reader)).isTrue();
                        last = reader.sequence();
                    }
                    assertThat(last).isGreaterThanOrEqualTo(wasThere);
                }
            }
        } finally {
            isOver.set(true);
            writing.join();
        }
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThatThrownBy(() -> RouteLog.copy(original(), copy()))
                .isInstanceOf(RouteLogException.class)
                .hasMessageContaining("can't be copied to " + copy());
    }

    private List<String> unconfirmedInCopy() {
        final List<String> read = new ArrayList<>();
        try (RouteLog log = RouteLog.open(small(copy()));
                RouteLogReader reader = log.newReader()) {
            while (reader.next()) {
                assertThat(Records.isWhole(reader)).isTrue();
                read.add(Records.describe(reader));
            }
        }
        return read;
    }
}
