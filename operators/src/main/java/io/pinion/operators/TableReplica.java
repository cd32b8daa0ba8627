package io.pinion.operators;

import io.pinion.engine.Codec;
import io.pinion.engine.Counter;
import io.pinion.engine.Slot;
import io.pinion.engine.StageContext;
import io.pinion.engine.TableChange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The rows of a table as one stage has them, on its thread: changed by the slots the stage sees, when it sees them.
 *
 * <pre>
 *   rows      ◀── PUT, DELETE ── read by the stage
 *   standby   ◀── SWAP_BEGIN, SWAP_ROW …          SWAP_END: the two change places
 * </pre>
 *
 * <p>No slot takes long: a swap comes row by row, what it retires is emptied some of it with each slot that follows, and
 * rows that expired go at the old end, two with each slot.
 */
final class TableReplica<R> {
    static final int STATE_VERSION = 1;

    /** The time of rows that were there before the log began: that of its first slot. */
    private static final long BEFORE_THE_LOG = Long.MIN_VALUE;

    private static final int MAX_FORGOTTEN_PER_SLOT = 2;
    private static final int CLEARED_PER_SLOT = 4_096;

    private final Table<R> table;
    private final boolean isVersioned;
    private final long keptForUs;
    private final KeyOf<R> keyOf;
    private TableRows<R> rows;
    private TableRows<R> standby;
    private boolean isStandbyClear = true;
    private boolean swapping;
    private boolean isSwapRefused;
    private long startedUs = BEFORE_THE_LOG;

    /** Null where no row comes in by a slot or is saved. */
    private RowFrames<R> frames;

    private R spare;
    private Counter size;
    private Counter evictedEarly;
    private Counter outdated;
    private Counter swapsRefused;

    TableReplica(final Table<R> table) {
        this.table = table;
        isVersioned = table.isVersioned();
        keptForUs = table.keptForUs();
        keyOf = table.keyOf().another();
        rows = table.newRows();
    }

    /** Gives it to a stage. */
    void open(final StageContext context) {
        size = context.counter("rows");
        evictedEarly = context.counter("evicted_early");
        outdated = isVersioned ? context.counter("outdated") : null;
        final Codec<R> codec = context.rowCodec(table);
        if (codec != null) {
            frames = new RowFrames<>(table.name(), codec);
            spare = frames.newRow();
        }
        size.set(rows.size());
    }

    /** Lets it be swapped; after {@link #open}. */
    void allowSwaps(final StageContext context) {
        if (frames != null) {
            swapsRefused = context.counter("swaps_refused");
            standby = table.newRows();
        }
    }

    int size() {
        return rows.size();
    }

    /** Puts a row in before the log begins. @return null, or why it was refused. */
    String load(final R row) {
        if (!keyOf.read(row)) {
            return table.keylessSentence();
        }
        final int record = place(rows, row, BEFORE_THE_LOG);
        if (record == TableRows.NO_ROOM) {
            return table.fullSentence();
        }
        if (record >= 0) {
            rows.exchange(record, row);
        }
        if (size != null) {
            size.set(rows.size());
        }
        return null;
    }

    /** Takes over the rows of another that has seen no slot yet: as its own where they can change, else the same. */
    void loadAll(final TableReplica<R> other) {
        for (int i = 0, record = other.size() == 0 ? KeyIndex.NONE : other.rows.oldest();
                i < other.size();
                i++, record = other.rows.younger(record)) {
            load(ownOf(other.rows.row(record)));
        }
    }

    /** A row that no other replica has. */
    R ownOf(final R row) {
        return frames == null ? row : frames.copyOf(row);
    }

    /** Finds the rows of events that were gathered: the outcome is for {@link #row}, or {@link KeyIndex#NONE}. */
    void find(final Gathered<?> events) {
        final int count = events.decided();
        if (isByNumber()) {
            for (int i = 0; i < count && !isKeyEnough(); i++) {
                onSlot(events.logTimeUs[i]);
            }
            rows.byNumber().find(events.lo, count, events.outcomes);
            return;
        }
        rows.prefetch(events.lo, count);
        for (int i = 0; i < count; i++) {
            onSlot(events.logTimeUs[i]);
            events.outcomes[i] = events.isKeyless(i)
                    ? KeyIndex.NONE
                    : record(events.lo[i], events.hi[i], events.eventTimeUs[i], events.logTimeUs[i]);
        }
    }

