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
    /** Three members beside a bare cluster's; some 15 minutes by itself, so only where it is asked for. */
    CLUSTER
}
