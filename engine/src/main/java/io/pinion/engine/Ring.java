package io.pinion.engine;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import java.util.function.Supplier;

/**
 * The ring, and its slots in an array of their own class: what a Disruptor gives by its sequence it looks up without knowing
 * what it is, and each slot is looked up several times on its way.
 */
final class Ring<E> {
    private final RingBuffer<Slot<E>> buffer;
    private final Slot<E>[] slots;
    private final int mask;

    @SuppressWarnings("unchecked")
    Ring(final Supplier<Slot<E>> newSlot, final int length) {
        buffer = RingBuffer.createSingleProducer(newSlot::get, length, new BusySpinWaitStrategy());
        slots = (Slot<E>[]) new Slot<?>[length];
        for (int i = 0; i < length; i++) {
            slots[i] = buffer.get(i);
        }
        mask = length - 1;
    }

    /** The producer waits for this one. Before anything is written. */
    void gate(final Sequence last) {
        buffer.addGatingSequences(last);
    }

    Slot<E> slot(final long at) {
        return slots[(int) at & mask];
    }

    /** Claims all that is free, for the one producer. It may publish what was claimed before. @return how many. */
    int claim() {
        final int free = (int) buffer.remainingCapacity();
        if (free > 0) {
            buffer.next(free);
        }
        return free;
    }

    /** Lets the readers have all up to this one. By the one producer. */
    void publish(final long upTo) {
        buffer.publish(upTo);
    }

    /** The last that was published; -1 before there is any. */
    long published() {
        return buffer.getCursor();
    }

    int length() {
        return slots.length;
    }
}