    /** See {@link TableRows#findByNumber}; before it is opened. */
    void findByNumber() {
        rows.findByNumber(keyOf);
    }

    /** Whether {@link #prefetch} is of use. */
    boolean isByNumber() {
        return rows.byNumber() != null;
    }

    /** Reads the row of a key that is a number ahead. */
    void prefetch(final long lo) {
        rows.byNumber().prefetch(lo);
    }

    /** Whether rows are found by the key alone, which is a number: the slot is of no concern, nothing is to be cleared. */
    boolean isKeyEnough() {
        return isByNumber() && startedUs != BEFORE_THE_LOG && isStandbyClear;
    }

    /** The outcome of a key that is a number and was {@link Gathered#UNDECIDED}; throws what its row's own function of the key throws. */
    int decide(final long lo) {
        return rows.decide(lo);
    }

    /** The row of an outcome, until a row comes in or goes; where rows expire, even if it is too old meanwhile. */
    R row(final int outcome) {
        return isByNumber() ? rows.byNumber().row(outcome) : rows.row(outcome);
    }

    /** The row of a key at this slot, or null. */
    R find(final long lo, final long hi, final Slot<?> slot) {
        final int record = record(lo, hi, slot.eventTimeUs(), slot.logTimeUs());
        return record == KeyIndex.NONE ? null : rows.row(record);
    }

    private int record(final long lo, final long hi, final long eventTimeUs, final long logTimeUs) {
        final int record = isVersioned ? rows.findAsOf(lo, hi, eventTimeUs) : rows.find(lo, hi);
        return record == KeyIndex.NONE || isExpired(record, logTimeUs) ? KeyIndex.NONE : record;
    }

    /** The row of a key, whatever its age; null where there is none. */
    R find(final long lo, final long hi) {
        final int record = rows.find(lo, hi);
        return record == KeyIndex.NONE ? null : rows.row(record);
    }

    /** Every slot that the stage sees, before anything else is done with it. */
    void onSlot(final Slot<?> slot) {
        onSlot(slot.logTimeUs());
    }

    private void onSlot(final long logTimeUs) {
        if (startedUs == BEFORE_THE_LOG) {
            startedUs = logTimeUs;
        }
        if (!isStandbyClear) {
            isStandbyClear = standby.clearSome(CLEARED_PER_SLOT);
        }
        int forgotten = 0;
        while (forgotten < MAX_FORGOTTEN_PER_SLOT && rows.size() > 0 && isExpired(rows.oldest(), logTimeUs)) {
            rows.removeOldest();
            forgotten++;
        }
        if (forgotten > 0) {
            size.set(rows.size());
        }
    }

    /** Log time never goes back, so the difference is none below zero, and right as an unsigned one however large it is. */
    private boolean isExpired(final int record, final long nowUs) {
        return keptForUs > 0 && Long.compareUnsigned(nowUs - Math.max(rows.timeUs(record), startedUs), keptForUs) >= 0;
    }

    /** A slot that is no event. */
    void onControl(final Slot<?> slot) {
        onSlot(slot);
        if (slot.table() == table) {
            onChange(slot.change(), slot);
        }
    }

    private void onChange(final TableChange change, final Slot<?> slot) {
        switch (change) {
            case PUT -> {
                require(read(slot), slot);
                putSpare(slot.logTimeUs());
            }
            case DELETE -> {
                require(read(slot), slot);
                rows.delete(keyOf.lo, keyOf.hi);
            }
            case SWAP_BEGIN -> beginSwap();
            case SWAP_ROW -> isSwapRefused |= !read(slot) || !putIntoStandby(slot.logTimeUs());
            case SWAP_END -> endSwap();
            case SWAP_CANCEL -> retireStandby();
        }
        size.set(rows.size());
    }

    /** Reads a slot's row into the spare one, and its key. */
    private boolean read(final Slot<?> slot) {
        return frames.read(slot, spare) && keyOf.read(spare);
    }

    private void require(final boolean good, final Slot<?> slot) {
        if (!good) {
            throw new IllegalStateException("The change of the table \"" + table.name() + "\" at position "
                    + slot.position() + " passed the ingress and can't be read: the functions of the table must give"
                    + " the same for the same row.");
        }
    }

