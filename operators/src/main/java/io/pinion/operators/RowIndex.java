package io.pinion.operators;

import io.pinion.engine.BatchStage;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.agrona.UnsafeApi;

/**
 * Finds rows by their keys, where these are numbers and each is there once: the row of each slot of a {@link KeyIndex}, in the
 * same place.
 *
 * <pre>
 *   index  | record | 0    | record | …
 *   rows   | row    | null | row    | …          a search reads these alone, and asks the row for its key
 * </pre>
 *
 * <p>So a search waits for memory twice, for where it begins and for the row, which is read in any case; by way of the index it
 * would wait for the index, for the reference by the record's number and for the row, each needing the one before.
 */
final class RowIndex<R> {
    static final int NONE = KeyIndex.NONE;
    /** What a reference takes: 4 in most heaps of up to 32 GB, 8 in larger ones and with some collectors. */
    static final int REFERENCE_BYTES = UnsafeApi.arrayIndexScale(Object[].class);

    private final ToLongFunction<? super R> numberOf;
    private final R[] rows;
    private final int mask;
    private final int[] homes = new int[BatchStage.MOST_GATHERED];
    /** Keeps what was read from being found useless. */
    private long touched;

    @SuppressWarnings("unchecked")
    RowIndex(final ToLongFunction<? super R> numberOf, final int slots) {
        this.numberOf = numberOf;
        rows = (R[]) new Object[slots];
        mask = slots - 1;
    }

    /** The memory it takes, the rows aside, in bytes. */
    static long bytesFor(final int slots) {
        return (long) slots * REFERENCE_BYTES;
    }

    /** The row of a slot. */
    R row(final int slot) {
        return rows[slot];
    }

    /** Asks the row of a slot for its key; throws what its function throws. */
    void ask(final int slot) {
        numberOf.applyAsLong(rows[slot]);
    }

    private int find(final long key, final int home) {
        int at = home;
        for (R row = rows[at]; row != null; row = rows[at]) {
            if (numberOf.applyAsLong(row) == key) {
                return at;
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /**
     * Finds the rows of several keys, each step for all of them, so that these wait for memory together.
     *
     * @param slots set to the slot of each row, {@link #NONE}, or {@link Gathered#UNDECIDED} where a row's function of its key
     *              throws, which may be that of another row, in its way.
     */
    void find(final long[] keys, final int count, final int[] slots) {
        for (int i = 0; i < count; i++) {
            homes[i] = KeyIndex.hash(keys[i]) & mask;
        }
        if (count > 1) {
            touchHomes(count);
        }
        for (int i = 0; i < count; i++) {
            try {
                slots[i] = find(keys[i], homes[i]);
            } catch (final Exception | StackOverflowError e) {
                slots[i] = Gathered.UNDECIDED;
            }
        }
    }

    private void touchHomes(final int count) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            read += touch(homes[i]);
        }
        touched += read;
    }

    /** Reads where the search for a key begins, and the row there. */
    void prefetch(final long key) {
        touched += touch(KeyIndex.hash(key) & mask);
    }

    private int touch(final int slot) {
        final R row = rows[slot];
        return row == null || row.getClass() == Object.class ? 1 : 0;
    }

    /** There is another row in a slot of the index. */
    void put(final int slot, final R row) {
        rows[slot] = row;
    }

    /** What is in one slot of the index goes to another. */
    void move(final int from, final int to) {
        rows[to] = rows[from];
    }

    /** These slots of the index are empty now. */
    void clear(final int from, final int to) {
        Arrays.fill(rows, from, to, null);
    }
}
