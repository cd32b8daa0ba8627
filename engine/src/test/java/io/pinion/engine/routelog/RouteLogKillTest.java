package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteLogKillTest {
    private static final int ROUNDS = 15;

    @TempDir
    Path root;

    @Test
    void shouldLoseNothingAndWriteNothingTwiceWhenKilledAtAnyMoment() throws Exception {
        final Path directory = root.resolve("log");
        final UnsafeBuffer notes = AppendingProcess.notes(root.resolve("notes"));
        final Random random = new Random(42);
        long before = 0;
        for (int round = 0; round < ROUNDS; round++) {
            kill(AppendingProcess.start(directory, root.resolve("notes")), random.nextInt(60));
            before = verify(directory, notes, before);
        }
        assertThat(before).isGreaterThan(ROUNDS);
    }

    private static void kill(final Process process, final int afterMs) throws Exception {
        final byte[] line = process.getInputStream().readNBytes("appending\n".length());
        assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("appending\n");
        Thread.sleep(afterMs);
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }

    /** Each record from the confirmed mark on is there once, whole, in order, as far as the process was told. */
    private static long verify(final Path directory, final UnsafeBuffer notes, final long before) {
        try (RouteLog log = RouteLog.open(
                        RouteLogConfig.in(directory).segmentBytes(65_536).invoked());
                RouteLogReader reader = log.newReader()) {
            final long appended = notes.getLongVolatile(AppendingProcess.APPENDED);
            final long confirmed = notes.getLongVolatile(AppendingProcess.CONFIRMED);
            final long next = log.writer().nextSequence();
            // At most the one that was under way is there beyond what the process was told.
            assertThat(next).isBetween(Math.max(before, appended), Math.max(before, appended) + 1);
            long expected = next - log.backlogEvents();
            assertThat(expected).isBetween(confirmed, confirmed + 1);
            while (reader.next()) {
                assertThat(reader.sequence()).isEqualTo(expected);
                assertThat(Records.isWhole(reader)).isTrue();
                expected++;
            }
            assertThat(expected).isEqualTo(next);
            return next;
        }
    }

    @Test
    void shouldNotLetTwoProcessesWriteOneLog() throws Exception {
        final Path directory = root.resolve("log");
        final Process process = AppendingProcess.start(directory, root.resolve("notes"));
        process.getInputStream().readNBytes("appending\n".length());
        assertThatThrownBy(() -> RouteLog.open(RouteLogConfig.in(directory)))
                .isInstanceOf(RouteLogException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("is being written by process " + process.pid());
        assertThatThrownBy(() -> RouteLog.open(RouteLogConfig.in(directory))).hasMessageContaining("is being written");
        end(process);
        RouteLog.open(RouteLogConfig.in(directory).segmentBytes(65_536)).close();
    }

    private static void end(final Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void shouldNotLetOneProcessOpenALogTwiceNorLoseItsLockByTrying() throws Exception {
        final Path directory = root.resolve("log");
        try (RouteLog log = RouteLog.open(Records.small(directory))) {
            new Records().fill(log, RUN, 0, 1);
            assertThatThrownBy(() -> RouteLog.open(Records.small(directory)))
                    .hasMessageContaining(
                            "this process, " + ProcessHandle.current().pid());
            final Process other = AppendingProcess.start(directory, root.resolve("notes"));
            final String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said)
                    .contains("is being written by process "
                            + ProcessHandle.current().pid());
            assertThat(other.waitFor()).isNotZero();
        }
        RouteLog.open(Records.small(directory)).close();
    }

    /** The same at each store: the directory is copied before it, as a kill would leave it, and opened. */
    @Test
    void shouldOpenWholeAfterAKillBetweenAnyTwoStores() throws IOException {
        final Path directory = root.resolve("log");
        final Path copy = root.resolve("copy");
        final StoreBoundaries boundaries = new StoreBoundaries(() -> check(directory, copy));
        final Records records = new Records();
        for (int opened = 0; opened < 2; opened++) {
            try (RouteLog log = RouteLog.open(
                            Records.small(directory).bootId(opened).view(boundaries::watch));
                    RouteLogReader reader = log.newReader()) {
                for (int i = 0; i < 35; i++) {
                    final long sequence = log.writer().nextSequence();
                    assertThat(records.appendPatiently(log, RUN, sequence)).isEqualTo(AppendResult.APPENDED);
                    appended = sequence + 1;
                    if (i % 2 == 0 && reader.next()) {
                        log.writer().confirm(RUN, reader.sequence());
                        confirmed = reader.sequence() + 1;
                    }
                    if (i == 20) {
                        log.force();
                    }
                }
            }
        }
        assertThat(boundaries.count()).isGreaterThan(600);
    }

    private long appended;
    private long confirmed;

    private void check(final Path directory, final Path copy) {
        try {
            Directories.copy(directory, copy);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        try (RouteLog log = RouteLog.open(Records.small(copy).bootId(77));
                RouteLogReader reader = log.newReader()) {
            final long next = log.writer().nextSequence();
            assertThat(next).isBetween(appended, appended + 1);
            long expected = next - log.backlogEvents();
            assertThat(expected).isBetween(confirmed, confirmed + 1);
            while (reader.next()) {
                assertThat(reader.sequence()).isEqualTo(expected++);
                assertThat(Records.isWhole(reader)).isTrue();
            }
            assertThat(expected).isEqualTo(next);
            // Shorter than what may lie there unfinished: nothing of that may be taken for a record behind it.
            final Records records = new Records();
            AppendResult result = records.append(log, RUN, next, new byte[0]);
            while (result == AppendResult.NOT_READY) {
                log.doWork();
                result = records.append(log, RUN, next, new byte[0]);
            }
            assertThat(result).isEqualTo(AppendResult.APPENDED);
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(next);
            assertThat(reader.next()).isFalse();
        }
    }
}
