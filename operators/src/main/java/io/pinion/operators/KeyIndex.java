package io.pinion.operators;

import java.util.Arrays;

/**
 * Finds records by their keys: open addressing, at most half full, closing the gap when a key is taken out. It holds
 * nothing but the numbers of records; the keys stay in the records themselves, as their first long or two:
 *
 * <pre>
 *   slots    | 0 | 2 | 0 | 1 | …      number of the record + 1, or 0
 *   records  | lo | (hi) | …          stride longs for each record
 * </pre>
 *
 * <p>Never saved: it is rebuilt from the records.
 */
final class KeyIndex {
    static final int NONE = -1;

    private final long[] records;
    private final int stride;
    private final boolean wide;
    private final int[] slots;
    private final int mask;

    KeyIndex(final long[] records, final int stride, final boolean wide, final int capacity) {
        this.records = records;
        this.stride = stride;
        this.wide = wide;
        slots = new int[slotsFor(capacity)];
        mask = slots.length - 1;
    }

    /** The memory it takes for so many keys, in bytes. */
    static long bytesFor(final int capacity) {
        return (long) slotsFor(capacity) * Integer.BYTES;
    }

    private static int slotsFor(final int capacity) {
        return Integer.highestOneBit(Math.max(capacity * 2 - 1, 1)) << 1;
    }

    /** The number of the record that has this key, or {@link #NONE}; one of them, where there are several. */
    int find(final long lo, final long hi) {
        return findFrom(home(lo), lo, hi);
    }

    /** Another record of the key that this one has, or {@link #NONE}: find and this tell each of them once. */
    int findAfter(final int record, final long lo, final long hi) {
        int at = home(lo);
        while (slots[at] != record + 1) {
            at = at + 1 & mask;
        }
        return findFrom(at + 1 & mask, lo, hi);
    }

    private int findFrom(final int from, final long lo, final long hi) {
        int at = from;
        for (int slot = slots[at]; slot != 0; slot = slots[at]) {
            final int base = (slot - 1) * stride;
            if (records[base] == lo && (!wide || records[base + 1] == hi)) {
                return slot - 1;
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /** Takes in a record, whose key is in its place. */
    void insert(final int record) {
        int at = home(keyOf(record));
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        slots[at] = record + 1;
    }

    /** Takes out a record, whose key is still in its place. */
    void remove(final int record) {
        int gap = home(keyOf(record));
        while (slots[gap] != record + 1) {
            gap = gap + 1 & mask;
        }
        int at = gap + 1 & mask;
        for (int slot = slots[at]; slot != 0; slot = slots[at]) {
            final int fromHome = at - home(keyOf(slot - 1)) & mask;
            final int fromGap = at - gap & mask;
            if (fromHome >= fromGap) {
                slots[gap] = slot;
                gap = at;
            }
            at = at + 1 & mask;
        }
        slots[gap] = 0;
    }

    void clear() {
        Arrays.fill(slots, 0);
    }

    /** How many steps {@link #clear(int, int)} has to take in all. */
    int length() {
        return slots.length;
    }

    void clear(final int from, final int to) {
        Arrays.fill(slots, from, to, 0);
    }

    private long keyOf(final int record) {
        return records[record * stride];
    }

    /** Numbers are often consecutive, or differ in their upper bits only: every bit must reach the lower ones. */
    private int home(final long lo) {
        long mixed = (lo ^ lo >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ mixed >>> 32) & mask;
    }
}
