package io.pinion.cluster;

import io.pinion.engine.RouteCount;

/** What other threads may know of the service. Written by the service's thread alone, read by any. */
final class ServiceView {
    /** Whose outputs there are; 0 until the log has said it. */
    volatile long logId;

    volatile boolean isLeader;

    /** Whether {@link #leadershipTermId} is that of the role: a member leads before it has heard in which term. */
    volatile boolean isTermCurrent = true;

    /** Whether the operator has asked, while this member led, that all take a snapshot and end. */
    volatile boolean isStopAsked;

    /** Of the newest term that began while this member was there; -1 where none did. */
    volatile long leadershipTermId = -1;

    /** Of the last message that was taken in. */
    volatile long position;

    /** Tables whose file has to come in before events can: a bit for each, that of the first table is 1. */
    volatile long tablesToLoad;

    /** What each route has in the state, as it was at the last tick. */
    volatile RouteCount[] counts = {};

    /** Of the newest snapshot or check; null while there was none. */
    volatile SectionHashes hashes;
}
