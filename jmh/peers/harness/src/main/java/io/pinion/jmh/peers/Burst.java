package io.pinion.jmh.peers;

import io.pinion.jmh.rig.Schedule;

/**
 * So many events in a row.
 *
 * @param first         the number of its first event.
 * @param end           one past its last.
 * @param ratePerSecond when they are due; {@link #UNPACED} for as fast as they are taken.
 * @param startNs       from when on they are due, in nanoseconds since 1970.
 */
record Burst(long first, long end, long ratePerSecond, long startNs) {
    /** As fast as they are taken. */
    static final long UNPACED = 0;

    long dueNs(final long number) {
        return new Schedule(startNs, ratePerSecond).dueNs(number - first);
    }
}
