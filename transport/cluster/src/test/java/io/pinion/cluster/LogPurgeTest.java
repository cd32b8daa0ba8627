package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real archive with segments of 64 KiB, and the recording log that a consensus module would keep. */
class LogPurgeTest {
    private static final int SEGMENT_BYTES = 64 * 1024;
    private static final int MODULE = ConsensusModule.Configuration.SERVICE_ID;
    private static final String CHANNEL = "aeron:ipc?term-length=64k";

    @TempDir
    Path folder;

    private MediaDriver driver;
    private Archive archiving;
    private AeronArchive archive;
    private LogPurge purge;
    private long logRecording;
    private ExclusivePublication log;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        archiving = Archive.launch(new Archive.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .archiveDir(folder.resolve("archive").toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .segmentFileLength(SEGMENT_BYTES)
                .controlChannel("aeron:udp?endpoint=localhost:0")
                .recordingEventsEnabled(false)
                .replicationChannel("aeron:udp?endpoint=localhost:0"));
        archive = AeronArchive.connect(new AeronArchive.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .controlRequestChannel("aeron:ipc")
                .controlResponseChannel("aeron:ipc"));
        log = archive.addRecordedExclusivePublication(CHANNEL, 1);
        logRecording = append(log, new UnsafeBuffer(new byte[512]), 1);
        purge = new LogPurge(clusterDirectory());
        try (RecordingLog entries = new RecordingLog(clusterDirectory(), true)) {
            entries.appendTerm(logRecording, 0, 0, 1);
        }
    }

    @AfterEach
    void stop() {
        CloseHelper.quietCloseAll(archive, archiving, driver);
    }

    private File clusterDirectory() {
        final File directory = folder.resolve("cluster").toFile();
        assertThat(directory.mkdirs() || directory.isDirectory()).isTrue();
        return directory;
    }

    /** So many messages; returns the recording once they are in it. */
    private long append(final ExclusivePublication publication, final UnsafeBuffer message, final int count) {
        for (int i = 0; i < count; i++) {
            final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (publication.offer(message) < 0) {
                Thread.yield();
                assertThat(System.nanoTime()).isLessThan(deadlineNs);
            }
        }
        final long deadlineNs = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            final long recording =
                    archive.findLastMatchingRecording(0, "aeron:ipc", publication.streamId(), publication.sessionId());
            if (recording != Aeron.NULL_VALUE && archive.getRecordingPosition(recording) == publication.position()) {
                return recording;
            }
            Thread.yield();
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
        }
    }

    /** A snapshot at the log's end: recordings of the module and the service. */
    private long[] snapshot(final int stream) {
        final long[] recordings = {recorded(stream), recorded(stream + 1)};
        try (RecordingLog entries = new RecordingLog(clusterDirectory(), false)) {
            entries.appendSnapshot(recordings[0], 0, 0, log.position(), 1, 0);
            entries.appendSnapshot(recordings[1], 0, 0, log.position(), 1, MODULE);
        }
        return recordings;
    }

    private long recorded(final int stream) {
        try (ExclusivePublication publication = archive.addRecordedExclusivePublication(CHANNEL, stream)) {
            final long recording = append(publication, new UnsafeBuffer(new byte[512]), 1);
            archive.stopRecording(publication);
            return recording;
        }
    }

    private void grow() {
        append(log, new UnsafeBuffer(new byte[8_000]), 20);
    }

    private boolean isKept(final long recording) {
        return archive.listRecording(recording, (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) -> {}) == 1;
    }

    @Test
    void shouldKeepAllWhileThereIsOneSnapshot() {
        grow();
        final long[] first = snapshot(10);
        grow();
        purge.purge(archive);
        assertThat(archive.getStartPosition(logRecording)).isZero();
        assertThat(isKept(first[0])).isTrue();
    }

    @Test
    void shouldPurgeTheLogBelowThePreviousSnapshotAndKeepThatSnapshot() {
        grow();
        final long[] first = snapshot(10);
        final long firstAt = log.position();
        grow();
        final long[] second = snapshot(20);
        purge.purge(archive);
        assertThat(archive.getStartPosition(logRecording)).isEqualTo(firstAt / SEGMENT_BYTES * SEGMENT_BYTES);
        assertThat(isKept(first[0])).isTrue();

        grow();
        final long before = archive.getStartPosition(logRecording);
        snapshot(30);
        purge.purge(archive);
        assertThat(archive.getStartPosition(logRecording)).isGreaterThan(before);
        assertThat(isKept(first[0])).isFalse();
        assertThat(isKept(first[1])).isFalse();
        assertThat(isKept(second[0])).isTrue();
        assertThat(isKept(second[1])).isTrue();
        new LogPurge(clusterDirectory()).purge(archive); // as after a restart: what is gone is no error
    }

    @Test
    void shouldNotCountASnapshotThatWasInvalidated() {
        snapshot(10);
        grow();
        snapshot(20);
        grow();
        snapshot(30);
        try (RecordingLog entries = new RecordingLog(clusterDirectory(), false)) {
            assertThat(entries.invalidateLatestSnapshot()).isTrue();
        }
        purge.purge(archive);
        assertThat(archive.getStartPosition(logRecording)).isZero();
    }

    @Test
    void shouldSayThatAPartIsBeingReadAndKeepIt() {
        grow();
        snapshot(10);
        grow();
        snapshot(20);
        archive.startReplay(logRecording, 0, Long.MAX_VALUE, CHANNEL, 99);
        assertThatThrownBy(() -> purge.purge(archive)).isInstanceOf(ArchiveException.class);
        assertThat(archive.getStartPosition(logRecording)).isZero();
    }
}
