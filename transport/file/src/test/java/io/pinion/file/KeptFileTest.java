package io.pinion.file;

import static io.pinion.file.JsonLinesPublisherTest.json;
import static io.pinion.file.KeptFiles.lines;
import static io.pinion.file.KeptFiles.offer;
import static io.pinion.file.KeptFiles.parts;
import static io.pinion.file.KeptFiles.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is kept to 1,600 bytes, in parts of 100, or to 16 hours, in parts of one; lines of 10 bytes. */
class KeptFileTest {
    private static final int BUFFER_BYTES = 50;
    private static final Retention BYTES = new Retention(1_600, null);
    private static final Retention HOURS = new Retention(Long.MAX_VALUE, Duration.ofHours(16));

    @TempDir
    Path directory;

    private Path file;
    private long nowMs = Instant.parse("2026-11-22T09:24:56.789Z").toEpochMilli();

    @BeforeEach
    void name() {
        file = directory.resolve("dead-letters.jsonl");
    }

    private JsonLinesPublisher open(final Retention retention) {
        return JsonLinesPublisher.kept(file, retention, BUFFER_BYTES, () -> nowMs);
    }

    private static String line(final int n) {
        return String.format("{\"n\":%03d}", n);
    }

    private static List<String> lineNumbers(final int from, final int to) {
        return IntStream.range(from, to).mapToObj(KeptFileTest::line).toList();
    }

    @Test
    void shouldRenameAPartByItsNumberItsBeginningAndItsLines() {
        try (JsonLinesPublisher publisher = open(BYTES)) {
            for (int i = 0; i < 25; i++) {
                offer(publisher, line(i));
            }
            settle(publisher);
            assertThat(parts(file))
                    .containsExactly(
                            directory.resolve("dead-letters.000001-20261122T092456Z-10.jsonl"),
                            directory.resolve("dead-letters.000002-20261122T092456Z-10.jsonl"));
            assertThat(file).hasContent(String.join("\n", lineNumbers(20, 25)) + "\n");
            assertThat(lines(file)).isEqualTo(lineNumbers(0, 25));
        }
    }

    @Test
    void shouldRemoveTheOldestPartAtTheBoundAndCountItsLines() {
        try (JsonLinesPublisher publisher = open(BYTES)) {
            for (int i = 0; i < 150; i++) {
                offer(publisher, line(i));
            }
            settle(publisher);
            assertThat(publisher.retired()).isZero();
            offer(publisher, line(150));
            settle(publisher);
            assertThat(publisher.retired()).isEqualTo(10);
            assertThat(lines(file)).isEqualTo(lineNumbers(10, 151));
            for (int i = 151; i < 1_000; i++) {
                offer(publisher, line(i));
                settle(publisher);
                assertThat(KeptFiles.bytes(file)).isBetween(1_200L, 1_600L);
            }
            assertThat(lines(file)).isEqualTo(lineNumbers((int) publisher.retired(), 1_000));
        }
    }

    @Test
    void shouldCountWhatAnEarlierRunLeft() {
        for (int run = 0; run < 100; run++) {
            try (JsonLinesPublisher publisher = open(BYTES)) {
                for (int i = 0; i < 7; i++) {
                    offer(publisher, line(run * 7 + i));
                }
            }
        }
        assertThat(KeptFiles.bytes(file)).isLessThanOrEqualTo(1_600);
        final List<String> kept = lines(file);
        assertThat(kept).hasSizeGreaterThanOrEqualTo(120).isEqualTo(lineNumbers(700 - kept.size(), 700));
    }

    @Test
    void shouldKeepToABoundThatIsLessThanWhatAnEarlierRunLeft() {
        try (JsonLinesPublisher publisher = open(new Retention(160_000, null))) {
            for (int i = 0; i < 500; i++) {
                offer(publisher, line(i));
            }
        }
        assertThat(file).hasSize(5_000);
        try (JsonLinesPublisher publisher = open(BYTES)) {
            settle(publisher);
            assertThat(publisher.retired()).isEqualTo(500);
            assertThat(KeptFiles.bytes(file)).isZero();
        }
    }

