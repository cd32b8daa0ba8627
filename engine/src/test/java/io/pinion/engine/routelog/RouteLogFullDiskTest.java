package io.pinion.engine.routelog;

import static io.pinion.engine.routelog.Records.RUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RouteLogFullDiskTest {
    @TempDir
    Path root;

    private final Records records = new Records();
    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mountASmallDisk() throws Exception {
        disk = Files.createDirectory(root.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs root, to mount a small tmpfs");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    @Timeout(300)
    void shouldSaySoWhenTheDiskIsFullAndGoOnWhenThereIsRoomAgain() throws Exception {
        final Path directory = disk.resolve("log");
        try (RouteLog log = RouteLog.open(RouteLogConfig.in(directory).segmentBytes(65_536))) {
            final Path ballast = disk.resolve("ballast");
            Files.write(ballast, new byte[100_000]);
            long sequence = appendUntilFull(log, 0);
            assertThat(log.whyNotReady())
                    .contains(directory.toString())
                    .contains("can't make its next segment of 65536 bytes")
                    .containsIgnoringCase("no space");
            assertThat(records.append(log, RUN, sequence)).isEqualTo(AppendResult.NOT_READY);
            log.force();
            Files.delete(ballast);
            records.fill(log, RUN, sequence, sequence + 100);
            sequence = appendUntilFull(log, sequence + 100);
            log.writer().confirm(RUN, sequence - 10);
            records.fill(log, RUN, sequence, sequence + 1_000);
            assertThat(log.whyNotReady()).isNull();
            try (RouteLogReader reader = log.newReader()) {
                for (long expected = sequence - 9; expected < sequence + 1_000; expected++) {
                    assertThat(reader.next()).isTrue();
                    assertThat(reader.sequence()).isEqualTo(expected);
                    assertThat(Records.isWhole(reader)).isTrue();
                }
                assertThat(reader.next()).isFalse();
            }
        }
    }

    @Test
    void shouldOpenOnAFullDiskWhatIsThere() throws IOException {
        final Path directory = disk.resolve("log");
        try (RouteLog log = RouteLog.open(Records.small(directory))) {
            records.fill(log, RUN, 0, 100);
        }
        fill(disk.resolve("ballast"));
        try (RouteLog log = RouteLog.open(Records.small(directory));
                RouteLogReader reader = log.newReader()) {
            assertThat(log.backlogEvents()).isEqualTo(100);
            assertThat(reader.next()).isTrue();
            assertThat(log.whyNotReady()).containsIgnoringCase("no space");
        }
        assertThatThrownBy(() -> RouteLog.open(Records.small(disk.resolve("other"))))
                .isInstanceOf(RouteLogException.class)
                .hasMessageContaining("can't be opened");
    }

    /** Appends until no segment can be made, which takes a while to be tried. */
    private long appendUntilFull(final RouteLog log, final long from) {
        long sequence = from;
        AppendResult result = null;
        while (result != AppendResult.NOT_READY || log.whyNotReady() == null) {
            result = records.append(log, RUN, sequence);
            if (result == AppendResult.APPENDED) {
                sequence++;
            }
        }
        return sequence;
    }

    private static void fill(final Path ballast) {
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(new byte[4_096]);
            }
        } catch (final IOException expected) {
            // Full, as it should be.
        }
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        try {
            final Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException expected) {
            return false;
        }
    }
}
