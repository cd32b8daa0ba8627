package io.pinion.operators;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keys with a time each, from the old end to the young end: what dedupe remembers, and the order of a table's rows. Keys
 * come in at the young end, so the order is that of the log. All memory is allocated at the start; a record is
 *
 * <pre>
 *   | lo | (hi) | time (of the first event) | older record : younger record |
 * </pre>
 *
 * <p>Records that are in use are linked; those that were given back are linked by their younger record.
 */
final class KeyMemory {
    private static final int NONE = KeyIndex.NONE;

    private final int capacity;
    private final boolean wide;
    private final int stride;
    private final long[] records;
    private final KeyIndex index;

    private int size;
    private int oldest = NONE;
    private int youngest = NONE;
    private int neverUsed;
    private int givenBack = NONE;

    KeyMemory(final int capacity, final boolean wide) {
        this.capacity = capacity;
        this.wide = wide;
        stride = strideFor(wide);
        records = new long[capacity * stride];
        index = new KeyIndex(records, stride, wide, capacity);
    }

    /** The memory it takes, in bytes. */
    static long bytesFor(final int capacity, final boolean wide) {
        return (long) capacity * strideFor(wide) * Long.BYTES + KeyIndex.bytesFor(capacity);
    }

    private static int strideFor(final boolean wide) {
        return wide ? 4 : 3;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    /** The record of a key, or {@link KeyIndex#NONE}. */
    int find(final long lo, final long hi) {
        return index.find(lo, hi);
    }

    /** Another record of the same key, where several were added, or {@link KeyIndex#NONE}. */
    int findAfter(final int record, final long lo, final long hi) {
        return index.findAfter(record, lo, hi);
    }

    /** The record at the old end; only where there is one. */
    int oldest() {
        return oldest;
    }

    long firstUs(final int record) {
        return records[timeAt(record)];
    }

    /** Remembers a key at the young end; there must be room. @return its record, less than the capacity. */
    int add(final long lo, final long hi, final long firstUs) {
        final int record = takeRecord();
        final int base = record * stride;
        records[base] = lo;
        if (wide) {
            records[base + 1] = hi;
        }
        records[timeAt(record)] = firstUs;
        index.insert(record);
        linkYoungest(record);
        size++;
        return record;
    }

    /** Gives a known key another time, and moves it to the young end. */
    void renew(final int record, final long firstUs) {
        records[timeAt(record)] = firstUs;
        if (record != youngest) {
            unlink(record);
            linkYoungest(record);
        }
    }

    /** Forgets the key at the old end; there must be one. */
    void removeOldest() {
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

    void save(final DataOutput out) throws IOException {
        out.writeInt(size);
        for (int record = oldest; record != NONE; record = younger(record)) {
            final int base = record * stride;
            out.writeLong(records[base]);
            if (wide) {
                out.writeLong(records[base + 1]);
            }
            out.writeLong(records[timeAt(record)]);
        }
    }

    void restore(final DataInput in) throws IOException {
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
                        + ": it is not what dedupe saved.");
            }
            add(lo, hi, in.readLong());
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

    private int timeAt(final int record) {
        return record * stride + stride - 2;
    }

    private int older(final int record) {
        return (int) (records[record * stride + stride - 1] >> Integer.SIZE);
    }

    /** The record that came in after this one, or {@link KeyIndex#NONE}. */
    int younger(final int record) {
        return (int) records[record * stride + stride - 1];
    }

    private void link(final int record, final int older, final int younger) {
        records[record * stride + stride - 1] = (long) older << Integer.SIZE | younger & 0xFFFFFFFFL;
    }
}
