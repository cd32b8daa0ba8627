package io.pinion.operators;

import io.pinion.engine.BatchStage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keys with a number each, from the old end to the young end, where they come in. How they are kept is of no consequence
 * outside, but for what it costs: {@link KeyLog} where most keys come in and leave, {@link KeyMemory} where most are renewed.
 */
interface RememberedKeys {
    /** There is no such key. */
    int NONE = KeyIndex.NONE;

    int size();

    boolean isFull();

    /** Where a key is, until another comes in or goes; or {@link #NONE}. */
    int find(long lo, long hi);

    /**
     * Reads what looking for these keys, and taking them in, will read: one by one they wait, in a row they wait together.
     *
     * @param count {@link BatchStage#MOST_GATHERED} at most.
     */
    void prefetchComing(long[] keys, int count);

    /** Reads where looking for this key begins. */
    void prefetchFor(long lo);

    /** Where the key at the old end is; only where there is one. */
    int oldest();

    /** The number of a key. */
    long number(int at);

    /** Remembers a key that is not known, at the young end; there must be room. @return where it is. */
    int add(long lo, long hi, long number);

    /** {@link #removeOldest}, and then {@link #add}. */
    int addInsteadOfOldest(long lo, long hi, long number);

    /** Gives a known key another number, and moves it to the young end. */
    void renew(int at, long number);

    /** Forgets the key at the old end; there must be one. */
    void removeOldest();

    /** Writes them from the old end to the young end: the same bytes whichever way they are kept. */
    void save(DataOutput out) throws IOException;

    /** Reads what was saved, instead of what there is. */
    void restore(DataInput in) throws IOException;
}
