package io.pinion.file;

import static io.pinion.file.JsonLinesPublisherTest.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.engine.EdgeException;
import io.pinion.file.JsonLinesPublisher.Existing;
import io.pinion.file.JsonLinesPublisher.WhenFailing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk that fills: a tmpfs of 64 KiB. Mounting one takes root. */
class FullDiskTest {
    private static final int DISK_BYTES = 64 * 1024;
    private static final int BUFFER_BYTES = 8 * 1024;

    @TempDir
    Path mountPoint;

    private boolean isMounted;

    @BeforeEach
    void mount() throws Exception {
        isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + DISK_BYTES, "tmpfs", mountPoint.toString());
        assumeTrue(isMounted, "skipped: only root may mount a small disk to fill");
    }

    @AfterEach
    void unmount() throws Exception {
        if (isMounted) {
            assertThat(run("umount", mountPoint.toString())).isTrue();
        }
    }

    @Test
    void shouldWaitForSpaceAndThenLoseNothingAndWriteNothingTwice() throws Exception {
        final Path ballast = Files.write(mountPoint.resolve("ballast"), new byte[DISK_BYTES / 2]);
        final Path file = mountPoint.resolve("training.jsonl");
        final StringBuilder expected = new StringBuilder();
        try (JsonLinesPublisher publisher =
                new JsonLinesPublisher(file, Existing.APPEND, WhenFailing.WAIT, BUFFER_BYTES)) {
            int n = 0;
            while (publisher.offer(json(line(n)), 0)) {
                expected.append(line(n++)).append('\n');
            }
            assertThat(expected.length()).isGreaterThan(DISK_BYTES / 2);
            assertThat(publisher.whyWaiting())
                    .isEqualTo(
                            "can't write " + file + ": No space left on device; free some space, it goes on by itself");
            assertThat(publisher.isDrained()).isFalse();
            assertThat(publisher.offer(json(line(n)), 0)).isFalse();

            Files.delete(ballast);
            while (!publisher.offer(json(line(n)), 0)) {
                publisher.doWork();
                Thread.sleep(10);
            }
            expected.append(line(n)).append('\n');
            assertThat(publisher.isDrained()).isTrue();
            assertThat(publisher.whyWaiting()).doesNotContain("can't write");
        }
        assertThat(Files.readString(file)).isEqualTo(expected.toString());
    }

    @Test
    void shouldSayWhatIsLostWhenClosedWithTheDiskStillFull() throws IOException {
        Files.write(mountPoint.resolve("ballast"), new byte[DISK_BYTES - 4096]);
        final JsonLinesPublisher publisher = new JsonLinesPublisher(
                mountPoint.resolve("training.jsonl"), Existing.APPEND, WhenFailing.WAIT, BUFFER_BYTES);
        publisher.offer(json("x".repeat(4096 + 99)), 0);
        publisher.doWork();
        assertThat(publisher.doWork()).isZero();
        assertThatThrownBy(publisher::close)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("The last 100 bytes")
                .hasMessageContaining("are lost")
                .hasMessageContaining("No space left");
        publisher.close();
    }

    @Test
    void shouldGoOnInAFileThatIsKeptToABoundOnceThereIsSpaceAndLoseNothing() throws Exception {
        final Path ballast = Files.write(mountPoint.resolve("ballast"), new byte[DISK_BYTES / 2]);
        final Path file = mountPoint.resolve("dead-letters.jsonl");
        final List<String> expected = new ArrayList<>();
        final Retention retention = new Retention(16 * 4_096, null);
        try (JsonLinesPublisher publisher =
                JsonLinesPublisher.kept(file, retention, 4_096, SystemEpochClock.INSTANCE)) {
            int n = 0;
            while (publisher.offer(json(line(n)), 0)) {
                publisher.doWork();
                expected.add(line(n++));
            }
            assertThat(publisher.whyWaiting()).contains("No space left on device; free some space");
            Files.delete(ballast);
            for (final int end = n + 50; n < end; n++) {
                while (!publisher.offer(json(line(n)), 0)) {
                    publisher.doWork();
                    Thread.sleep(10);
                }
                expected.add(line(n));
            }
            assertThat(publisher.isDrained()).isTrue();
            assertThat(publisher.retired()).isZero();
        }
        assertThat(KeptFiles.parts(file)).hasSizeGreaterThan(5);
        assertThat(KeptFiles.lines(file)).isEqualTo(expected);
    }

    @Test
    void shouldSettleWhatASequencedFileHoldsAndGoOnOnceThereIsSpace() throws Exception {
        final Path ballast = Files.write(mountPoint.resolve("ballast"), new byte[DISK_BYTES / 2]);
        final Path file = mountPoint.resolve("training.jsonl");
        final StringBuilder expected = new StringBuilder();
        try (SequencedFile target = new SequencedFile(file, 1_000, false)) {
            while (target.whyWaiting().endsWith("takes what comes")) {
                offerNext(target, expected);
                target.doWork();
                target.doWork();
            }
            assertThat(target.whyWaiting()).contains("No space left on device; free some space");
            assertThat(target.settled()).isLessThan(target.next(1, 1) - 1);

            Files.delete(ballast);
            while (target.settled() < target.next(1, 1) - 1) {
                target.doWork();
                Thread.sleep(10);
            }
        }
        assertThat(Files.readString(file)).isEqualTo(expected.toString());
    }

    private static void offerNext(final SequencedFile target, final StringBuilder expected) {
        final long next = target.next(1, 1);
        final byte[] bytes = line((int) next).getBytes();
        assertThat(target.offer(1, next, 0, new UnsafeBuffer(bytes), 0, bytes.length))
                .isTrue();
        expected.append(line((int) next)).append('\n');
    }

    @Test
    void shouldFailAReplayWithASentence() {
        final Path file = mountPoint.resolve("training.jsonl");
        final JsonLinesPublisher publisher =
                new JsonLinesPublisher(file, Existing.REFUSE, WhenFailing.FAIL, BUFFER_BYTES);
        assertThatThrownBy(() -> {
                    while (true) {
                        publisher.offer(json("x".repeat(1_000)), 0);
                    }
                })
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("Can't write " + file + ": No space left on device");
        assertThatThrownBy(publisher::close).isInstanceOf(EdgeException.class);
    }

    @Test
    void shouldSayThatAPlaceIsReadOnly() throws Exception {
        assertThat(run("mount", "-o", "remount,ro", mountPoint.toString())).isTrue();
        final Path file = mountPoint.resolve("training.jsonl");
        assertThatThrownBy(() -> new JsonLinesPublisher(file, Existing.APPEND, WhenFailing.WAIT))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("Can't open " + file + " to write: Read-only file system");
    }

    private static String line(final int n) {
        return "{\"n\":" + n + ",\"x\":\"" + "y".repeat(n % 300) + "\"}";
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
