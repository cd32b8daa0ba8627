package io.pinion.engine;

import com.lmax.disruptor.Sequence;

/**
 * One reader of the ring, behind the producer or behind other readers: which slots it may read next, in bounded batches.
 *
 * <pre>
 *   … read by this one │ a batch ▶ │ read by those before it │ published …
 *                      └ sequence  └ at most 64 further
 * </pre>
 *
 * <p>Like the Disruptor's {@code EventPoller}, whose steps these are, but the batch is known before its first slot is
 * given. Owned by one thread, whose progress others see by {@link #sequence()}, at the end of each batch.
 */
final class RingReader<E> {
    /** So that those who follow hear of it soon; and a bit for each is a word ({@link StagesAgent}). */
    static final int BATCH_LIMIT = Long.SIZE;

    private final Ring<E> ring;
    private final Sequence[] before;
    private final Sequence sequence = new Sequence();

    /** Behind these; behind the producer where there are none. */
    RingReader(final Ring<E> ring, final Sequence... before) {
        this.ring = ring;
        this.before = before;
    }

    /** How far it has read. */
    Sequence sequence() {
        return sequence;
    }

    /** The first slot of the next batch. */
    long first() {
        return sequence.get() + 1;
    }

    /** The last slot of the batch that begins there; less than the first when there is none. */
    long last(final long first) {
        long last = first + BATCH_LIMIT - 1;
        if (before.length == 0) {
            return Math.min(last, ring.published());
        }
        for (final Sequence other : before) {
            last = Math.min(last, other.get());
        }
        return last;
    }

    Slot<E> slot(final long at) {
        return ring.slot(at);
    }

    /** Lets those who follow have the slots up to this one. */
    void readTo(final long at) {
        sequence.set(at);
    }
}
