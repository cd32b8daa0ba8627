package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.cluster.RecordingLog;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A member alone, whose process died of a full disk: there, its disk is all there is of what was acknowledged. */
class FullDiskTest {
    private static final int SOME = 300;
    private static final int ALIGNMENT = 32;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGoOnFromALogWhoseLastFragmentWasNotWrittenWhole(final boolean withSnapshot) throws IOException {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.start(0);
            rig.openClients();
            rig.send(SOME);
            if (withSnapshot) {
                rig.takeSnapshot(0);
                rig.send(SOME);
            }
            final Path left = directory.resolve("left");
            copy(rig.directory(0), left);
            rig.stop(0);
            IoUtil.delete(rig.directory(0).toFile(), false);
            Files.move(left, rig.directory(0));
            appendTornFragment(rig.directory(0));

            rig.start(0);
            assertThat(rig.told).anyMatch(told -> told.contains("is cut off"));
            rig.send(SOME);
            rig.requireAllOut(0);
            assertThat(rig.halted).isEmpty();
        }
    }

    /** As a process leaves it that dies now. */
    private static void copy(final Path from, final Path to) throws IOException {
        final List<Path> all;
        try (Stream<Path> tree = Files.walk(from)) {
            all = tree.toList();
        }
        for (final Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    /** Behind the end of the log, a fragment of which only the first page has come to the disk. */
    private static void appendTornFragment(final Path member) throws IOException {
        final long recording;
        try (RecordingLog log = new RecordingLog(member.resolve("cluster").toFile(), false)) {
            recording = log.findLastTermRecordingId();
        }
        final Path segment = member.resolve("archive").resolve(recording + "-0.rec");
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer all = ByteBuffer.allocate((int) channel.size()).order(LITTLE_ENDIAN);
            channel.read(all, 0);
            int last = 0;
            int end = 0;
            while (all.getInt(end) > 0) {
                last = end;
                end += BitUtil.align(all.getInt(end), ALIGNMENT);
            }
            final ByteBuffer torn = ByteBuffer.allocate(ALIGNMENT).order(LITTLE_ENDIAN);
            torn.put(all.array(), last, ALIGNMENT)
                    .putInt(0, 8_000)
                    .putInt(8, end)
                    .flip();
            channel.write(torn, end);
        }
    }

    @Test
    void shouldNotStartOnADiskThatIsStillFull() {
        try (MemberRig rig = new MemberRig(directory, 1)) {
            rig.minDiskFree(Long.MAX_VALUE);
            assertThatThrownBy(() -> rig.start(0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("free some space")
                    .hasMessageContaining(rig.directory(0).toString());
            rig.minDiskFree(1);
            rig.start(0);
            rig.openClients();
            rig.send(1);
        }
    }
}
