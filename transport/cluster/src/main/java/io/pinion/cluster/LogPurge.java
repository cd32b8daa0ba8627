package io.pinion.cluster;

import static io.aeron.cluster.RecordingLog.ENTRY_TYPE_SNAPSHOT;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import java.io.File;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Frees a member's disk of what no restart needs: the log below the previous snapshot, and the recordings of snapshots before
 * that. The newest may turn out to be damaged, so the one before it is kept with all the log behind it.
 */
final class LogPurge {
    private static final int KEPT_SNAPSHOTS = 2;

    private final File clusterDirectory;
    private final Set<Long> purged = new HashSet<>();

    LogPurge(final File clusterDirectory) {
        this.clusterDirectory = clusterDirectory;
    }

    /**
     * Purges.
     *
     * @throws ArchiveException where a part is being read just now: nothing is lost, it is tried again later.
     */
    void purge(final AeronArchive archive) {
        try (RecordingLog log = new RecordingLog(clusterDirectory, false)) {
            final List<RecordingLog.Entry> snapshots = wholeSnapshots(log.entries());
            if (snapshots.size() < KEPT_SNAPSHOTS) {
                return;
            }
            final RecordingLog.Entry previous = snapshots.get(KEPT_SNAPSHOTS - 1);
            for (final RecordingLog.Entry entry : log.entries()) {
                if (entry.type == ENTRY_TYPE_SNAPSHOT && entry.logPosition < previous.logPosition) {
                    purgeRecording(archive, entry.recordingId);
                }
            }
            purgeLog(archive, log.findLastTermRecordingId(), previous.logPosition);
        }
    }

    /** Those that both the consensus module and the service have, newest first. */
    static List<RecordingLog.Entry> wholeSnapshots(final List<RecordingLog.Entry> entries) {
        return entries.stream()
                .filter(entry -> isSnapshotOf(entry, ConsensusModule.Configuration.SERVICE_ID))
                .filter(entry -> entries.stream()
                        .anyMatch(other -> isSnapshotOf(other, 0) && other.logPosition == entry.logPosition))
                .sorted(Comparator.comparingLong((RecordingLog.Entry entry) -> entry.logPosition)
                        .reversed())
                .toList();
    }

    private static boolean isSnapshotOf(final RecordingLog.Entry entry, final int serviceId) {
        return entry.isValid && entry.type == ENTRY_TYPE_SNAPSHOT && entry.serviceId == serviceId;
    }

    private void purgeRecording(final AeronArchive archive, final long recordingId) {
        if (purged.contains(recordingId)) {
            return;
        }
        try {
            archive.purgeRecording(recordingId);
        } catch (final ArchiveException e) {
            if (e.errorCode() != ArchiveException.UNKNOWN_RECORDING) {
                throw e; // otherwise an earlier run of this member has purged it
            }
        }
        purged.add(recordingId);
    }

    private static void purgeLog(final AeronArchive archive, final long recordingId, final long keptFrom) {
        final Recording log = Recording.of(archive, recordingId);
        if (log == null || log.start() >= keptFrom) {
            return;
        }
        final long base = log.segmentOf(keptFrom);
        if (base > log.start()) {
            archive.purgeSegments(recordingId, base);
        }
    }
}