    @Test
    void shouldRemoveWhatGrewOldThoughNothingNewComes() {
        try (JsonLinesPublisher publisher = open(HOURS)) {
            offer(publisher, line(0));
            settle(publisher);
            nowMs += Duration.ofHours(2).toMillis();
            settle(publisher);
            offer(publisher, line(1));
            settle(publisher);
            nowMs += Duration.ofHours(13).toMillis();
            settle(publisher);
            assertThat(lines(file)).isEqualTo(lineNumbers(0, 2));
            nowMs += Duration.ofHours(1).toMillis();
            settle(publisher);
            assertThat(publisher.retired()).isOne();
            assertThat(lines(file)).isEqualTo(lineNumbers(1, 2));
            nowMs += Duration.ofHours(2).toMillis();
            settle(publisher);
            assertThat(publisher.retired()).isEqualTo(2);
            assertThat(lines(file)).isEmpty();
            assertThat(parts(file)).isEmpty();
        }
    }

    @Test
    void shouldRemoveAtTheStartWhatGrewOldMeanwhile() {
        try (JsonLinesPublisher publisher = open(HOURS)) {
            offer(publisher, line(0));
        }
        nowMs += Duration.ofHours(15).toMillis();
        try (JsonLinesPublisher publisher = open(HOURS)) {
            settle(publisher);
            offer(publisher, line(1));
        }
        assertThat(lines(file)).isEqualTo(lineNumbers(0, 2));
        nowMs += Duration.ofHours(1).toMillis();
        try (JsonLinesPublisher publisher = open(HOURS)) {
            assertThat(publisher.retired()).isOne();
            assertThat(lines(file)).isEqualTo(lineNumbers(1, 2));
        }
    }

