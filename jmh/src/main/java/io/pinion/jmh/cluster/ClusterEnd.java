package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.FarEnd;

/** A producer and its targets. */
interface ClusterEnd extends FarEnd {
    /** Goes on in a new session, as a producer does that was just started. */
    void reconnect();
}
