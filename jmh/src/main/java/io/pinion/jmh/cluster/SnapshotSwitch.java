package io.pinion.jmh.cluster;

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.service.ClusterCounters;
import java.nio.file.Path;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * The switch by which a member is asked for a snapshot, and its count of those it took, both among its media driver's
 * counters: asking by a client would take a core away meanwhile. Used by one thread.
 */
final class SnapshotSwitch {
    private static final int CLUSTER_ID = 0;

    private final CountersReader counters;
    private final long takenBefore;

    private SnapshotSwitch(final CountersReader counters) {
        this.counters = counters;
        takenBefore = taken();
    }

    /** That of a running member. */
    static SnapshotSwitch in(final Path driverDirectory) {
        return new SnapshotSwitch(ClusterControl.mapCounters(
                driverDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile()));
    }

    /** Asks; false where something else is under way. */
    boolean ask() {
        final AtomicCounter toggle = ClusterControl.findControlToggle(counters, CLUSTER_ID);
        return toggle != null && ClusterControl.ToggleState.SNAPSHOT.toggle(toggle);
    }

    /** Whether it took one since this was made. */
    boolean isTaken() {
        return taken() > takenBefore;
    }

    private long taken() {
        final int id = ClusterCounters.find(counters, AeronCounters.CLUSTER_SNAPSHOT_COUNTER_TYPE_ID, CLUSTER_ID);
        return id == CountersReader.NULL_COUNTER_ID ? 0 : counters.getCounterValue(id);
    }
}