    /** A row with nothing set, to be filled and then put by {@link #putBlank}. */
    R blank() {
        if (frames == null) {
            spare = table.rows().get();
        } else {
            frames.clear(spare);
        }
        return spare;
    }

    /** Puts what was {@link #blank}. @return false when it has no key. */
    boolean putBlank(final long timeUs) {
        if (!keyOf.read(spare)) {
            return false;
        }
        if (frames != null) {
            frames.detach(spare);
        }
        putSpare(timeUs);
        size.set(rows.size());
        return true;
    }

    /** When there is no room, the row that was put longest ago goes. */
    private void putSpare(final long timeUs) {
        int record = place(rows, spare, timeUs);
        if (record == TableRows.NO_ROOM) {
            if (!isExpired(rows.oldest(), timeUs)) {
                evictedEarly.increment();
            }
            rows.removeOldest();
            record = place(rows, spare, timeUs);
        }
        exchangeSpare(rows, record);
    }

    private boolean putIntoStandby(final long timeUs) {
        final int record = place(standby, spare, timeUs);
        exchangeSpare(standby, record);
        return record != TableRows.NO_ROOM;
    }

    private int place(final TableRows<R> into, final R row, final long timeUs) {
        final int record = into.place(keyOf.lo, keyOf.hi, timeUs, table.versionUs(row));
        if (into.hasDisplaced() && outdated != null) {
            outdated.increment();
        }
        return record;
    }

    private void exchangeSpare(final TableRows<R> into, final int record) {
        if (record >= 0) {
            final R before = into.exchange(record, spare);
            spare = before != null && frames != null ? before : table.rows().get();
        }
    }

    private void beginSwap() {
        if (swapping) {
            retireStandby();
        }
        if (!isStandbyClear) {
            isStandbyClear = standby.clearSome(Integer.MAX_VALUE);
        }
        swapping = true;
        isSwapRefused = false;
    }

    private void endSwap() {
        if (isSwapRefused) {
            swapsRefused.increment();
        } else {
            final TableRows<R> before = rows;
            rows = standby;
            standby = before;
        }
        retireStandby();
    }

    private void retireStandby() {
        swapping = false;
        standby.beginToClear();
        isStandbyClear = false;
    }

    void save(final DataOutput out) throws IOException {
        requireCodec();
        out.writeLong(startedUs);
        save(rows, out);
        out.writeBoolean(swapping);
        if (swapping) {
            out.writeBoolean(isSwapRefused);
            save(standby, out);
        }
    }

    private void save(final TableRows<R> from, final DataOutput out) throws IOException {
        out.writeInt(from.size());
        int record = from.size() == 0 ? KeyIndex.NONE : from.oldest();
        while (record != KeyIndex.NONE) {
            out.writeLong(from.timeUs(record));
            frames.save(from.row(record), out);
            record = from.younger(record);
        }
    }

    void restore(final DataInput in, final int version) throws IOException {
        requireCodec();
        if (version != STATE_VERSION) {
            throw new IOException("The table \"" + table.name() + "\" reads state of version " + STATE_VERSION
                    + ", and this is of version " + version + ".");
        }
        rows.beginToClear();
        rows.clearSome(Integer.MAX_VALUE);
        startedUs = in.readLong();
        restore(rows, in);
        swapping = in.readBoolean();
        if (swapping) {
            isSwapRefused = in.readBoolean();
            restore(standby, in);
        }
        size.set(rows.size());
    }

    private void restore(final TableRows<R> into, final DataInput in) throws IOException {
        final int saved = in.readInt();
        if (saved < 0 || saved > into.capacity()) {
            throw new IOException("The saved table \"" + table.name() + "\" has " + saved
                    + " rows, and there is room for " + into.capacity() + ": raise upTo(…).");
        }
        for (int i = 0; i < saved; i++) {
            final long timeUs = in.readLong();
            final boolean isRow = frames.restore(in, spare);
            if (!isRow || !keyOf.read(spare) || place(into, spare, timeUs) != i) {
                throw new IOException("The saved table \"" + table.name() + "\" has no row, or one twice, as number "
                        + i + " of " + saved + ": it is not what was saved.");
            }
            exchangeSpare(into, i);
        }
    }

    private void requireCodec() throws IOException {
        if (frames == null) {
            throw new IOException(
                    "The table \"" + table.name() + "\" has no codec for its rows, without which they can't"
                            + " be saved: give the processor or the harness one.");
        }
    }
}
