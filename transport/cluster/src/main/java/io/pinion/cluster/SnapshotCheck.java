package io.pinion.cluster;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.aeron.cluster.RecordingLog;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the newest snapshot to its end before the member is launched from it. One that is damaged is invalidated, and the one
 * before it used; one of another graph, or revision, is no damage, and ends the start.
 */
final class SnapshotCheck {
    /** Aeron's number for the consensus module among a snapshot's recordings; ours is the first service. */
    private static final int CONSENSUS_MODULE = -1;

    private static final int SERVICE = 0;

    private final Supplier<AeronArchive> archives;
    private final Path cluster;
    private final Genesis own;
    private final Consumer<String> tell;

    /**
     * Makes it.
     *
     * @param archives connects to the member's archive.
     * @param cluster  the consensus module's directory.
     * @param own      what this member would say of itself.
     * @param tell     for what was invalidated.
     */
    SnapshotCheck(
            final Supplier<AeronArchive> archives, final Path cluster, final Genesis own, final Consumer<String> tell) {
        this.archives = archives;
        this.cluster = cluster;
        this.own = own;
        this.tell = tell;
    }

    /** @throws EdgeException when this member can't begin from what it has. */
    void run() {
        if (!Files.exists(cluster.resolve(RecordingLog.RECORDING_LOG_FILE_NAME))) {
            return;
        }
        try (AeronArchive archive = archives.get();
                RecordingLog log = new RecordingLog(cluster.toFile(), false)) {
            while (true) {
                final RecordingLog.Entry consensus = log.getLatestSnapshot(CONSENSUS_MODULE);
                if (consensus == null) {
                    requireWholeLog(archive, log);
                    return;
                }
                try {
                    check(archive, consensus, log.getLatestSnapshot(SERVICE));
                    return;
                } catch (final DamagedSnapshotException damaged) {
                    tell.accept(damaged.getMessage() + " The snapshot at position " + consensus.logPosition
                            + " is not used; the one before it is.");
                    log.invalidateLatestSnapshot();
                }
            }
        } catch (final IOException unusable) {
            throw new EdgeException(unusable.getMessage(), unusable);
        }
    }

    private void check(final AeronArchive archive, final RecordingLog.Entry consensus, final RecordingLog.Entry service)
            throws IOException {
        if (service == null || service.logPosition != consensus.logPosition) {
            throw new DamagedSnapshotException("The snapshot is damaged: it lacks the service's part.");
        }
        try (RecordedMessages messages = new RecordedMessages(archive, consensus.recordingId)) {
            messages.skipAeronsPart();
        }
        try (RecordedMessages messages = new RecordedMessages(archive, service.recordingId)) {
            messages.skipAeronsPart();
            final SnapshotReader reader = new SnapshotReader(messages);
            final LogHead[] head = new LogHead[1];
            reader.section(LogHead.SECTION, (in, version) -> head[0] = LogHead.read(in, version));
            reader.readToEnd();
            if (head[0].logId() != 0) {
                final String conflict = Settings.conflict(head[0].genesis(), own);
                if (conflict != null) {
                    throw new EdgeException(conflict);
                }
            }
        }
    }

    /** Without a snapshot, the state is all that the log says from its first message on. */
    private void requireWholeLog(final AeronArchive archive, final RecordingLog log) {
        final long recordingId = log.findLastTermRecordingId();
        if (recordingId != RecordingPos.NULL_RECORDING_ID && archive.getStartPosition(recordingId) > 0) {
            throw new EdgeException("No snapshot in " + cluster + " can be used, and the log no longer has its begin:"
                    + " empty the member's directory, and seed it from another member with \"pinion seed\".");
        }
    }
}
