package io.pinion.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.collections.Long2LongHashMap;

/**
 * What is known of each producer: its epoch, and the last of its sequences that was accepted. Records in the order of their
 * last use, as a list in arrays; the index is rebuilt and never saved. One thread.
 *
 * <pre>
 *   oldest ⇄ … ⇄ youngest       used: to the young end;  forgotten: at the old end, when another producer opens
 * </pre>
 */
final class ProducerMarks {
    static final int VERSION = 1;

    static final int NONE = -1;

    private final int capacity;
    private final long memoryUs;
    private final Long2LongHashMap index = new Long2LongHashMap(NONE);
    private final long[] producer;
    private final long[] epoch;
    private final long[] nonce;
    private final long[] last;
    private final long[] usedUs;
    private final boolean[] gapTold;
    private final int[] older;
    private final int[] younger;
    private int oldest = NONE;
    private int youngest = NONE;
    private int free;

    /**
     * Makes it empty.
     *
     * @param capacity how many producers there may be.
     * @param memoryUs how long one is remembered that says nothing.
     */
    ProducerMarks(final int capacity, final long memoryUs) {
        this.capacity = capacity;
        this.memoryUs = memoryUs;
        producer = new long[capacity];
        epoch = new long[capacity];
        nonce = new long[capacity];
        last = new long[capacity];
        usedUs = new long[capacity];
        gapTold = new boolean[capacity];
        older = new int[capacity];
        younger = new int[capacity];
        clear();
    }

    private void clear() {
        index.clear();
        oldest = NONE;
        youngest = NONE;
        free = 0;
        for (int i = 0; i < capacity; i++) {
            younger[i] = i + 1 < capacity ? i + 1 : NONE;
        }
    }

    int size() {
        return index.size();
    }

    /** The record of a producer, or {@link #NONE}. */
    int find(final long id) {
        return (int) index.get(id);
    }

    /** Forgets those that have said nothing for too long. */
    void forget(final long timeUs) {
        while (oldest != NONE && timeUs - usedUs[oldest] >= memoryUs) {
            remove(oldest);
        }
    }

    /**
     * A new record for a producer that has none.
     *
     * @return it, or {@link #NONE} where there is no room.
     */
    int add(final long id, final long timeUs) {
        final int record = free;
        if (record == NONE) {
            return NONE;
        }
        free = younger[record];
        index.put(id, record);
        producer[record] = id;
        epoch[record] = 0;
        nonce[record] = 0;
        last[record] = 0;
        gapTold[record] = false;
        append(record, timeUs);
        return record;
    }

    private void remove(final int record) {
        index.remove(producer[record]);
        unlink(record);
        younger[record] = free;
        free = record;
    }

    /** Notes that it was used. */
    void use(final int record, final long timeUs) {
        if (record == youngest) {
            usedUs[record] = timeUs;
        } else {
            unlink(record);
            append(record, timeUs);
        }
    }

    private void append(final int record, final long timeUs) {
        usedUs[record] = timeUs;
        older[record] = youngest;
        younger[record] = NONE;
        if (youngest == NONE) {
            oldest = record;
        } else {
            younger[youngest] = record;
        }
        youngest = record;
    }

    private void unlink(final int record) {
        if (older[record] == NONE) {
            oldest = younger[record];
        } else {
            younger[older[record]] = younger[record];
        }
        if (younger[record] == NONE) {
            youngest = older[record];
        } else {
            older[younger[record]] = older[record];
        }
    }

    long epoch(final int record) {
        return epoch[record];
    }

    long nonce(final int record) {
        return nonce[record];
    }

    /** A younger instance of the producer is at work from now on. */
    void open(final int record, final long newEpoch, final long newNonce) {
        epoch[record] = newEpoch;
        nonce[record] = newNonce;
        gapTold[record] = false;
    }

    long last(final int record) {
        return last[record];
    }

    void accept(final int record, final long sequence) {
        last[record] = sequence;
    }

    boolean isGapTold(final int record) {
        return gapTold[record];
    }

    void gapTold(final int record, final boolean told) {
        gapTold[record] = told;
    }

    void save(final DataOutput out) throws IOException {
        out.writeInt(size());
        for (int record = oldest; record != NONE; record = younger[record]) {
            out.writeLong(producer[record]);
            out.writeLong(epoch[record]);
            out.writeLong(nonce[record]);
            out.writeLong(last[record]);
            out.writeLong(usedUs[record]);
            out.writeBoolean(gapTold[record]);
        }
    }

    void restore(final DataInput in) throws IOException {
        clear();
        final int saved = in.readInt();
        if (saved < 0 || saved > capacity) {
            throw new IOException("The snapshot has the marks of " + saved + " producers, and there is room for "
                    + capacity + ": it is not what was saved.");
        }
        for (int i = 0; i < saved; i++) {
            final long id = in.readLong();
            final int record = find(id) == NONE ? add(id, 0) : NONE;
            if (record == NONE) {
                throw new IOException(
                        "The snapshot has the mark of producer " + id + " twice: it is not what was saved.");
            }
            epoch[record] = in.readLong();
            nonce[record] = in.readLong();
            last[record] = in.readLong();
            usedUs[record] = in.readLong();
            gapTold[record] = in.readBoolean();
        }
    }
}
