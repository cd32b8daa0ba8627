package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static io.pinion.engine.routelog.Records.small;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteLogDamageTest {
    private static final int RECORDS = 28;

    @TempDir
    Path root;

    private final Records records = new Records();
    private Path original;
    private Path copy;

    @BeforeEach
    void writeALog() {
        original = root.resolve("original");
        copy = root.resolve("copy");
        try (RouteLog log = RouteLog.open(small(original))) {
            records.fill(log, RUN, 0, RECORDS);
            log.writer().confirm(RUN, 2);
        }
    }

    @Test
    void shouldCutALogThatWasTruncatedAtAnyByteOfItsLastRecord() throws IOException {
        final Path last = segments(original).get(segments(original).size() - 1);
        final List<Integer> offsets = offsets(last);
        final int from = offsets.get(offsets.size() - 2);
        final int payload = Records.payload(RUN, RECORDS - 1).length;
        final int to = from + Segment.RECORD_HEADER_BYTES + payload;
        for (int length = from; length < to; length++) {
            copyOriginal();
            try (FileChannel channel = FileChannel.open(copy.resolve(last.getFileName()), StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
            try (RouteLog log = RouteLog.open(small(copy))) {
                final boolean endsInZeros = payload > 0
                        && length > from + Segment.RECORD_HEADER_BYTES
                        && isZero(Records.payload(RUN, RECORDS - 1), length - from - Segment.RECORD_HEADER_BYTES);
                assertThat(readAll(log)).as("truncated to %d", length).hasSize(RECORDS - 3 - (endsInZeros ? 0 : 1));
                if (length > from && !endsInZeros) {
                    assertThat(log.openingNote()).contains("was cut in segment").contains("at offset " + from);
                }
                records.fill(log, RUN, log.writer().nextSequence(), RECORDS + 10);
                assertThat(readAll(log)).hasSize(RECORDS + 7);
            }
        }
    }

    private static boolean isZero(final byte[] bytes, final int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldDetectAFlippedByteAnywhere() throws IOException {
        assertThat(segments(original)).hasSize(2);
        for (final Path file : segments(original)) {
            final int used = offsets(file).get(offsets(file).size() - 1);
            copyOriginal();
            try (FileChannel channel = FileChannel.open(
                    copy.resolve(file.getFileName()), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
                final long number = Long.parseLong(file.getFileName().toString().substring(0, 16), 16);
                final Segment segment = new Segment(number, file, mapped, UnsafeBuffer::new);
                assertThat(isWhole(segment, used)).isTrue();
                for (int bit = 0; bit < used * 8; bit++) {
                    mapped.put(bit / 8, (byte) (mapped.get(bit / 8) ^ 1 << bit % 8));
                    assertThat(isWhole(segment, used))
                            .as("bit %d of %s", bit, file)
                            .isFalse();
                    mapped.put(bit / 8, (byte) (mapped.get(bit / 8) ^ 1 << bit % 8));
                }
                segment.unmap();
            }
        }
    }

    private static boolean isWhole(final Segment segment, final int end) {
        final Checksum checksum = new Checksum();
        if (!segment.readHeader(checksum)) {
            return false;
        }
        int offset = Segment.HEADER_BYTES;
        while (offset < end) {
            final int found = segment.inspect(offset, checksum);
            if (found <= 0) {
                return false;
            }
            offset += Segment.align(found);
        }
        return offset == end;
    }

    @Test
    void shouldTellAFlippedByteWhenItIsOpenedOrRead() throws IOException {
        for (final Path segment : segments(original)) {
            final boolean last =
                    segment.equals(segments(original).get(segments(original).size() - 1));
            final int used = offsets(segment).get(offsets(segment).size() - 1);
            final int end = last ? used : Math.min((int) Files.size(segment), used + 8);
            for (int offset = 0; offset < end; offset += offset < 100 ? 1 : 17) {
                copyOriginal();
                flip(copy.resolve(segment.getFileName()), offset);
                assertThat(isDetected())
                        .as("%s at %d", segment.getFileName(), offset)
                        .isTrue();
            }
        }
    }

    @Test
    void shouldDetectAFlippedByteInEitherCopyOfAMark() throws IOException {
        for (final int mark : new int[] {0, 512, 1_024, 1_536}) {
            for (int offset = mark; offset < mark + 32; offset += 3) {
                copyOriginal();
                flip(copy.resolve(MarkFile.FILE), offset);
                try (RouteLog log = RouteLog.open(small(copy))) {
                    assertThat(log.openingNote()).as("at %d", offset).contains("in marks");
                    assertThat(log.backlogEvents()).isGreaterThanOrEqualTo(RECORDS - 3);
                }
            }
        }
    }

    @Test
    void shouldTellADamagedRecordInTheMiddleBySegmentAndOffset() throws IOException {
        copyOriginal();
        final Path segment = copy.resolve(segments(original).get(0).getFileName());
        final int offset = offsets(segment).get(5);
        flip(segment, offset + 20);
        try (RouteLog log = RouteLog.open(small(copy));
                RouteLogReader reader = log.newReader()) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.next()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(reader::next)
                        .isInstanceOf(RouteLogException.class)
                        .hasMessageContaining("The record 5 of run 00000000000000a1")
                        .hasMessageContaining("segment " + segment + " at offset " + offset);
            }
            assertThat(reader.skipDamage()).isTrue();
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(6);
            log.writer().confirm(RUN, 10);
            assertThat(log.backlogEvents()).isEqualTo(RECORDS - 11);
        }
    }

    @Test
    void shouldNotCutWholeRecordsBehindADamagedOne() throws IOException {
        copyOriginal();
        final Path last = copy.resolve(
                segments(original).get(segments(original).size() - 1).getFileName());
        final List<Integer> offsets = offsets(last);
        final int offset = offsets.get(offsets.size() - 3);
        flip(last, offset + 9);
        try (RouteLog log = RouteLog.open(small(copy))) {
            assertThat(log.openingNote())
                    .contains("in segment " + last + " at offset " + offset + " does not check")
                    .doesNotContain("was cut");
            assertThat(log.writer().nextSequence()).isEqualTo(RECORDS);
        }
    }

    @Test
    void shouldCutAtTheFirstRecordThatIsNotWholeAfterTheMachineWentDown() throws IOException {
        copyOriginal();
        final Path first = copy.resolve(segments(original).get(0).getFileName());
        flip(first, offsets(first).get(5) + 20);
        try (RouteLog log = RouteLog.open(small(copy).bootId(99))) {
            assertThat(log.openingNote())
                    .contains("was cut in segment " + first + " at offset "
                            + offsets(original.resolve(first.getFileName())).get(5))
                    .contains("was deleted");
            assertThat(readAll(log)).containsExactly(3L, 4L);
            records.fill(log, RUN, 5, 60);
        }
        try (RouteLog log = RouteLog.open(small(copy).bootId(99))) {
            assertThat(log.openingNote()).isNull();
            assertThat(readAll(log)).hasSize(57);
        }
    }

    @Test
    void shouldNotCutWhatWasForcedWhenTheMachineWentDown() throws IOException {
        try (RouteLog log = RouteLog.open(small(copy))) {
            records.fill(log, RUN, 0, 30);
            log.force();
            assertThat(log.forcedPosition()).isEqualTo(log.endPosition());
            records.fill(log, RUN, 30, 60);
        }
        final List<Path> files = segments(copy);
        final Path last = files.get(files.size() - 1);
        flip(last, offsets(last).get(0) + 20);
        try (RouteLog log = RouteLog.open(small(copy).bootId(99))) {
            assertThat(log.openingNote()).contains("was cut in segment");
            assertThat(readAll(log)).hasSizeBetween(30, 59);
        }
    }

    @Test
    void shouldTellAMissingSegment() throws IOException {
        try (RouteLog log = RouteLog.open(small(copy))) {
            records.fill(log, RUN, 0, 100);
        }
        Files.delete(segments(copy).get(1));
        try (RouteLog log = RouteLog.open(small(copy));
                RouteLogReader reader = log.newReader()) {
            assertThat(log.openingNote()).contains("Segments are missing between");
            assertThatThrownBy(() -> {
                        while (reader.next()) {
                            assertThat(Records.isWhole(reader)).isTrue();
                        }
                    })
                    .hasMessageContaining("is missing, with all before");
            assertThat(reader.skipDamage()).isTrue();
            while (reader.next()) {
                assertThat(Records.isWhole(reader)).isTrue();
            }
        }
    }

    @Test
    void shouldStartWhereTheLogDoesWhenTheMarksAreLost() throws IOException {
        copyOriginal();
        Files.delete(copy.resolve(MarkFile.FILE));
        try (RouteLog log = RouteLog.open(small(copy))) {
            assertThat(readAll(log)).hasSize(RECORDS);
        }
    }

    @Test
    void shouldRefuseADirectoryWhoseSegmentLostItsHeader() throws IOException {
        copyOriginal();
        final Path first = copy.resolve(segments(original).get(0).getFileName());
        flip(first, 30);
        assertThatThrownBy(() -> RouteLog.open(small(copy)))
                .hasMessageContaining("The header of segment " + first)
                .hasMessageContaining("move it away");
        Files.delete(first);
        try (RouteLog log = RouteLog.open(small(copy))) {
            assertThat(readAll(log)).isNotEmpty();
        }
    }

    private boolean isDetected() {
        try (RouteLog log = RouteLog.open(small(copy));
                RouteLogReader reader = log.newReader()) {
            reader.toStart();
            while (reader.next()) {
                if (!Records.isWhole(reader)) {
                    return false;
                }
            }
            return log.openingNote() != null;
        } catch (final RouteLogException e) {
            return e.reason() == RouteLogException.Reason.DAMAGED
                    && e.getMessage().contains("at offset");
        }
    }

    private static void flip(final Path file, final int offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 0x10)).flip();
            channel.write(one, offset);
        }
    }

    /** Where the records of a segment lie, and where they end. */
    private static List<Integer> offsets(final Path segment) throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(segment)).order(ByteOrder.nativeOrder());
        final List<Integer> offsets = new ArrayList<>();
        int offset = Segment.HEADER_BYTES;
        while (offset < bytes.capacity() && bytes.getInt(offset) > 0) {
            offsets.add(offset);
            offset += Segment.align(bytes.getInt(offset));
        }
        offsets.add(offset);
        return offsets;
    }

    private static List<Path> segments(final Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    private void copyOriginal() throws IOException {
        Directories.copy(original, copy);
    }

    private static List<Long> readAll(final RouteLog log) {
        final List<Long> all = new ArrayList<>();
        try (RouteLogReader reader = log.newReader()) {
            while (reader.next()) {
                assertThat(Records.isWhole(reader)).isTrue();
                all.add(reader.sequence());
            }
        }
        return all;
    }
}
