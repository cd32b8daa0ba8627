package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/** A real archive that is killed while it records: what it leaves behind is a copy of its directory. */
final class KilledArchive implements AutoCloseable {
    static final int MESSAGE_BYTES = 6_000;
    static final int FRAGMENT_BYTES = 6_048;
    static final int SEGMENT_BYTES = 256 << 10;

    private static final int STREAM = 7;
    private static final String CHANNEL = "aeron:ipc?term-length=64k|mtu=8k";

    private final Path folder;
    private final MediaDriver driver;

    KilledArchive(final Path folder) {
        this.folder = folder;
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
    }

    /** What it left behind. */
    Path left() {
        return folder.resolve("left");
    }

    Path segment(final long recording, final long base) {
        return left().resolve(recording + "-" + base + ".rec");
    }

    /** An archive that goes on with what was left. */
    Archive.Context archive() {
        return archive(left());
    }

    private Archive.Context archive(final Path directory) {
        return new Archive.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .archiveDir(directory.toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .segmentFileLength(SEGMENT_BYTES)
                .recordChecksum(Checksums.crc32c())
                .replayChecksum(Checksums.crc32c())
                .errorHandler(ignored -> {})
                .controlChannel("aeron:udp?endpoint=localhost:0")
                .recordingEventsEnabled(false)
                .replicationChannel("aeron:udp?endpoint=localhost:0");
    }

    AeronArchive connect() {
        return AeronArchive.connect(new AeronArchive.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .controlRequestChannel("aeron:ipc")
                .controlResponseChannel("aeron:ipc"));
    }

    private static void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            Thread.yield();
            assertThat(System.nanoTime() - deadlineNs).isNegative();
        }
    }

    /** Records so many messages until it is killed; the recording's id. */
    long record(final int messages) throws IOException {
        try (Archive archiving = Archive.launch(archive(folder.resolve("archive")));
                AeronArchive archive = connect();
                ExclusivePublication publication = archive.addRecordedExclusivePublication(CHANNEL, STREAM)) {
            final UnsafeBuffer message = new UnsafeBuffer(new byte[MESSAGE_BYTES]);
            for (int i = 0; i < messages; i++) {
                message.setMemory(0, MESSAGE_BYTES, (byte) (i + 1));
                await(() -> publication.offer(message) > 0);
            }
            final long[] recording = new long[1];
            await(() -> {
                recording[0] = archive.findLastMatchingRecording(0, "aeron:ipc", STREAM, publication.sessionId());
                return recording[0] >= 0 && archive.getRecordingPosition(recording[0]) == publication.position();
            });
            copy(archiving.context().archiveDir().toPath());
            return recording[0];
        }
    }

    private void copy(final Path from) throws IOException {
        Files.createDirectories(left());
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file :
                    files.filter(name -> !name.toString().contains("mark")).toList()) {
                Files.copy(file, left().resolve(file.getFileName()));
            }
        }
    }

    /** Ends a segment of the recording there: what comes behind was never written. */
    void tear(final long recording, final long at) throws IOException {
        try (FileChannel segment =
                FileChannel.open(segment(recording, 0), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long length = segment.size();
            segment.truncate(at);
            segment.write(ByteBuffer.allocate(1), length - 1);
        }
    }

    /** Changes one bit of a file. */
    static void flip(final Path file, final long at, final int bit) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 1 << bit)).flip();
            channel.write(one, at);
        }
    }

    /** Reads a recording from its begin on, by the archive; how many messages it has. */
    static int replayed(final AeronArchive archive, final long recording, final long length) {
        final int[] messages = new int[1];
        try (Subscription replay = archive.replay(recording, 0, length, "aeron:ipc?mtu=8k|term-length=64k", 99)) {
            await(() -> {
                replay.poll(
                        (buffer, offset, bytes, header) -> {
                            messages[0]++;
                            assertThat(bytes).isEqualTo(MESSAGE_BYTES);
                            assertThat(buffer.getByte(offset + bytes - 1)).isEqualTo((byte) messages[0]);
                        },
                        10);
                return replay.imageCount() == 1 && replay.imageAtIndex(0).position() == length;
            });
        }
        return messages[0];
    }

    @Override
    public void close() {
        CloseHelper.quietClose(driver);
    }
}
