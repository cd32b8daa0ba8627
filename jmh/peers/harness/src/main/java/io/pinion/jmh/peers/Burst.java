package io.pinion.jmh.peers;

import java.util.concurrent.TimeUnit;

/**
 * So many events in a row.
 *
 * @param first         the number of its first event.
 * @param end           one past its last.
 * @param ratePerSecond when they are due; {@link #UNPACED} for as fast as they are taken.
 * @param startNs       when the first is due, in nanoseconds since 1970.
 */
record Burst(long first, long end, long ratePerSecond, long startNs) {
    /** As fast as they are taken. */
    static final long UNPACED = 0;

    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    long dueNs(final long number) {
        return startNs + (long) ((number - first) * SECOND_NS / ratePerSecond);
    }
}