    @Test
    void shouldTakeAFileWithoutANoteOfItsBeginningToBeAsOldAsItsLastChange() throws IOException {
        Files.writeString(file, line(0) + "\n" + line(1) + "\n");
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(nowMs - Duration.ofHours(15).toMillis()));
        try (JsonLinesPublisher publisher = open(HOURS)) {
            settle(publisher);
            assertThat(parts(file)).containsExactly(directory.resolve("dead-letters.000001-20261121T182456Z-2.jsonl"));
            nowMs += Duration.ofHours(1).toMillis();
            settle(publisher);
            assertThat(publisher.retired()).isEqualTo(2);
        }
    }

    @Test
    void shouldKeepWhatThereIsWhenTheClockIsSetBackAndForth() {
        try (JsonLinesPublisher publisher = open(HOURS)) {
            for (int i = 0; i < 100; i++) {
                nowMs += Duration.ofMinutes(i % 2 == 0 ? 300 : -295).toMillis();
                offer(publisher, line(i));
                settle(publisher);
            }
            assertThat(publisher.retired()).isZero();
            assertThat(lines(file)).isEqualTo(lineNumbers(0, 100));
        }
    }

    @Test
    void shouldKeepNothingForLongerBecauseTheClockWasOnceAhead() {
        try (JsonLinesPublisher publisher = open(HOURS)) {
            offer(publisher, line(0));
            nowMs += Duration.ofHours(10).toMillis();
            settle(publisher);
            offer(publisher, line(1));
            nowMs += Duration.ofHours(1).toMillis();
            settle(publisher);
            nowMs -= Duration.ofHours(11).toMillis();
            settle(publisher);
            offer(publisher, line(2));
            assertThat(parts(file)).hasSize(2);
            nowMs += Duration.ofHours(1).toMillis();
            settle(publisher);
            assertThat(parts(file)).hasSize(3);
            nowMs += Duration.ofHours(15).toMillis();
            settle(publisher);
            assertThat(publisher.retired()).isEqualTo(3);
        }
    }

    @Test
    void shouldPutATornLineAndTheNextOnLinesOfTheirOwn() throws IOException {
        Files.writeString(file, line(0) + "\n{\"to");
        try (JsonLinesPublisher publisher = open(BYTES)) {
            for (int i = 1; i < 20; i++) {
                offer(publisher, line(i));
            }
        }
        assertThat(parts(file)).first().asString().endsWith("-10.jsonl");
        assertThat(lines(file)).startsWith(line(0), "{\"to", line(1)).hasSize(21);
    }

    @Test
    void shouldTakeNothingAndSayWhyWhileAPartCantBeRenamed() throws Exception {
        try (JsonLinesPublisher publisher = open(BYTES)) {
            final Path inTheWay = Files.createDirectories(
                    directory.resolve("dead-letters.000001-20261122T092456Z-10.jsonl/something"));
            for (int i = 0; i < 10; i++) {
                offer(publisher, line(i));
            }
            assertThat(publisher.offer(json(line(10)), 0)).isFalse();
            assertThat(publisher.whyWaiting())
                    .contains("can't write " + file)
                    .contains("dead-letters.000001-20261122T092456Z-10.jsonl");
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
            while (!publisher.offer(json(line(10)), 0)) {
                Thread.sleep(10);
            }
        }
        assertThat(lines(file)).isEqualTo(lineNumbers(0, 11));
        assertThat(parts(file)).hasSize(1);
    }

    @Test
    void shouldGoOnWhenSomebodyTakesItsFilesAway() throws IOException {
        try (JsonLinesPublisher publisher = open(BYTES)) {
            for (int i = 0; i < 35; i++) {
                offer(publisher, line(i));
            }
            settle(publisher);
            Files.delete(parts(file).get(1));
            Files.move(file, directory.resolve("mine"));
            for (int i = 35; i < 400; i++) {
                offer(publisher, line(i));
                settle(publisher);
            }
            assertThat(directory.resolve("mine")).hasContent(String.join("\n", lineNumbers(30, 40)) + "\n");
            assertThat(lines(file)).startsWith(line(400 - lines(file).size())).endsWith(line(399));
            assertThat(publisher.retired() + lines(file).size()).isEqualTo(400 - 20);
            assertThat(publisher.isDrained()).isTrue();
        }
    }

    @Test
    void shouldLeaveFilesAloneThatAreNotItsOwn() throws IOException {
        final List<Path> others = List.of(
                directory.resolve("dead-letters.000001-20261122T092456Z-10.jsonl.gz"),
                directory.resolve("dead-letters.1-20261122T092456Z-10.jsonl"),
                directory.resolve("dead-letters.000001-20261399T092456Z-10.jsonl"),
                directory.resolve("deadXletters.000001-20261122T092456Z-10.jsonl"));
        for (final Path other : others) {
            Files.writeString(other, "mine\n");
        }
        nowMs += Duration.ofDays(1_000).toMillis();
        try (JsonLinesPublisher publisher = open(HOURS)) {
            settle(publisher);
            assertThat(publisher.retired()).isZero();
        }
        assertThat(others).allSatisfy(other -> assertThat(other).hasContent("mine\n"));
    }

    @Test
    void shouldFinishRemovingWhatAKilledProcessHadRetired() throws IOException {
        final Path left = directory.resolve("dead-letters.000001-20261122T092456Z-10.jsonl.retired");
        Files.write(left, new byte[2 * KeptFile.SHRINK_BYTES + 1]);
        try (JsonLinesPublisher publisher = open(BYTES)) {
            assertThat(publisher.doWork()).isOne();
            assertThat(left).hasSize(KeptFile.SHRINK_BYTES + 1);
            settle(publisher);
            assertThat(left).doesNotExist();
            assertThat(publisher.retired()).isZero();
        }
    }

    @Test
    void shouldRefuseAFileThatAnotherAddsTo() {
        try (JsonLinesPublisher first = open(BYTES)) {
            assertThatThrownBy(() -> open(BYTES))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("another sidecar, or another target, adds lines to it already");
            assertThat(first.offer(json(line(0)), 0)).isTrue();
        }
        open(BYTES).close();
    }

    @Test
    void shouldRefuseWhatCantBeKeptToABound() {
        file = Path.of("/dev/null");
        assertThatThrownBy(() -> open(BYTES))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("it is no regular file");
        file = directory.resolve("small.jsonl");
        assertThatThrownBy(() -> open(new Retention(799, null)))
                .isInstanceOf(EdgeException.class)
                .hasMessage("Can't keep " + file + " to 799 bytes: a line can have 50; allow 800 or more.");
        assertThatThrownBy(() -> new Retention(15, null)).hasMessageContaining("allow 16 or more");
        assertThatThrownBy(() -> new Retention(16, Duration.ofSeconds(15))).hasMessageContaining("from 16 s to");
        assertThatThrownBy(() -> new Retention(16, Duration.ofDays(36_526))).hasMessageContaining("from 16 s to");
    }
}
