package io.pinion.engine;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Nanoseconds since 1970 that two processes on one machine agree on to well under a microsecond, so that one can stamp what
 * the other times. Reads {@link System#nanoTime()}, and once a second compares it with the wall clock, which it so follows
 * when that is set.
 *
 * <p>Any number of threads may read one clock. They share what was compared without a lock: a thread that reads while another
 * compares uses the offset of before or after, both of which are right.
 */
public final class WallClock implements EpochNanoClock {
    private static final long COMPARE_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int FIRST_ATTEMPTS = 1_000;
    private static final int ATTEMPTS = 8;

    /** A comparison that took longer was interrupted, and tells too little. */
    private static final long PRECISE_NS = 500;

    /** A wall clock further away than this was set; one that is nearer is only told less precisely. */
    private static final long SET_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private volatile long offsetNs;
    private long compareAtNs;

    /** Compares the clocks for the first time, with patience. */
    public WallClock() {
        long narrowestNs = Long.MAX_VALUE;
        for (int i = 0; i < FIRST_ATTEMPTS && narrowestNs > PRECISE_NS; i++) {
            narrowestNs = Math.min(narrowestNs, compare(narrowestNs));
        }
        compareAtNs = System.nanoTime() + COMPARE_EVERY_NS;
    }

    @Override
    public long nanoTime() {
        final long nowNs = System.nanoTime();
        if (nowNs - compareAtNs >= 0) {
            compareAtNs = nowNs + COMPARE_EVERY_NS;
            compareAgain();
            return System.nanoTime() + offsetNs; // to compare takes some microseconds
        }
        return nowNs + offsetNs;
    }

    private void compareAgain() {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (compare(PRECISE_NS) <= PRECISE_NS) {
                return;
            }
        }
    }

    /** Takes the offset over where the comparison was narrower, or the clock was set. Returns how narrow. */
    private long compare(final long narrowerThanNs) {
        final long beforeNs = System.nanoTime();
        final Instant now = Instant.now();
        final long tookNs = System.nanoTime() - beforeNs;
        final long wallNs = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        final long comparedNs = wallNs - (beforeNs + tookNs / 2);
        if (tookNs <= narrowerThanNs || Math.abs(comparedNs - offsetNs) > SET_NS + tookNs) {
            offsetNs = comparedNs;
        }
        return tookNs;
    }
}
