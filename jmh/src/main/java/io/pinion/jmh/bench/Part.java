package io.pinion.jmh.bench;

/** What can be measured by itself. */
enum Part {
    /** Wire to wire: the sidecar beside a bare echo. */
    WIRE,
    /** The graph in memory, beside a plain loop and a program by hand. */
    GRAPH,
    /** Frames to events and back. */
    CODEC,
    /** How cost grows. */
    GROWTH,
    /** Garbage of operators, transports and layouts. */
    GARBAGE,
    /** Start, memory, idling. */
    FOOTPRINT,
    /** Other engines; what else takes part would want their many libraries, so only where it is asked for. */
    PEERS,
    /** Members of a cluster beside a bare cluster's, all of the next three; long by itself, so only where it is asked for. */
    CLUSTER,
    /** Of that, latencies and the highest rate. */
    CLUSTER_RATES,
    /** Of that, the gap after the leader was killed. */
    CLUSTER_FAILOVER,
    /** Of that, snapshots and restarts. */
    CLUSTER_STATE;

    /** As it is named on the command line, which takes small letters too. */
    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
