package io.pinion.operators;

import java.util.Arrays;

/**
 * Finds records by their keys: open addressing, at most a quarter full, closing the gap when a key is taken out. The keys
 * stay with the records, one long or two for each; a slot has the number of a record, and what tells its key from others
 * without reading it:
 *
 * <pre>
 *   slots  | tag : distance : record + 1 | 0 | tag : distance : record + 1 | …      0 where there is none
 *   keys   | lo | (hi) | lo | (hi) | …                                           of record 0, 1, …
 * </pre>
 *
 * <p>The record takes as many bits as the capacity needs, the distance from where its search begins three, the tag, which is of
 * the key's hash, the rest. So looking for a key that is not known, and taking one out, reads one cache line of slots and
 * hardly ever a key: what costs here is waiting for memory. And there is room for so many slots that most searches end
 * where they begin: what costs after that are steps that can't be foreseen.
 *
 * <p>Never saved: it is rebuilt from the records.
 */
final class KeyIndex {
    static final int NONE = -1;
    /** What is larger is read ahead, where several keys are looked for together. */
    static final long NEAR_BYTES = 1L << 20;

    /** What there is room for of the distance: so much, or more. Where it is more, the key tells. */
    private static final int FAR = 7;

    private final long[] keys;
    private final boolean wide;
    private final int[] slots;
    private final int mask;
    /** The rows in the same slots; null where they are not found by this. */
    private RowIndex<?> rows;

    private final int recordBits;
    private final int recordMask;
    /** One in the distance, and {@link #FAR} in it. */
    private final int oneFurther;

    private final int far;
    private final int tagMask;

    KeyIndex(final long[] keys, final boolean wide, final int capacity) {
        this.keys = keys;
        this.wide = wide;
        slots = new int[slotsFor(capacity)];
        mask = slots.length - 1;
        recordBits = Integer.SIZE - Integer.numberOfLeadingZeros(capacity);
        oneFurther = 1 << recordBits;
        recordMask = oneFurther - 1;
        far = FAR << recordBits;
        tagMask = ~(far | recordMask);
    }

    /** Lets it move and clear these rows with its slots. */
    void keep(final RowIndex<?> rowsOfSlots) {
        rows = rowsOfSlots;
    }

    /** The memory it takes for so many keys, in bytes. */
    static long bytesFor(final int capacity) {
        return (long) slotsFor(capacity) * Integer.BYTES;
    }

    /** How many slots it has for so many keys. */
    static int slotsFor(final int capacity) {
        return Integer.highestOneBit(Math.max(capacity * 2 - 1, 1)) << 2;
    }

    /** The number of the record that has this key, or {@link #NONE}; one of them, where there are several. */
    int find(final long lo, final long hi) {
        final int hash = hash(lo);
        return findFrom(hash & mask, hash & tagMask, lo, hi);
    }

    /** Another record of the key that this one has, or {@link #NONE}: find and this tell each of them once. */
    int findAfter(final int record, final long lo, final long hi) {
        final int at = slotOf(record, hash(lo));
        return findFrom(at + 1 & mask, further(slots[at] & ~recordMask), lo, hi);
    }

    /** Looks on from a slot; a record of this key would have that tag and distance there. */
    private int findFrom(final int from, final int tagAndDistance, final long lo, final long hi) {
        int at = from;
        int sought = tagAndDistance;
        for (int slot = slots[at]; slot != 0; slot = slots[at]) {
            if ((slot & ~recordMask) == sought && isOf(recordIn(slot), lo, hi)) {
                return recordIn(slot);
            }
            at = at + 1 & mask;
            sought = further(sought);
        }
        return NONE;
    }

    private boolean isOf(final int record, final long lo, final long hi) {
        return wide ? keys[record * 2] == lo && keys[record * 2 + 1] == hi : keys[record] == lo;
    }

    private int further(final int tagAndDistance) {
        return (tagAndDistance & far) == far ? tagAndDistance : tagAndDistance + oneFurther;
    }

    /**
     * Reads where the searches for several keys begin, where that may be far: the less is done between two reads, the more of
     * them wait together.
     *
     * @return what was read, for it not to be found useless.
     */
    int touch(final long[] sought, final int count) {
        int read = 0;
        if (slots.length * (long) Integer.BYTES > NEAR_BYTES) {
            for (int i = 0; i < count; i++) {
                read += touch(sought[i]);
            }
        }
        return read;
    }

    /**
     * Reads where the search for a key begins: alone, these reads wait for one another; many in a row, they wait together.
     *
     * @return what was read, for it not to be found useless.
     */
    int touch(final long lo) {
        return slots[hash(lo) & mask];
    }

    /** Takes in a record, whose key is in its place. */
    void insert(final int record) {
        final int hash = hash(keyOf(record));
        int at = hash & mask;
        int tagAndDistance = hash & tagMask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
            tagAndDistance = further(tagAndDistance);
        }
        slots[at] = tagAndDistance | record + 1;
    }

    /** Takes out a record, whose key is still in its place. */
    void remove(final int record) {
        int gap = slotOf(record);
        int at = gap + 1 & mask;
        for (int slot = slots[at]; slot != 0; slot = slots[at]) {
            final int fromHome = distance(slot, at);
            final int fromGap = at - gap & mask;
            if (fromHome >= fromGap) {
                slots[gap] = slot & ~far | Math.min(fromHome - fromGap, FAR) << recordBits;
                if (rows != null) {
                    rows.move(at, gap);
                }
                gap = at;
            }
            at = at + 1 & mask;
        }
        slots[gap] = 0;
        if (rows != null) {
            rows.clear(gap, gap + 1);
        }
    }

    /** How far a slot is from where the search for its key begins. */
    private int distance(final int slot, final int at) {
        final int noted = (slot & far) >>> recordBits;
        return noted < FAR ? noted : at - hash(keyOf(recordIn(slot))) & mask;
    }

    /** The slot of a record. */
    int slotOf(final int record) {
        return slotOf(record, hash(keyOf(record)));
    }

    private int slotOf(final int record, final int hash) {
        int at = hash & mask;
        while (recordIn(slots[at]) != record) {
            at = at + 1 & mask;
        }
        return at;
    }

    void clear() {
        clear(0, slots.length);
    }

    /** How many steps {@link #clear(int, int)} has to take in all. */
    int length() {
        return slots.length;
    }

    void clear(final int from, final int to) {
        Arrays.fill(slots, from, to, 0);
        if (rows != null) {
            rows.clear(from, to);
        }
    }

    private long keyOf(final int record) {
        return keys[wide ? record * 2 : record];
    }

    private int recordIn(final int slot) {
        return (slot & recordMask) - 1;
    }

    /** Numbers are often consecutive, or differ in their upper bits only: every bit must reach the lower ones. */
    static int hash(final long lo) {
        long mixed = (lo ^ lo >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed ^ mixed >>> 32);
    }
}
