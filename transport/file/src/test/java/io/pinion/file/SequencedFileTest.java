package io.pinion.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencedFileTest {
    private static final long LOG = 77;
    private static final int MAX_FRAME_BYTES = 1_000;

    @TempDir
    Path folder;

    private SequencedFile open() {
        return new SequencedFile(file(), MAX_FRAME_BYTES, false);
    }

    private Path file() {
        return folder.resolve("training.jsonl");
    }

    private static String line(final long sequence) {
        return "{\"n\":" + sequence + "}";
    }

    private static String lines(final long from, final long to) {
        return LongStream.rangeClosed(from, to).mapToObj(n -> line(n) + "\n").collect(Collectors.joining());
    }

    private static boolean offer(
            final SequencedTarget target, final long logId, final long sequence, final String line) {
        final byte[] bytes = ("  " + line).getBytes(UTF_8);
        return target.offer(logId, sequence, 5, new UnsafeBuffer(bytes), 2, bytes.length - 2);
    }

    private static void deliver(final SequencedTarget target, final long logId, final long to) {
        while (target.next(logId, 1) <= to) {
            final long next = target.next(logId, 1);
            assertThat(offer(target, logId, next, line(next))).isTrue();
        }
    }

    private static void settle(final SequencedTarget target, final long sequence) {
        while (target.settled() < sequence) {
            target.doWork();
        }
        assertThat(target.settled()).isEqualTo(sequence);
    }

    @Test
    void shouldHoldOneLineForEachSequence() throws IOException {
        try (SequencedFile target = open()) {
            assertThat(target.next(LOG, 1)).isOne();
            assertThat(target.settled()).isZero();
            deliver(target, LOG, 3);
            settle(target, 3);
            assertThat(Files.readString(file())).isEqualTo(lines(1, 3));
        }
    }

    @Test
    void shouldTakeNothingButTheNext() {
        try (SequencedFile target = open()) {
            target.next(LOG, 1);
            assertThat(offer(target, LOG, 2, line(2))).isFalse();
            assertThat(offer(target, LOG, 1, line(1))).isTrue();
            assertThat(offer(target, LOG, 1, line(1))).isFalse();
            assertThat(offer(target, LOG + 1, 2, line(2))).isFalse();
        }
    }

    @Test
    void shouldGoOnBehindWhatItHoldsAfterARestart() throws IOException {
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
        }
        try (SequencedFile target = open()) {
            assertThat(target.next(LOG, 1)).isEqualTo(4);
            assertThat(target.settled()).isEqualTo(3);
            deliver(target, LOG, 5);
        }
        assertThat(Files.readString(file())).isEqualTo(lines(1, 5));
    }

    @Test
    void shouldBeCopiedUpToItsMarkAndGoOnThere() throws IOException {
        final Path copy = folder.resolve("other").resolve("training.jsonl");
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
            settle(target, 3);
            Files.writeString(file(), "{\"n\":", APPEND); // on its way: not marked yet
            SequencedFile.copy(file(), copy);
        }
        assertThat(Files.readString(copy)).isEqualTo(lines(1, 3));
        try (SequencedFile target = new SequencedFile(copy, MAX_FRAME_BYTES, false)) {
            assertThat(target.next(LOG, 1)).isEqualTo(4);
        }
        assertThatThrownBy(() -> SequencedFile.copy(file(), copy))
                .hasMessageContaining("neither where they are copied");
    }

    /** What a killed process leaves: lines come to disk before their mark, so the file may be longer than the mark says. */
    @Test
    void shouldBeEqualToTheWholeWhereverItsProcessWasKilled() throws IOException {
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
            settle(target, 3);
            final byte[] mark = Files.readAllBytes(SequencedFile.markOf(file()));
            final int marked = (int) Files.size(file());
            deliver(target, LOG, 6);
            settle(target, 6);
            final byte[] whole = Files.readAllBytes(file());
            final byte[] newMark = Files.readAllBytes(SequencedFile.markOf(file()));
            for (int length = marked; length <= whole.length; length++) {
                goesOn(Arrays.copyOf(whole, length), mark);
            }
            // The mark itself torn: the old one holds.
            for (int torn = 0; torn <= mark.length; torn++) {
                final byte[] mixed = newMark.clone();
                System.arraycopy(mark, 0, mixed, 0, torn);
                goesOn(whole, mixed);
            }
        }
    }

    private void goesOn(final byte[] content, final byte[] mark) throws IOException {
        final Path copy = folder.resolve("killed/training.jsonl");
        Files.createDirectories(copy.getParent());
        Files.write(copy, content);
        Files.write(SequencedFile.markOf(copy), mark);
        try (SequencedFile target = new SequencedFile(copy, MAX_FRAME_BYTES, false)) {
            assertThat(target.next(LOG, 1)).isIn(4L, 7L);
            deliver(target, LOG, 8);
        }
        assertThat(Files.readString(copy)).isEqualTo(lines(1, 8));
    }

    @Test
    void shouldTakeTheMarkBeforeWhereALossOfPowerHasTakenTheLastLines() throws IOException {
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
            settle(target, 3);
            deliver(target, LOG, 6);
            settle(target, 6);
        }
        Files.write(file(), lines(1, 4).getBytes(UTF_8));
        try (SequencedFile target = open()) {
            assertThat(target.next(LOG, 1)).isEqualTo(4);
            deliver(target, LOG, 6);
        }
        assertThat(Files.readString(file())).isEqualTo(lines(1, 6));
    }

    @Test
    void shouldRefuseAFileThatIsShorterThanItsMarksSay() throws IOException {
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
            settle(target, 3);
            deliver(target, LOG, 6);
            settle(target, 6);
        }
        Files.write(file(), lines(1, 2).getBytes(UTF_8));
        assertThatThrownBy(this::open)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("fewer than")
                .hasMessageContaining("copy both from another member");
    }

    @Test
    void shouldGoOnBehindTheLinesOfAnotherLog() throws IOException {
        try (SequencedFile target = open()) {
            deliver(target, LOG, 3);
            settle(target, 3);
            assertThat(target.next(LOG + 1, 1)).isOne();
            assertThat(target.settled()).isZero();
            deliver(target, LOG + 1, 2);
            settle(target, 2);
        }
        try (SequencedFile target = open()) {
            assertThat(target.next(LOG + 1, 1)).isEqualTo(3);
        }
        assertThat(Files.readString(file())).isEqualTo(lines(1, 3) + lines(1, 2));
    }

    @Test
    void shouldGoOnBehindLinesOfSomebodyElse() throws IOException {
        Files.writeString(file(), "{\"standalone\":1}\n");
        try (SequencedFile target = open()) {
            deliver(target, LOG, 1);
        }
        assertThat(Files.readString(file())).isEqualTo("{\"standalone\":1}\n" + lines(1, 1));
    }

    @Test
    void shouldRefuseToGoOnWithinALineOfSomebodyElse() throws IOException {
        Files.writeString(file(), "{\"stand");
        assertThatThrownBy(this::open)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("no end of a line at byte 7");
    }

    @Test
    void shouldRefuseWhatIsNoLongerKept() {
        try (SequencedFile target = open()) {
            assertThatThrownBy(() -> target.next(LOG, 2))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("expects output 1, and the first that is kept here is 2");
        }
    }

    @Test
    void shouldWriteAnOutputAsOneLine() throws IOException {
        try (SequencedFile target = open()) {
            target.next(LOG, 1);
            offer(target, LOG, 1, "{\"a\":\r\n1}");
        }
        assertThat(Files.readString(file())).isEqualTo("{\"a\":  1}\n");
    }

    @Test
    void shouldTakeFramesUpToTheLongest() throws IOException {
        final String longest = "x".repeat(MAX_FRAME_BYTES);
        try (SequencedFile target = open()) {
            target.next(LOG, 1);
            for (int sequence = 1; sequence <= 3_000; sequence++) { // more than its buffer
                assertThat(offer(target, LOG, sequence, longest)).isTrue();
            }
            assertThatThrownBy(() -> offer(target, LOG, 3_001, longest + "x"))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("too long");
        }
        assertThat(Files.readString(file())).isEqualTo((longest + "\n").repeat(3_000));
    }

    @Test
    void shouldMarkWhatIsForcedToo() {
        try (SequencedFile target = new SequencedFile(file(), MAX_FRAME_BYTES, true)) {
            deliver(target, LOG, 3);
            settle(target, 3);
        }
    }
}
