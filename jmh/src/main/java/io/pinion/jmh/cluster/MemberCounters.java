package io.pinion.jmh.cluster;

import io.aeron.AeronCounters;
import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.ClusterCounters;
import java.nio.file.Path;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * What a running member counts among its media driver's counters, and the switch by which it is asked for a snapshot there:
 * asking by a client would take a core away meanwhile. Used by one thread.
 */
final class MemberCounters {
    private static final int CLUSTER_ID = 0;

    private final CountersReader counters;
    private final long takenBefore;

    private MemberCounters(final CountersReader counters) {
        this.counters = counters;
        takenBefore = snapshots();
    }

    /** Those of a member that runs: a killed one's lie there as it left them. */
    static MemberCounters in(final Path driverDirectory) {
        return new MemberCounters(ClusterControl.mapCounters(
                driverDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile()));
    }

    /** Asks for a snapshot; false where something else is under way. */
    boolean askForSnapshot() {
        final AtomicCounter toggle = ClusterControl.findControlToggle(counters, CLUSTER_ID);
        return toggle != null && ClusterControl.ToggleState.SNAPSHOT.toggle(toggle);
    }

    /** Whether it took a snapshot since this was made. */
    boolean hasTakenSnapshot() {
        return snapshots() > takenBefore;
    }

    /** Whether it takes part: it leads, or follows and has caught up. */
    boolean isInTerm() {
        return value(AeronCounters.CLUSTER_ELECTION_STATE_TYPE_ID) == ElectionState.CLOSED.code();
    }

    private long snapshots() {
        return value(AeronCounters.CLUSTER_SNAPSHOT_COUNTER_TYPE_ID);
    }

    private long value(final int type) {
        final int id = ClusterCounters.find(counters, type, CLUSTER_ID);
        return id == CountersReader.NULL_COUNTER_ID ? 0 : counters.getCounterValue(id);
    }
}
