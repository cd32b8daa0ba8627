package io.pinion.jmh.rig;

import java.util.concurrent.TimeUnit;

/**
 * When each event of an open loop is due, whatever became of those before: time is cut evenly, and each event has a moment
 * of its own within its piece, the same in each run.
 *
 * <p>Not at the beginning of each piece: a machine's timers come evenly too. Where a tick comes each millisecond, events that are
 * due each millisecond meet all of them or none, and those of each tenth of one meet it one time in ten or never; which, is
 * decided when a run begins.
 *
 * @param startNs       of the first piece.
 * @param ratePerSecond events.
 */
public record Schedule(long startNs, long ratePerSecond) {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    /** Of SplitMix64 (Steele, Lea and Flood, 2014), whose mixing of the event's number is the moment. */
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private static final int FRACTION_BITS = 20;

    /**
     * When an event is due.
     *
     * @param n counted from 0; rounded down, so that no error adds up.
     * @return by the clock of the start, never before that of the event before.
     */
    public long dueNs(final long n) {
        return pieceNs(n) + (fractionOf(n) * (SECOND_NS / ratePerSecond) >>> FRACTION_BITS);
    }

    /** When the piece of the nth begins. */
    private long pieceNs(final long n) {
        return startNs + n / ratePerSecond * SECOND_NS + n % ratePerSecond * SECOND_NS / ratePerSecond;
    }

    private static long fractionOf(final long n) {
        long mixed = (n + 1) * GOLDEN_GAMMA;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return (mixed ^ mixed >>> 31) >>> Long.SIZE - FRACTION_BITS;
    }

    /** How many are due in a time. */
    long events(final long durationNs) {
        return durationNs / SECOND_NS * ratePerSecond + durationNs % SECOND_NS * ratePerSecond / SECOND_NS;
    }
}
