package io.pinion.engine;

import org.agrona.concurrent.Agent;

/**
 * Takes what is for one outlet out of the ring, in log order, until the end. A frame that is held comes before everything
 * newer: its slot is given up already, so the outlet keeps the bytes.
 */
abstract class OutletAgent<E> implements Agent {
    private final RingReader<E> reader;
    private final Outlet outlet;
    private boolean ended;

    OutletAgent(final RingReader<E> reader, final Outlet outlet) {
        this.reader = reader;
        this.outlet = outlet;
    }

    /** Which slots to look at, of those that {@link RoutedSlots#lastInWord} lets be told at once. */
    abstract long toLookAt(long from, long last);

    /** Puts out what of this slot is for the outlet; false when that is held. {@code at} is its place in the ring's order. */
    abstract boolean isSettled(long at, Slot<E> slot);

    @Override
    public final int doWork() {
        int done = outlet.doWork();
        try {
            if (outlet.isHolding()) {
                if (!outlet.isHeldTaken()) {
                    return done;
                }
                done++;
            }
            return ended ? done : done + settleBatch();
        } finally { // where a publisher throws, what it had taken before counts
            outlet.endBatch();
        }
    }

    private int settleBatch() {
        final long first = reader.first();
        final long last = reader.last(first);
        long at = first;
        try {
            boolean goesOn = true;
            while (at <= last && goesOn) {
                final long lastInWord = RoutedSlots.lastInWord(at, last);
                long rest = toLookAt(at, lastInWord);
                while (rest != 0 && goesOn) {
                    final int others = Long.numberOfTrailingZeros(rest);
                    at += others;
                    goesOn = isDone(at, reader.slot(at));
                    at++;
                    rest = rest >>> others >>> 1;
                }
                if (goesOn) {
                    at = lastInWord + 1;
                }
            }
        } finally {
            if (at > first) {
                reader.readTo(at - 1);
            }
        }
        return (int) (at - first);
    }

    private boolean isDone(final long at, final Slot<E> slot) {
        final Slot.Kind kind = slot.kind();
        if (kind == Slot.Kind.EVENT || kind == Slot.Kind.TABLE_CHANGE) {
            return isSettled(at, slot);
        }
        if (kind == Slot.Kind.END_OF_INPUT) {
            ended = true;
            return false;
        }
        outlet.onControl(slot);
        return true;
    }

    /** Whether it is done with a slot. */
    final boolean hasRead(final long at) {
        return at < reader.first();
    }

    final boolean hasEnded() {
        return ended;
    }

    final boolean isDrained() {
        return outlet.isDrained();
    }

    final Outlet outlet() {
        return outlet;
    }
}
