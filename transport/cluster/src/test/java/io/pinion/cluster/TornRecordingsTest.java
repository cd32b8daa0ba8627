package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real archives: what one that is killed while it records leaves behind is a copy of its directory. */
class TornRecordingsTest {
    private static final int MESSAGE_BYTES = 6_000;
    private static final int FRAGMENT_BYTES = 6_048;
    private static final int SEGMENT_BYTES = 256 << 10;
    private static final int STREAM = 7;
    private static final String CHANNEL = "aeron:ipc?term-length=64k|mtu=8k";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private MediaDriver driver;
    private TornRecordings recordings;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        recordings = new TornRecordings(left(), told::add);
    }

    @AfterEach
    void stop() {
        CloseHelper.quietClose(driver);
    }

    private Path left() {
        return folder.resolve("left");
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

    private AeronArchive connect() {
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

    /** What an archive leaves that is killed when it has recorded so many messages; the recording's id. */
    private long killed(final int messages) throws IOException {
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
    private void tear(final long recording, final long at) throws IOException {
        try (FileChannel segment = FileChannel.open(
                left().resolve(recording + "-0.rec"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long length = segment.size();
            segment.truncate(at);
            segment.write(ByteBuffer.allocate(1), length - 1);
        }
    }

    private static int replayed(final AeronArchive archive, final long recording, final long length) {
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

    /** Launches an archive on what was left, and reads the recording to its end. */
    private void requireWhole(final long recording, final int messages, final long end) {
        try (Archive archiving = Archive.launch(archive(left()));
                AeronArchive archive = connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(archive.getStopPosition(recording)).isEqualTo(end);
            assertThat(replayed(archive, recording, end)).isEqualTo(messages);
        }
    }

    /** Wherever it is torn: in its first page, at the end of one, in its last. */
    @ParameterizedTest
    @ValueSource(ints = {32, 40, 384, 1_000, 4_096, 4_480, 6_000})
    void shouldCutOffAFragmentThatWasNotWrittenWholeAndNothingElse(final int written) throws IOException {
        final long recording = killed(5);
        tear(recording, 4 * FRAGMENT_BYTES + written);
        recordings.cutOff();
        assertThat(told)
                .singleElement()
                .asString()
                .contains("Recording " + recording)
                .contains("is cut off at position " + 4 * FRAGMENT_BYTES);
        requireWhole(recording, 4, 4 * FRAGMENT_BYTES);
        recordings.cutOff();
        assertThat(told).as("what was cut off once is whole").hasSize(1);
    }

    @Test
    void shouldBeNeededForAeronRefusesWhatIsTorn() throws IOException {
        final long recording = killed(5);
        tear(recording, 4 * FRAGMENT_BYTES + 1_000);
        assertThatThrownBy(() -> Archive.launch(archive(left()))).isInstanceOf(ArchiveException.class);
    }

    @Test
    void shouldCutNothingOfOneThatWasWrittenWhole() throws IOException {
        final long recording = killed(5);
        recordings.cutOff();
        assertThat(told).isEmpty();
        requireWhole(recording, 5, 5 * FRAGMENT_BYTES);
    }

    @Test
    void shouldFindTheEndInALaterSegment() throws IOException {
        final int messages = 2 * SEGMENT_BYTES / FRAGMENT_BYTES;
        final long recording = killed(messages);
        recordings.cutOff();
        assertThat(told).isEmpty();
        assertThat(left().resolve(recording + "-" + 2 * SEGMENT_BYTES + ".rec")).exists();
        try (Archive archiving = Archive.launch(archive(left()));
                AeronArchive archive = connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(replayed(archive, recording, archive.getStopPosition(recording)))
                    .isEqualTo(messages);
        }
    }

    @Test
    void shouldNotCutOffWhatLiesBehindAFragmentThatIsDamaged() throws IOException {
        final long recording = killed(5);
        try (FileChannel segment = FileChannel.open(left().resolve(recording + "-0.rec"), StandardOpenOption.WRITE)) {
            segment.write(ByteBuffer.wrap(new byte[] {99}), FRAGMENT_BYTES + 2_000);
        }
        recordings.cutOff();
        assertThat(told).isEmpty();
        try (Archive archiving = Archive.launch(archive(left()));
                AeronArchive archive = connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(archive.getStopPosition(recording)).isEqualTo(5 * FRAGMENT_BYTES);
        }
    }

    /** An archive that has met the full disk has ended the recording itself, where its position was. */
    @Test
    void shouldCutOffWhatLiesBehindTheEndOfARecordingThatWasStopped() throws IOException {
        final long recording = killed(5);
        recordings.cutOff(); // as if stopped there
        try (FileChannel segment = FileChannel.open(left().resolve(recording + "-0.rec"), StandardOpenOption.WRITE)) {
            segment.write(ByteBuffer.wrap(new byte[] {99, 0, 0, 0, 1, 2, 3}), 5 * FRAGMENT_BYTES);
        }
        recordings.cutOff();
        assertThat(told).singleElement().asString().contains("is cut off at position " + 5 * FRAGMENT_BYTES);
        recordings.cutOff();
        assertThat(told).hasSize(1);
        requireWhole(recording, 5, 5 * FRAGMENT_BYTES);
    }

    @Test
    void shouldDoNothingWhereThereIsNoArchiveYet() throws IOException {
        recordings.cutOff();
        Files.createDirectories(left());
        recordings.cutOff();
        Files.write(left().resolve("archive.catalog"), new byte[] {9, 9, 9, 9});
        recordings.cutOff(); // the archive says what that is
        assertThat(told).isEmpty();
    }
}
