package io.pinion.cluster;

import io.aeron.archive.client.AeronArchive;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Looks after a member's disk and snapshots: asks for snapshots on the leader's schedule, purges the log below the previous
 * one, ends the member before the disk is full. Used by the delivery thread.
 */
final class Housekeeping implements AutoCloseable {
    /**
     * Makes one.
     *
     * @param archive          how to connect to this member's archive; concluded here.
     * @param clusterDirectory of the consensus module.
     * @param snapshotEvery    how often the leader asks for one; null for never.
     * @param directory        whose disk is watched.
     * @param minFreeBytes     what has to be free there.
     * @param view             of this member's service.
     */
    Housekeeping(
            final AeronArchive.Context archive,
            final File clusterDirectory,
            final Duration snapshotEvery,
            final Path directory,
            final long minFreeBytes,
            final ServiceView view) {
        throw new UnsupportedOperationException();
    }

    /**
     * One round.
     *
     * @throws io.pinion.engine.EdgeException when the disk is nearly full: the member has to end.
     */
    int doWork(final long nowNs) {
        throw new UnsupportedOperationException();
    }

    /** Asks this member, if it leads, for a snapshot. Any thread. */
    void requestSnapshot() {
        throw new UnsupportedOperationException();
    }

    /** What a person should know: what could not be purged, or no snapshot was made; null when all is well. Any thread. */
    String trouble() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
