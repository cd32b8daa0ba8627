package io.pinion.operators;

/**
 * One set of rows, from the one put longest ago to the youngest: their keys and times in {@link KeyMemory}, and each row
 * by the number of its record.
 *
 * <p>A record that is given back keeps its row, so that the next that takes the record gives it in exchange, to be filled
 * again: rows are made until the table was once full, and never after that.
 */
final class TableRows<R> {
    /** What {@link #place} says where there is no record to be had. */
    static final int NO_ROOM = -2;
    /** What {@link #place} says of a version older than all that are kept. */
    static final int OUTDATED = -3;

    private static final int NONE = KeyIndex.NONE;

    private final int capacity;
    private final int maxVersions;
    private final KeyMemory memory;
    private final R[] rows;
    /** Null where rows are not found by it. */
    private RowIndex<R> byNumber;

    private int cleared;
    private boolean displaced;

    @SuppressWarnings("unchecked")
    TableRows(final int capacity, final KeyOf<R> keyOf, final int maxVersions) {
        this.capacity = capacity;
        this.maxVersions = maxVersions;
        memory = new KeyMemory(capacity, keyOf.isWide(), numbersFor(maxVersions));
        rows = (R[]) new Object[capacity];
    }

    /** Lets rows be found by {@link #byNumber()}: those that there are, and those that come. */
    void findByNumber(final KeyOf<R> keyOf) {
        byNumber = new RowIndex<>(keyOf.number(), memory.indexLength());
        memory.keep(byNumber);
        for (int i = 0, record = size() == 0 ? NONE : oldest(); i < size(); i++, record = younger(record)) {
            byNumber.put(memory.slotOf(record), rows[record]);
        }
    }

    /** The memory it takes, rows aside, in bytes. */
    static long bytesFor(final int capacity, final boolean wide, final int maxVersions, final boolean byNumber) {
        return KeyMemory.bytesFor(capacity, wide, numbersFor(maxVersions))
                + (long) capacity * RowIndex.REFERENCE_BYTES
                + (byNumber ? RowIndex.bytesFor(KeyIndex.slotsFor(capacity)) : 0);
    }

    /** When a row was put; and from when on it is valid, where a key can have several. */
    private static int numbersFor(final int maxVersions) {
        return maxVersions > 1 ? 2 : 1;
    }

    int size() {
        return memory.size();
    }

    /**
     * The slot for {@link #byNumber()} of a key, or {@link RowIndex#NONE}, by the keys that are kept: where the function of some
     * row's key throws. Throws what that of its own row throws.
     */
    int decide(final long lo) {
        final int record = find(lo, 0);
        if (record == NONE) {
            return RowIndex.NONE;
        }
        final int slot = memory.slotOf(record);
        byNumber.ask(slot);
        return slot;
    }

    R row(final int record) {
        return rows[record];
    }

    long timeUs(final int record) {
        return memory.number(record);
    }

    /** The oldest record, only where there is one. */
    int oldest() {
        return memory.oldest();
    }

    /** The one put after this one, or {@link KeyIndex#NONE}. */
    int younger(final int record) {
        return memory.younger(record);
    }

    /** Reads where the searches for these keys begin, where that may be far. */
    void prefetch(final long[] keys, final int count) {
        memory.prefetch(keys, count);
    }

    /** What finds rows by numbers, whatever the time; null without {@link #findByNumber}. */
    RowIndex<R> byNumber() {
        return byNumber;
    }

    /** The record of a key, or {@link KeyIndex#NONE}. */
    int find(final long lo, final long hi) {
        return memory.find(lo, hi);
    }

    /** The record of the youngest version of a key that was valid at a time, or {@link KeyIndex#NONE}. */
    int findAsOf(final long lo, final long hi, final long timeUs) {
        int best = NONE;
        for (int record = find(lo, hi); record != NONE; record = memory.findAfter(record, lo, hi)) {
            if (memory.secondNumber(record) <= timeUs
                    && (best == NONE || memory.secondNumber(record) > memory.secondNumber(best))) {
                best = record;
            }
        }
        return best;
    }

    /**
     * The record for a row: that of its key, or of its key and version, moved to the young end; or a new one.
     *
     * @return the record, to be filled by {@link #exchange} at once; {@link #NO_ROOM} or {@link #OUTDATED}.
     */
    int place(final long lo, final long hi, final long timeUs, final long versionUs) {
        displaced = false;
        int oldestVersion = NONE;
        int known = 0;
        for (int record = find(lo, hi); record != NONE; record = memory.findAfter(record, lo, hi)) {
            if (maxVersions == 1 || memory.secondNumber(record) == versionUs) {
                memory.renew(record, timeUs);
                return record;
            }
            known++;
            if (oldestVersion == NONE || memory.secondNumber(record) < memory.secondNumber(oldestVersion)) {
                oldestVersion = record;
            }
        }
        if (known > 0 && known == maxVersions) {
            displaced = true;
            if (versionUs < memory.secondNumber(oldestVersion)) {
                return OUTDATED;
            }
            memory.remove(oldestVersion);
        }
        if (memory.isFull()) {
            return NO_ROOM;
        }
        final int record = memory.add(lo, hi, timeUs);
        if (maxVersions > 1) {
            memory.secondNumber(record, versionUs);
        }
        return record;
    }

    /** Whether the last {@link #place} cost a version: one that was kept, or the new one. */
    boolean hasDisplaced() {
        return displaced;
    }

    /** Puts a row into its record. @return the row that was there, or null. */
    R exchange(final int record, final R row) {
        final R before = row(record);
        rows[record] = row;
        if (byNumber != null) {
            byNumber.put(memory.slotOf(record), row);
        }
        return before;
    }

    /** Takes out a key with all its versions. @return whether there was one. */
    boolean delete(final long lo, final long hi) {
        final int before = size();
        for (int record = find(lo, hi); record != NONE; record = find(lo, hi)) {
            memory.remove(record);
        }
        return size() < before;
    }

    void removeOldest() {
        memory.removeOldest();
    }

    /** Begins to empty it; it is of no use until {@link #clearSome} is done. */
    void beginToClear() {
        cleared = 0;
        memory.forgetAll();
    }

    /** Goes on emptying it, by so many steps. @return whether all is done. */
    boolean clearSome(final int steps) {
        final int to = (int) Math.min(memory.indexLength(), (long) cleared + steps);
        memory.clearIndex(cleared, to);
        cleared = to;
        return to == memory.indexLength();
    }

    int capacity() {
        return capacity;
    }
}
