package io.pinion.operators;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a stage remembers of keys: a number or two for each (dedupe the time of its first event), from the old end to the
 * young end. Keys come in at the young end, so the order is that of the log. All memory is allocated at the start; a
 * record has its place in two arrays, the keys apart, since a search for a key reads nothing else:
 *
 * <pre>
 *   keys   | lo | (hi) | …
 *   rest   | number | (number) | older record : younger record | …
 * </pre>
 *
 * <p>Records that are in use are linked; those that were given back are linked by their younger record.
 */
final class KeyMemory implements RememberedKeys {
    private final int capacity;
    private final boolean wide;
    private final int longsOfKey;
    private final int stride;
    private final long[] keys;
    private final long[] rest;
    private final KeyIndex index;

    private int size;
    private int oldest = NONE;
    private int youngest = NONE;
    private int neverUsed;
    private int givenBack = NONE;

    /** Keeps what was read from being found useless. */
    private long prefetched;

    KeyMemory(final int capacity, final boolean wide, final int numbers) {
        this.capacity = capacity;
        this.wide = wide;
        longsOfKey = longsOfKey(wide);
        stride = numbers + 1;
        keys = new long[capacity * longsOfKey];
        rest = new long[capacity * stride];
        index = new KeyIndex(keys, wide, capacity);
    }

    /** Lets its index move and clear these rows with its slots. */
    void keep(final RowIndex<?> rows) {
        index.keep(rows);
    }

    /** The slot of the index that a record is in. */
    int slotOf(final int record) {
        return index.slotOf(record);
    }

    /** The memory it takes, in bytes. */
    static long bytesFor(final int capacity, final boolean wide, final int numbers) {
        return (long) capacity * (longsOfKey(wide) + numbers + 1) * Long.BYTES + KeyIndex.bytesFor(capacity);
    }

    private static int longsOfKey(final boolean wide) {
        return wide ? 2 : 1;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isFull() {
        return size == capacity;
    }

    /** The record of a key, or {@link KeyIndex#NONE}. */
    @Override
    public int find(final long lo, final long hi) {
        return index.find(lo, hi);
    }

    /** Reads where the searches for these keys begin. */
    void prefetch(final long[] sought, final int count) {
        prefetched += index.touch(sought, count);
    }

    /** Mostly the oldest lie in the order in which they came: to follow their links would be to wait for each. */
    @Override
    public void prefetchComing(final long[] sought, final int count) {
        long read = 0;
        final int first = Math.max(0, oldest);
        for (int i = 0; i < count; i++) {
            final int old = Math.min(first + i, capacity - 1);
            read += index.touch(sought[i]) + index.touch(keys[old * longsOfKey]);
        }
        prefetched += read;
    }

    @Override
    public void prefetchFor(final long lo) {
        prefetched += index.touch(lo);
    }

    /** Another record of the same key, where several were added, or {@link KeyIndex#NONE}. */
    int findAfter(final int record, final long lo, final long hi) {
        return index.findAfter(record, lo, hi);
    }

    /** The record at the old end; only where there is one. */
    @Override
    public int oldest() {
        return oldest;
    }

    /** The first of its numbers. */
    @Override
    public long number(final int record) {
        return rest[numberAt(record)];
    }

    void number(final int record, final long value) {
        rest[numberAt(record)] = value;
    }

    /** The second of its numbers, where there are two. */
    long secondNumber(final int record) {
        return rest[numberAt(record) + 1];
    }

    void secondNumber(final int record, final long value) {
        rest[numberAt(record) + 1] = value;
    }

    /** Remembers a key at the young end, and tells its record; there must be room. */
    @Override
    public int add(final long lo, final long hi, final long number) {
        final int record = takeRecord();
        keys[record * longsOfKey] = lo;
        if (wide) {
            keys[record * 2 + 1] = hi;
        }
        rest[numberAt(record)] = number;
        index.insert(record);
        linkYoungest(record);
        size++;
        return record;
    }

    /** Gives a known key another first number, and moves it to the young end. */
    @Override
    public void renew(final int record, final long number) {
        rest[numberAt(record)] = number;
        if (record != youngest) {
            unlink(record);
            linkYoungest(record);
        }
    }

    @Override
    public int addInsteadOfOldest(final long lo, final long hi, final long number) {
        removeOldest();
        return add(lo, hi, number);
    }

    /** Forgets the key at the old end; there must be one. */
    @Override
    public void removeOldest() {
        remove(oldest);
    }

    /** Forgets a record. */
    void remove(final int record) {
        index.remove(record);
        unlink(record);
        link(record, NONE, givenBack);
        givenBack = record;
        size--;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeInt(size);
        for (int record = oldest; record != NONE; record = younger(record)) {
            for (int i = 0; i < longsOfKey; i++) {
                out.writeLong(keys[record * longsOfKey + i]);
            }
            for (int at = numberAt(record); at < linksAt(record); at++) {
                out.writeLong(rest[at]);
            }
        }
    }

    @Override
    public void restore(final DataInput in) throws IOException {
        clear();
        final int saved = in.readInt();
        if (saved < 0 || saved > capacity) {
            throw new IOException(
                    "The saved state has " + saved + " keys, and there is room for " + capacity + ": raise upTo(…).");
        }
        for (int i = 0; i < saved; i++) {
            final long lo = in.readLong();
            final long hi = wide ? in.readLong() : 0;
            if (find(lo, hi) != NONE) {
                throw new IOException("The saved state has a key twice, as number " + i + " of " + saved
                        + ": it is not what this stage saved.");
            }
            final int record = add(lo, hi, in.readLong());
            for (int at = numberAt(record) + 1; at < linksAt(record); at++) {
                rest[at] = in.readLong();
            }
        }
    }

    private void clear() {
        index.clear();
        forgetAll();
    }

    /** How many steps of {@link #clearIndex} there are. */
    int indexLength() {
        return index.length();
    }

    /** Empties it a part at a time: when all parts were cleared, {@link #forgetAll} completes it. */
    void clearIndex(final int from, final int to) {
        index.clear(from, to);
    }

    void forgetAll() {
        size = 0;
        oldest = NONE;
        youngest = NONE;
        neverUsed = 0;
        givenBack = NONE;
    }

    private int takeRecord() {
        if (givenBack == NONE) {
            return neverUsed++;
        }
        final int record = givenBack;
        givenBack = younger(record);
        return record;
    }

    private void linkYoungest(final int record) {
        link(record, youngest, NONE);
        if (youngest == NONE) {
            oldest = record;
        } else {
            link(youngest, older(youngest), record);
        }
        youngest = record;
    }

    private void unlink(final int record) {
        final int older = older(record);
        final int younger = younger(record);
        if (older == NONE) {
            oldest = younger;
        } else {
            link(older, older(older), younger);
        }
        if (younger == NONE) {
            youngest = older;
        } else {
            link(younger, older, younger(younger));
        }
    }

    private int numberAt(final int record) {
        return record * stride;
    }

    private int linksAt(final int record) {
        return record * stride + stride - 1;
    }

    private int older(final int record) {
        return (int) (rest[linksAt(record)] >> Integer.SIZE);
    }

    /** The record that came in after this one, or {@link KeyIndex#NONE}. */
    int younger(final int record) {
        return (int) rest[linksAt(record)];
    }

    private void link(final int record, final int older, final int younger) {
        rest[linksAt(record)] = (long) older << Integer.SIZE | younger & 0xFFFFFFFFL;
    }
}
