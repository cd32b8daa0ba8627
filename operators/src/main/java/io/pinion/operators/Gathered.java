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

    /** Notes an event, whose key was just read into the {@link KeyOf}, with its times. */
    void add(final boolean hasKey, final Slot<E> slot) {
        final int at = addKey();
        hi[at] = keyOf.hi;
        outcomes[at] = hasKey ? 0 : KEYLESS;
        eventTimeUs[at] = slot.eventTimeUs();
        logTimeUs[at] = slot.logTimeUs();
    }

    /** The same, where only this time is asked for. */
    void add(final boolean hasKey, final long itsEventTimeUs) {
        final int at = addKey();
        eventTimeUs[at] = itsEventTimeUs;
        if (isWide) {
            hi[at] = keyOf.hi;
            outcomes[at] = hasKey ? 0 : KEYLESS;
        }
    }

    /** The same, where only the key is, which is a number; the first after a run was decided on begins another. */
    int addKey() {
        if (isDecided) {
            isDecided = false;
            count = 0;
            applied = 0;
        }
        final int at = count++;
        lo[at] = keyOf.lo;
        return at;
    }

    /** Whether this one has no key, which a number always is. */
    boolean isKeyless(final int at) {
        return isWide && outcomes[at] == KEYLESS;
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
