package io.pinion.operators;

import io.pinion.engine.Slot;
import java.util.Arrays;

/**
 * Keys that were read when a batch was shown to its stage, so that they need not be read again: a user's function is called
 * once for each event. Found by their slots' positions; what is not found is read then.
 */
final class KeysAhead<E> {
    /** A power of two, and at least the longest batch. */
    private static final int MOST = 64;

    private static final long NONE = -1;

    private final KeyOf<E> keyOf;
    private final long[] positions = new long[MOST];
    private final long[] lo = new long[MOST];
    private final long[] hi = new long[MOST];
    private final long[] noted = new long[MOST];
    private int count;

    KeysAhead(final KeyOf<E> keyOf) {
        this.keyOf = keyOf;
        Arrays.fill(positions, NONE);
    }

    /** Reads the key of an event early, and notes it where there is one. */
    void expect(final E event, final Slot<E> slot) {
        if (count < MOST && keyOf.read(event)) {
            final int at = (int) slot.position() & MOST - 1;
            positions[at] = slot.position();
            lo[at] = keyOf.lo;
            hi[at] = keyOf.hi;
            noted[count] = keyOf.lo;
            count++;
        }
    }

    /** The first halves of the keys that were noted, as many as {@link #takeCount} says. */
    long[] noted() {
        return noted;
    }

    /** How many keys were noted since the last call. */
    int takeCount() {
        final int taken = count;
        count = 0;
        return taken;
    }

    /** Has the key of an event in the {@link KeyOf}; false when it has none. Throws what the user's function throws. */
    boolean take(final E event, final Slot<E> slot) {
        final int at = (int) slot.position() & MOST - 1;
        if (positions[at] != slot.position()) {
            return keyOf.read(event);
        }
        positions[at] = NONE;
        keyOf.lo = lo[at];
        keyOf.hi = hi[at];
        return true;
    }
}
