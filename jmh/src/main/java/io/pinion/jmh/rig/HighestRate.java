package io.pinion.jmh.rig;

/**
 * Finds the highest rate that is held: doubles until one isn't, then halves the step between. A rate that isn't held is
 * tried once more, since the machine may have been the reason.
 */
final class HighestRate {
    private static final long FIRST = 100_000;
    private static final long LIMIT = 100_000_000;
    /** The search ends when held and not held are so close. */
    private static final double CLOSE_ENOUGH = 1.06;

    private long held;
    private long missed = Long.MAX_VALUE;
    private long again;

    /** The rate to try next; 0 at the end. */
    long next() {
        if (again > 0) {
            return again;
        }
        if (missed == Long.MAX_VALUE) {
            return held == 0 ? FIRST : held >= LIMIT ? 0 : held * 2;
        }
        if (held == 0) {
            return missed > 2_000 ? missed / 2 : 0;
        }
        return missed > held * CLOSE_ENOUGH ? (held + missed) / 2 : 0;
    }

    /** What came of it. */
    void tried(final long rate, final boolean wasHeld) {
        if (wasHeld) {
            held = Math.max(held, rate);
            again = 0;
        } else if (again == rate) {
            missed = rate;
            again = 0;
        } else {
            again = rate;
        }
    }

    /** The highest so far; 0 for none. */
    long held() {
        return held;
    }
}
