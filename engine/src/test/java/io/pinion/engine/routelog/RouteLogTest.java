package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static io.pinion.engine.routelog.Records.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteLogTest {
    @TempDir
    Path directory;

    private final Records records = new Records();

    @Test
    void shouldReadInOrderWhatWasAppendedAlsoAfterARestart() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 0, 100);
            assertThat(readAll(log)).hasSize(100).startsWith("161:0").endsWith("161:99");
        }
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThat(log.openingNote()).isNull();
            assertThat(readAll(log)).hasSize(100);
            assertThat(log.writer().nextSequence()).isEqualTo(100);
            records.fill(log, RUN, 100, 120);
            assertThat(readAll(log)).hasSize(120);
        }
    }

    @Test
    void shouldNotWriteASequenceTwice() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 0, 50);
            for (long sequence = 0; sequence < 50; sequence++) {
                assertThat(records.append(log, RUN, sequence)).isEqualTo(AppendResult.ALREADY_THERE);
            }
            assertThat(records.append(log, RUN, 7)).isEqualTo(AppendResult.ALREADY_THERE);
            assertThat(readAll(log)).hasSize(50);
        }
    }

    @Test
    void shouldRefuseOtherContentUnderASequenceThatIsThere() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 0, 5);
            assertThatThrownBy(() -> records.append(log, RUN, 3, new byte[] {1}))
                    .isInstanceOf(RouteLogException.class)
                    .hasMessageContaining("holds another record under sequence 3 of run 00000000000000a1")
                    .hasMessageContaining(directory.toString());
            final byte[] sameLength = Records.payload(RUN, 4);
            sameLength[sameLength.length - 1]++;
            assertThatThrownBy(() -> records.append(log, RUN, 4, sameLength))
                    .extracting(e -> ((RouteLogException) e).reason())
                    .isEqualTo(RouteLogException.Reason.DIFFERS);
            assertThat(records.append(log, RUN, 5)).isEqualTo(AppendResult.APPENDED);
        }
    }

    @Test
    void shouldRefuseAGap() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 10, 12);
            assertThatThrownBy(() -> records.append(log, RUN, 13))
                    .hasMessageContaining("can't take sequence 13")
                    .hasMessageContaining("sequence 12 must come first");
            assertThat(records.append(log, RUN, 9)).isEqualTo(AppendResult.BELOW_START);
        }
    }

    @Test
    void shouldBeginANewRunAndReadTheOldOneFirst() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 0, 3);
            records.fill(log, 7, 40, 42);
            assertThat(readAll(log)).containsExactly("161:0", "161:1", "161:2", "7:40", "7:41");
            assertThat(records.append(log, RUN, 2)).isEqualTo(AppendResult.ALREADY_THERE);
            assertThatThrownBy(() -> records.append(log, RUN, 3))
                    .hasMessageContaining("the run has ended, and run 0000000000000007 is being written");
            log.writer().confirm(RUN, 2);
            assertThat(log.backlogEvents()).isEqualTo(2);
        }
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThat(readAll(log)).containsExactly("7:40", "7:41");
        }
    }

    @Test
    void shouldFreeWholeSegmentsBelowTheConfirmedMark() throws IOException {
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 0, 200);
            final long before = segmentFiles();
            assertThat(log.writer().confirm(RUN, 150)).isTrue();
            assertThat(log.writer().confirm(RUN, 150)).isFalse();
            assertThat(log.writer().confirm(RUN, 20)).isFalse();
            log.doWork();
            assertThat(segmentFiles()).isLessThan(before / 2);
            assertThat(log.backlogEvents()).isEqualTo(49);
            assertThat(records.append(log, RUN, 0)).isEqualTo(AppendResult.BELOW_START);
            assertThat(records.append(log, RUN, 199)).isEqualTo(AppendResult.ALREADY_THERE);
        }
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThat(readAll(log)).hasSize(49).startsWith("161:151");
            assertThat(records.append(log, RUN, 0)).isEqualTo(AppendResult.BELOW_START);
            log.writer().confirm(RUN, 199);
            log.doWork();
            assertThat(log.backlogEvents()).isZero();
            assertThat(log.backlogBytes()).isZero();
        }
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThat(readAll(log)).isEmpty();
            assertThat(log.writer().nextSequence()).isEqualTo(200);
            assertThat(records.append(log, RUN, 150)).isIn(AppendResult.BELOW_START, AppendResult.ALREADY_THERE);
        }
    }

    @Test
    void shouldRefuseToConfirmWhatWasNeverAppended() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThat(log.writer().confirm(RUN, 0)).isFalse();
            records.fill(log, RUN, 0, 2);
            assertThatThrownBy(() -> log.writer().confirm(RUN, 2))
                    .hasMessageContaining("it was not appended, the next is 2");
            assertThat(log.writer().confirm(99, 0)).isFalse();
        }
    }

    @Test
    void shouldSayFullAtItsBoundOfBytesUntilSomethingIsConfirmed() {
        try (RouteLog log = RouteLog.open(small(directory).maxBytes(4_096))) {
            final byte[] payload = new byte[1_000];
            for (int i = 0; i < 4; i++) {
                assertThat(appendPatiently(log, i, payload)).isEqualTo(AppendResult.APPENDED);
            }
            assertThat(log.backlogBytes()).isEqualTo(4_000);
            assertThat(appendPatiently(log, 4, new byte[97])).isEqualTo(AppendResult.FULL);
            assertThat(appendPatiently(log, 4, new byte[96])).isEqualTo(AppendResult.APPENDED);
            log.writer().confirm(RUN, 0);
            assertThat(appendPatiently(log, 5, payload)).isEqualTo(AppendResult.APPENDED);
            assertThat(appendPatiently(log, 6, payload)).isEqualTo(AppendResult.FULL);
        }
    }

    @Test
    void shouldSayFullWhenTheOldestIsOlderThanItsBound() {
        try (RouteLog log = RouteLog.open(small(directory).maxAge(Duration.ofNanos(50_000)))) {
            records.fill(log, RUN, 0, 6);
            assertThat(log.backlogTimeUs()).isEqualTo(50);
            assertThat(records.append(log, RUN, 6)).isEqualTo(AppendResult.FULL);
            log.writer().confirm(RUN, 0);
            assertThat(log.backlogTimeUs()).isEqualTo(40);
            assertThat(records.append(log, RUN, 6)).isEqualTo(AppendResult.APPENDED);
            assertThat(records.append(log, RUN, 7)).isEqualTo(AppendResult.FULL);
        }
    }

    @Test
    void shouldSayNotReadyUntilASegmentWasPrepared() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            long sequence = 0;
            while (records.append(log, RUN, sequence) == AppendResult.APPENDED) {
                sequence++;
            }
            assertThat(records.append(log, RUN, sequence)).isEqualTo(AppendResult.NOT_READY);
            log.doWork();
            assertThat(records.append(log, RUN, sequence)).isEqualTo(AppendResult.APPENDED);
            assertThat(readAll(log)).hasSize((int) sequence + 1);
        }
    }

    @Test
    void shouldTakePayloadsFromNothingToTheLongest() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            final int longest = log.writer().maxPayloadBytes();
            for (int i = 0; i < 20; i++) {
                assertThat(appendPatiently(log, i, new byte[i % 2 == 0 ? longest - i / 2 : i / 2]))
                        .isEqualTo(AppendResult.APPENDED);
            }
            assertThat(readAll(log)).hasSize(20);
            assertThatThrownBy(() -> records.append(log, RUN, 20, new byte[longest + 1]))
                    .hasMessageContaining("it takes 0 to " + longest);
        }
    }

    @Test
    void shouldWriteNothingWhenTheSourceIsTooShort() {
        try (RouteLog log = RouteLog.open(small(directory))) {
            assertThatThrownBy(() -> log.writer().append(RUN, 0, 0, 0, new UnsafeBuffer(new byte[10]), 5, 6))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(readAll(log)).isEmpty();
            records.fill(log, RUN, 0, 1);
        }
    }

    @Test
    void shouldFindASequence() {
        try (RouteLog log = RouteLog.open(small(directory));
                RouteLogReader reader = log.newReader()) {
            records.fill(log, RUN, 5, 100);
            records.fill(log, 7, 0, 10);
            for (long sequence = 5; sequence < 100; sequence++) {
                assertThat(reader.seek(RUN, sequence)).isTrue();
                assertThat(reader.next()).isTrue();
                assertThat(Records.describe(reader)).isEqualTo("161:" + sequence);
            }
            assertThat(reader.seek(7, 10)).isTrue();
            assertThat(reader.next()).isFalse();
            records.fill(log, 7, 10, 11);
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(10);
            assertThat(reader.seek(RUN, 4)).isFalse();
            assertThat(reader.seek(7, 12)).isFalse();
            assertThat(reader.seek(8, 0)).isFalse();
            assertThat(reader.next()).isTrue();
            assertThat(Records.describe(reader)).isEqualTo("161:5");
        }
    }

    @Test
    void shouldGoOnAtWhatIsKeptWhenAReaderFellBehind() throws IOException {
        try (RouteLog log = RouteLog.open(small(directory));
                RouteLogReader reader = log.newReader()) {
            records.fill(log, RUN, 0, 200);
            assertThat(reader.next()).isTrue();
            log.writer().confirm(RUN, 180);
            log.doWork();
            long sequence = 0;
            int read = 1;
            while (reader.next()) {
                assertThat(reader.sequence()).isGreaterThan(sequence);
                assertThat(Records.isWhole(reader)).isTrue();
                sequence = reader.sequence();
                read++;
            }
            assertThat(sequence).isEqualTo(199);
            assertThat(read).isLessThan(100);
        }
        assertThat(segmentFiles()).isLessThan(5);
    }

    @Test
    void shouldKeepWorkingWhenTheSegmentLengthChanges() {
        try (RouteLog log = RouteLog.open(small(directory).segmentBytes(65_536))) {
            records.fill(log, RUN, 0, 100);
        }
        try (RouteLog log = RouteLog.open(small(directory))) {
            records.fill(log, RUN, 100, 600);
            assertThat(readAll(log)).hasSize(600);
        }
    }

    @Test
    void shouldRefuseOptionsThatCanNotWork() {
        assertThatThrownBy(() -> RouteLog.open(small(directory).segmentBytes(5_000)))
                .hasMessageContaining("segmentBytes is 5000; it must be a multiple of 4096");
        assertThatThrownBy(() -> RouteLog.open(small(directory).maxBytes(100))).hasMessageContaining("maxBytes is 100");
        assertThatThrownBy(() -> RouteLog.open(small(directory).maxAge(Duration.ZERO)))
                .hasMessageContaining("maxAge");
        assertThatThrownBy(() -> small(directory).forceEvery(Duration.ZERO)).hasMessageContaining("forceEvery");
    }

    @Test
    void shouldRefuseWorkWhenClosed() {
        final RouteLog log = RouteLog.open(small(directory));
        records.fill(log, RUN, 0, 3);
        final RouteLogReader reader = log.newReader();
        log.close();
        log.close();
        assertThatThrownBy(() -> records.append(log, RUN, 3)).hasMessageContaining("is closed");
        assertThatThrownBy(() -> log.writer().confirm(RUN, 1)).hasMessageContaining("is closed");
        assertThatThrownBy(log::force).hasMessageContaining("is closed");
        assertThat(log.doWork()).isZero();
        while (reader.next()) {
            assertThat(Records.isWhole(reader)).isTrue();
        }
    }

    private AppendResult appendPatiently(final RouteLog log, final long sequence, final byte[] payload) {
        AppendResult result = records.append(log, RUN, sequence, payload);
        while (result == AppendResult.NOT_READY) {
            log.doWork();
            result = records.append(log, RUN, sequence, payload);
        }
        return result;
    }

    private static List<String> readAll(final RouteLog log) {
        final List<String> all = new ArrayList<>();
        try (RouteLogReader reader = log.newReader()) {
            while (reader.next()) {
                all.add(Records.describe(reader));
            }
        }
        return all;
    }

    private long segmentFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log")).count();
        }
    }
}
