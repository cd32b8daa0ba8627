package io.pinion.cluster;

import io.aeron.AeronCounters;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.service.ClusterCounters;
import io.aeron.exceptions.AeronException;
import io.pinion.engine.EdgeException;
import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * Looks after a member's disk and snapshots: asks for snapshots on the leader's schedule, purges the log below the previous
 * one, ends the member before the disk is full. Used by the delivery thread.
 */
final class Housekeeping implements AutoCloseable {
    private static final int CLUSTER_ID = 0;
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PURGE_AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final AeronArchive.Context context;
    private final CountersReader counters;
    private final LogPurge purge;
    private final long snapshotEveryNs;
    private final DiskRoom room;
    private final ServiceView view;

    private AeronArchive.AsyncConnect connecting;
    private AeronArchive archive;
    private AtomicCounter toggle;
    private long lookAtNs = System.nanoTime();
    private long snapshotAtNs;
    private long purgeAtNs = lookAtNs;

    /** How many snapshots this member had taken when it purged last. */
    private long purgedAt = -1;

    private volatile boolean isSnapshotWanted;
    private volatile String trouble;
    private volatile long term = -1;

    /**
     * Makes one.
     *
     * @param archive          how to connect to this member's archive, with the client to use.
     * @param clusterDirectory of the consensus module.
     * @param snapshotEvery    how often the leader asks for one; null for never.
     * @param room             of its disk.
     * @param view             of this member's service.
     */
    Housekeeping(
            final AeronArchive.Context archive,
            final File clusterDirectory,
            final Duration snapshotEvery,
            final DiskRoom room,
            final ServiceView view) {
        context = archive;
        counters = archive.aeron().countersReader();
        purge = new LogPurge(clusterDirectory);
        snapshotEveryNs = snapshotEvery == null ? Long.MAX_VALUE : snapshotEvery.toNanos();
        this.room = room;
        this.view = view;
        snapshotAtNs = lookAtNs;
    }

    /**
     * One round.
     *
     * @param nowNs of {@link System#nanoTime}.
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when the disk is nearly full: the member has to end.
     */
    int doWork(final long nowNs) {
        final int connected = connecting == null ? 0 : connect(nowNs);
        if (nowNs - lookAtNs < 0) {
            return connected;
        }
        lookAtNs = nowNs + LOOK_NS;
        room.require();
        lookAtTerm();
        return connected + snapshot(nowNs) + purge(nowNs);
    }

    /** Of the consensus module: a service that begins with a snapshot hears of no term until the next. */
    private void lookAtTerm() {
        final int id = ClusterCounters.find(counters, AeronCounters.CLUSTER_LEADERSHIP_TERM_ID_TYPE_ID, CLUSTER_ID);
        if (id != CountersReader.NULL_COUNTER_ID) {
            term = counters.getCounterValue(id);
        }
    }

    private int snapshot(final long nowNs) {
        if (!view.isLeader) {
            snapshotAtNs = nowNs;
            return 0;
        }
        if (view.isStopAsked) {
            return stop();
        }
        if (!isSnapshotWanted && nowNs - snapshotAtNs < snapshotEveryNs) {
            return 0;
        }
        if (toggle == null) {
            toggle = ClusterControl.findControlToggle(counters, CLUSTER_ID);
        }
        if (toggle == null || !ClusterControl.ToggleState.SNAPSHOT.toggle(toggle)) {
            return 0; // something else is going on there: the next look may find it at rest
        }
        snapshotAtNs = nowNs;
        isSnapshotWanted = false;
        return 1;
    }

    /** Has all members take a snapshot and end; once, since none leads after that. */
    private int stop() {
        if (toggle == null) {
            toggle = ClusterControl.findControlToggle(counters, CLUSTER_ID);
        }
        return toggle != null && ClusterControl.ToggleState.SHUTDOWN.toggle(toggle) ? 1 : 0;
    }

    private int purge(final long nowNs) {
        final long taken = snapshotsTaken();
        if (taken == purgedAt || nowNs - purgeAtNs < 0) {
            return 0;
        }
        if (archive == null) {
            return connecting == null ? connect(nowNs) : 0;
        }
        purgeAtNs = nowNs + PURGE_AGAIN_NS;
        try {
            purge.purge(archive);
            purgedAt = taken;
            trouble = null;
            return 1;
        } catch (final AeronException e) {
            // A member that catches up is being sent what would be purged, for example.
            trouble = "the log can't be purged yet, and keeps its place on disk: " + e.getMessage();
            if (archive.state() != AeronArchive.State.CONNECTED) {
                disconnect();
            }
            return 0;
        }
    }

    private long snapshotsTaken() {
        final int id = ClusterCounters.find(counters, AeronCounters.CLUSTER_SNAPSHOT_COUNTER_TYPE_ID, CLUSTER_ID);
        return id == CountersReader.NULL_COUNTER_ID ? -1 : counters.getCounterValue(id);
    }

    private int connect(final long nowNs) {
        try {
            if (connecting == null) {
                connecting = AeronArchive.asyncConnect(context.clone());
            }
            archive = connecting.poll();
            if (archive == null) {
                return 0;
            }
            connecting = null;
            return 1;
        } catch (final AeronException e) {
            trouble = "no connection to this member's archive: " + e.getMessage();
            purgeAtNs = nowNs + PURGE_AGAIN_NS;
            disconnect();
            return 0;
        }
    }

    private void disconnect() {
        CloseHelper.quietCloseAll(connecting, archive);
        connecting = null;
        archive = null;
    }

    /** Asks this member, if it leads, for a snapshot; otherwise it is forgotten once it leads. Any thread. */
    void requestSnapshot() {
        isSnapshotWanted = true;
    }

    /** The leadership term, at most a second old; -1 before the first. Any thread. */
    long term() {
        return term;
    }

    /** What a person should know: what could not be purged; null when all is well. Any thread. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        disconnect();
    }
}
