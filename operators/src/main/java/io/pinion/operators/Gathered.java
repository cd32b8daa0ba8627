package io.pinion.operators;

import io.pinion.engine.BatchStage;
import io.pinion.engine.Slot;

/**
 * What was gathered of a run of events, in their order: the key of each, its times, and, once it was decided on, what. So that a
 * loop over keys reads arrays, and nothing of the events.
 */
final class Gathered<E> {
    /** The outcome of an event without a key, until it is decided on. */
    static final int KEYLESS = -2;
    /** A user's function threw: it is called again where the event is applied, which makes that one a dead letter. */
    static final int UNDECIDED = -3;

    private static final int MOST = BatchStage.MOST_GATHERED;

    final long[] lo = new long[MOST];
    final long[] hi = new long[MOST];
    final long[] eventTimeUs = new long[MOST];
    final long[] logTimeUs = new long[MOST];
    final int[] outcomes = new int[MOST];

    private final KeyOf<E> keyOf;
    private final boolean isWide;
    private int count;
    private int applied;
    private boolean isDecided;

    Gathered(final KeyOf<E> keyOf) {
        this.keyOf = keyOf;
        isWide = keyOf.isWide();
    }

    /** Notes an event, whose key was just read into the {@link KeyOf}; the first after a run was decided on begins another. */
    void add(final boolean hasKey, final Slot<E> slot) {
        if (isDecided) {
            isDecided = false;
            count = 0;
            applied = 0;
        }
        lo[count] = keyOf.lo;
        if (isWide) {
            hi[count] = keyOf.hi;
        }
        eventTimeUs[count] = slot.eventTimeUs();
        logTimeUs[count] = slot.logTimeUs();
        outcomes[count] = hasKey ? 0 : KEYLESS;
        count++;
    }

    /** How many were gathered, to be decided on now. */
    int decided() {
        isDecided = true;
        return count;
    }

    /** Goes on to the next that is applied. @return its outcome. */
    int next() {
        return outcomes[applied++];
    }

    /** The first half of the key of the one that is applied. */
    long lo() {
        return lo[applied - 1];
    }
}
