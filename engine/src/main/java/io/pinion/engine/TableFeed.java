package io.pinion.engine;

import java.util.Set;
import org.agrona.DirectBuffer;

/**
 * Turns the frames that come in for one table into slots. A live update is decoded here once, only to be looked at: what
 * is wrong becomes one dead letter here, however many stages read the table. Owned by the ingress.
 */
final class TableFeed<E, R> {
    /** So that many rows stand at most between two polls for events. */
    private static final int POLL_LIMIT = 16;

    /** Where one table's live updates come from, and as what. */
    record Updates(IngressAdapter adapter, Set<FrameFormat> formats) {}

    private final ReferenceTable<R> table;
    private final IngressAdapter updates;
    private final FrameFormat onlyFormat;
    private final SlotWriter<E> slots;
    private final ErrorJournal errors;
    private final ReferenceTable.Check<R> check;
    private final Codec<R> codec;
    private final Frame frame;
    private final R row;
    private final Counter changes;
    private final Counter dead;
    private final Counter swaps;
    private final IngressAdapter.FrameHandler onUpdate = this::onUpdate;
    private final IngressAdapter.FrameHandler onSwapRow = this::onSwapRow;
    private long swapRows;

    TableFeed(
            final ReferenceTable<R> table,
            final Processor.Builder<E> options,
            final SlotWriter<E> slots,
            final ErrorJournal errors,
            final Counters counters) {
        this.table = table;
        this.slots = slots;
        this.errors = errors;
        final Updates live = options.updates.get(table.name());
        updates = live == null ? null : live.adapter();
        onlyFormat = live == null ? null : FrameFormat.onlyOneOf(live.formats());
        check = table.newUpdateCheck();
        codec = options.rowCodecs.of(table.rows());
        frame = codec.newFrame(512, options.maxFrameBytes);
        row = codec.newEvent();
        changes = counters.newCounter("table " + table.name() + ".changes");
        dead = counters.newCounter("table " + table.name() + ".dead");
        swaps = counters.newCounter("table " + table.name() + ".swaps");
    }

    ReferenceTable<R> table() {
        return table;
    }

    int pollUpdates() {
        return updates == null ? 0 : updates.poll(onUpdate, POLL_LIMIT);
    }

    int pollSwap(final TableSwap swap) {
        swapRows = swap.rows();
        final int work = swap.source().poll(onSwapRow, POLL_LIMIT);
        swap.took(swapRows);
        return work;
    }

    /** Publishes a slot without a row; its position, or -1 when the ring is full. */
    long publish(final TableChange change) {
        final Slot<E> slot = slots.claimChange(table, change, 0);
        if (slot == null) {
            return -1;
        }
        final long position = slot.position();
        slot.frame().clear(FrameFormat.WIRE);
        slots.publish();
        return position;
    }

    void swapped() {
        swaps.increment();
    }

    boolean onUpdate(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        final Slot<E> slot = slots.claimChange(table, TableChange.PUT, dueNs);
        if (slot == null) {
            return false;
        }
        boolean isWhole = false;
        try {
            changes.increment();
            read(slot, buffer, offset, length);
            isWhole = true;
        } finally {
            if (!isWhole) { // an Error, which ends this thread: stages must not take what the slot held before
                refuse(slot, "the engine failed while it took the row in");
            }
            slots.publish();
        }
        return true;
    }

    private void read(final Slot<E> slot, final DirectBuffer buffer, final int offset, final int length) {
        final FrameFormat format = FrameFormat.of(onlyFormat, buffer, offset, length);
        if (!slot.frame().copyFrom(buffer, offset, length, format)) {
            refuse(slot, "the row is longer than the maximum of " + slot.frame().maxBytes() + " bytes");
            return;
        }
        try {
            if (!slot.readRow(codec, frame, row)) {
                refuse(slot, frame.fault());
                return;
            }
            final String refusal = check.refusal(row);
            if (refusal != null) {
                refuse(slot, refusal);
            } else if (table.isDelete(row)) {
                slot.change(table, TableChange.DELETE);
            }
        } catch (final Exception | StackOverflowError e) { // the user's functions of the table
            refuse(slot, errors.reasonOf(e));
        }
    }

    private void refuse(final Slot<E> slot, final String reason) {
        slot.deadLetter("table \"" + table.name() + "\": " + reason);
        slot.deadBy(Layout.INGRESS);
        dead.increment();
    }

    /** The rows of a swap are good ones: who gives them has looked at them, and knows the line where one is not. */
    private boolean onSwapRow(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        final Slot<E> slot = slots.claimChange(table, TableChange.SWAP_ROW, 0);
        if (slot == null) {
            return false;
        }
        try {
            swapRows++;
            slot.frame().copyFrom(buffer, offset, length, FrameFormat.of(buffer, offset, length));
        } finally {
            slots.publish();
        }
        return true;
    }

    /**
     * A row of a swap from who need not have looked at it. Where a function of the table throws, the row is emptied: no stage
     * can read it, and so the swap is refused at its end.
     */
    boolean onUncheckedSwapRow(final DirectBuffer buffer, final int offset, final int length) {
        final Slot<E> slot = slots.claimChange(table, TableChange.SWAP_ROW, 0);
        if (slot == null) {
            return false;
        }
        try {
            slot.frame().copyFrom(buffer, offset, length, FrameFormat.of(buffer, offset, length));
            if (throwsAt(slot)) {
                slot.frame().clear(FrameFormat.JSON);
            }
        } finally {
            slots.publish();
        }
        return true;
    }

    private boolean throwsAt(final Slot<E> slot) {
        try {
            if (slot.readRow(codec, frame, row)) {
                check.refusal(row);
            }
            return false;
        } catch (final Exception | StackOverflowError e) { // the user's functions of the table
            errors.record(e);
            return true;
        }
    }

    Account.TableCount count() {
        return new Account.TableCount(table.name(), changes.get(), dead.get(), swaps.get());
    }
}
