package io.pinion.operators;

import io.pinion.engine.Slot;

/**
 * Keys that were read when a batch was shown to its stage, so that they need not be read again: a user's function is called
 * once for each event. They are taken in the order in which they came, each by its event's position; what is not here (an
 * event without a key, or whose function threw) is read then.
 */
final class KeysAhead<E> {
    /** At least the longest batch. */
    static final int MOST = 64;

    private final KeyOf<E> keyOf;
    private final long[] positions = new long[MOST];
    private final long[] lo = new long[MOST];
    private final long[] hi = new long[MOST];
    private int count;
    private int taken;
    private boolean isWhole;

    KeysAhead(final KeyOf<E> keyOf) {
        this.keyOf = keyOf;
    }

    /** Reads the key of an event early, and notes it where there is one; the first of a batch ends the batch before. */
    void expect(final E event, final Slot<E> slot) {
        if (isWhole) {
            isWhole = false;
            count = 0;
            taken = 0;
        }
        if (count < MOST && keyOf.read(event)) {
            positions[count] = slot.position();
            lo[count] = keyOf.lo;
            hi[count] = keyOf.hi;
            count++;
        }
    }

    /** The first halves of the keys that were noted, {@link #count} of them. */
    long[] lo() {
        return lo;
    }

    int count() {
        return count;
    }

    /** No more of this batch will come. */
    void whole() {
        isWhole = true;
    }

    /** Has the key of an event in the {@link KeyOf}; false when it has none. Throws what the user's function throws. */
    boolean take(final E event, final Slot<E> slot) {
        if (taken == count || positions[taken] != slot.position()) {
            return keyOf.read(event);
        }
        keyOf.lo = lo[taken];
        keyOf.hi = hi[taken];
        taken++;
        return true;
    }
}
