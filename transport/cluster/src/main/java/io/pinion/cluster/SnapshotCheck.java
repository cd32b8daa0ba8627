package io.pinion.cluster;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.aeron.cluster.RecordingLog;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;

/**
 * Reads what a member begins from before it is launched. The newest snapshot, to its end: one that is damaged is invalidated,
 * and the one before it used; one of another graph, or revision, is no damage, and ends the start. Then the log behind it: that
 * has no second copy here, so damage in it ends the start.
 *
 * <pre>
 *   log   ├──────────S1──────────S2─────────┤
 *            not read               read      S2, or where it is damaged S1, is what the member begins from
 * </pre>
 */
final class SnapshotCheck {
    /** Aeron's number for the consensus module among a snapshot's recordings; ours is the first service. */
    private static final int CONSENSUS_MODULE = -1;

    private static final int SERVICE = 0;

    private final Supplier<AeronArchive> archives;
    private final MemberDirectory directory;
    private final Genesis own;
    private final MemberConfig config;

    /**
     * Makes it.
     *
     * @param archives  connects to the member's archive.
     * @param directory the member's.
     * @param own       what this member would say of itself.
     * @param config    of this member, which is told what was invalidated.
     */
    SnapshotCheck(
            final Supplier<AeronArchive> archives,
            final MemberDirectory directory,
            final Genesis own,
            final MemberConfig config) {
        this.archives = archives;
        this.directory = directory;
        this.own = own;
        this.config = config;
    }

    /** @throws EdgeException when this member can't begin from what it has. */
    void run() {
        if (!Files.exists(directory.cluster().resolve(RecordingLog.RECORDING_LOG_FILE_NAME))) {
            return;
        }
        try (AeronArchive archive = archives.get();
                RecordingLog log = new RecordingLog(directory.cluster().toFile(), false)) {
            final RecordingCheck recordings = new RecordingCheck(archive, directory.archive());
            final long from = newestSnapshot(archive, log, recordings);
            final long recordingId = log.findLastTermRecordingId();
            final RecordingCheck.Damage damage =
                    recordingId == RecordingPos.NULL_RECORDING_ID ? null : recordings.find(recordingId, from);
            if (damage != null) {
                throw new EdgeException(DamagedLog.sentence(config, damage));
            }
        } catch (final IOException unusable) {
            throw new EdgeException(unusable.getMessage(), unusable);
        }
    }

    /** The position of the newest one that can be used; 0 where there is none, and the log has its begin. */
    private long newestSnapshot(final AeronArchive archive, final RecordingLog log, final RecordingCheck recordings)
            throws IOException {
        while (true) {
            final RecordingLog.Entry consensus = log.getLatestSnapshot(CONSENSUS_MODULE);
            if (consensus == null) {
                requireWholeLog(archive, log);
                return 0;
            }
            try {
                check(archive, recordings, consensus, log.getLatestSnapshot(SERVICE));
                return consensus.logPosition;
            } catch (final DamagedSnapshotException damaged) {
                config.tell.accept(damaged.getMessage() + " The snapshot at position " + consensus.logPosition
                        + " is not used; the one before it is.");
                log.invalidateLatestSnapshot();
            }
        }
    }

    private void check(
            final AeronArchive archive,
            final RecordingCheck recordings,
            final RecordingLog.Entry consensus,
            final RecordingLog.Entry service)
            throws IOException {
        if (service == null || service.logPosition != consensus.logPosition) {
            throw new DamagedSnapshotException("The snapshot is damaged: it lacks the service's part.");
        }
        requireWhole(recordings.find(consensus.recordingId, 0));
        requireWhole(recordings.find(service.recordingId, 0));
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

    private static void requireWhole(final RecordingCheck.Damage damage) throws DamagedSnapshotException {
        if (damage != null) {
            throw new DamagedSnapshotException("The snapshot is damaged: " + damage.file()
                    + " is not what was written, from its position " + damage.position() + " on.");
        }
    }

    /** Without a snapshot, the state is all that the log says from its first message on. */
    private void requireWholeLog(final AeronArchive archive, final RecordingLog log) {
        final long recordingId = log.findLastTermRecordingId();
        if (recordingId != RecordingPos.NULL_RECORDING_ID && archive.getStartPosition(recordingId) > 0) {
            throw new EdgeException(
                    "No snapshot in " + directory.cluster() + " can be used, and the log no longer has its begin:"
                            + " empty the member's directory, and seed it from another member with \"pinion seed\".");
        }
    }
}
