package io.pinion.jmh.rig;

import java.util.concurrent.TimeUnit;

/**
 * When each event of an open loop is due: evenly, whatever became of those before.
 *
 * @param startNs       of the first.
 * @param ratePerSecond events.
 */
record Schedule(long startNs, long ratePerSecond) {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** When the nth is due, counted from 0; rounded down, so that no error adds up. */
    long dueNs(final long n) {
        return startNs + n / ratePerSecond * SECOND_NS + n % ratePerSecond * SECOND_NS / ratePerSecond;
    }

    /** How many are due in a time. */
    long events(final long durationNs) {
        return durationNs / SECOND_NS * ratePerSecond + durationNs % SECOND_NS * ratePerSecond / SECOND_NS;
    }
}
