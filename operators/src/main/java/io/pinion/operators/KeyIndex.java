package io.pinion.operators;

import java.util.Arrays;

/**
 * Finds records by their keys: open addressing, at most a quarter full, or half where there are a million, closing the
 * gap when a key is taken out. The keys stay in the records themselves, as their first long or two; a slot has the number of a record beside the hash of its key:
 *
 * <pre>
 *   slots    | hash : record + 1 | 0 | hash : record + 1 | …      0 where there is none
 *   records  | lo | (hi) | …                                      stride longs for each record
 * </pre>
 *
 * <p>The hash is there so that looking for a key that is not known, and taking one out, reads one cache line of slots and
 * no other record: what costs here is waiting for memory.
 *
 * <p>Never saved: it is rebuilt from the records.
 */
final class KeyIndex {
    static final int NONE = -1;

    /** Up to here there is room to be generous: the emptier, the fewer steps a search takes that can't be foreseen. */
    private static final int SPARSE_SLOTS = 1 << 20;

    private static final int HALF_A_LINE = 4;

    private final long[] records;
    private final int stride;
    private final boolean wide;
    private final long[] slots;
    private final int mask;
    /** How far on {@link #touch} looks too: where there is room, searches are short. */
    private final int ahead;

    KeyIndex(final long[] records, final int stride, final boolean wide, final int capacity) {
        this.records = records;
        this.stride = stride;
        this.wide = wide;
        slots = new long[slotsFor(capacity)];
        mask = slots.length - 1;
        ahead = slots.length > SPARSE_SLOTS ? HALF_A_LINE : 0;
    }

    /** The memory it takes for so many keys, in bytes. */
    static long bytesFor(final int capacity) {
        return (long) slotsFor(capacity) * Long.BYTES;
    }

    private static int slotsFor(final int capacity) {
        final int half = Integer.highestOneBit(Math.max(capacity * 2 - 1, 1)) << 1;
        return half < SPARSE_SLOTS ? half * 2 : half;
    }

    /** The number of the record that has this key, or {@link #NONE}; one of them, where there are several. */
    int find(final long lo, final long hi) {
        final int hash = hash(lo);
        return findFrom(hash & mask, hash, lo, hi);
    }

    /** Another record of the key that this one has, or {@link #NONE}: find and this tell each of them once. */
    int findAfter(final int record, final long lo, final long hi) {
        final int hash = hash(lo);
        return findFrom(slotOf(record, hash) + 1 & mask, hash, lo, hi);
    }

    private int findFrom(final int from, final int hash, final long lo, final long hi) {
        int at = from;
        for (long slot = slots[at]; slot != 0; slot = slots[at]) {
            if (hashIn(slot) == hash) {
                final int record = recordIn(slot);
                final int base = record * stride;
                if (records[base] == lo && (!wide || records[base + 1] == hi)) {
                    return record;
                }
            }
            at = at + 1 & mask;
        }
        return NONE;
    }

    /**
     * Reads where the search for a key begins, and half a cache line on where it may well go there: alone, these reads wait for
     * one another; many in a row, they wait together.
     *
     * @return what was read, for it not to be found useless.
     */
    long touch(final long lo) {
        final int at = hash(lo) & mask;
        return slots[at] + slots[at + ahead & mask];
    }

    /** The record that a search for this key will most likely compare, or 0. */
    int likelyRecord(final long lo) {
        final int hash = hash(lo);
        final long slot = slots[hash & mask];
        return hashIn(slot) == hash ? Math.max(0, recordIn(slot)) : 0;
    }

    /** Takes in a record, whose key is in its place. */
    void insert(final int record) {
        final int hash = hash(keyOf(record));
        int at = hash & mask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        slots[at] = (long) hash << Integer.SIZE | record + 1;
    }

    /** Takes out a record, whose key is still in its place. */
    void remove(final int record) {
        int gap = slotOf(record, hash(keyOf(record)));
        int at = gap + 1 & mask;
        for (long slot = slots[at]; slot != 0; slot = slots[at]) {
            final int fromHome = at - hashIn(slot) & mask;
            final int fromGap = at - gap & mask;
            if (fromHome >= fromGap) {
                slots[gap] = slot;
                gap = at;
            }
            at = at + 1 & mask;
        }
        slots[gap] = 0;
    }

    private int slotOf(final int record, final int hash) {
        int at = hash & mask;
        while (recordIn(slots[at]) != record) {
            at = at + 1 & mask;
        }
        return at;
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

    private static int hashIn(final long slot) {
        return (int) (slot >> Integer.SIZE);
    }

    private static int recordIn(final long slot) {
        return (int) slot - 1;
    }

    /** Numbers are often consecutive, or differ in their upper bits only: every bit must reach the lower ones. */
    private static int hash(final long lo) {
        long mixed = (lo ^ lo >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ mixed >>> 32);
    }
}
