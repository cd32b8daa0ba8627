package io.pinion.cluster;

import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Messages that were offered and are not acknowledged, in order: a ring of bytes and one of where each begins. Both are
 * bounds. Used by one thread.
 */
final class UnackedEvents {
    private final UnsafeBuffer bytes;
    private final int[] offsets;
    private final int[] lengths;
    private final int mask;
    private final int maxEvents;
    private long first;
    private long next;

    /** Where the next message may begin; those kept lie before it, and at the end of the buffer where they wrap around. */
    private int tail;

    UnackedEvents(final int maxEvents, final int maxBytes) {
        this.maxEvents = maxEvents;
        bytes = new UnsafeBuffer(new byte[maxBytes]);
        offsets = new int[BitUtil.findNextPositivePowerOfTwo(maxEvents)];
        lengths = new int[offsets.length];
        mask = offsets.length - 1;
        begin(1);
    }

    /** Empties it; the next message has this sequence. */
    void begin(final long sequence) {
        first = sequence;
        next = sequence;
        tail = 0;
    }

    /**
     * Finds room for the next message.
     *
     * @return where in {@link #buffer} it is to be written, before {@link #commit}; -1 when there is none.
     */
    int claim(final int lengthBytes) {
        if (next - first == maxEvents) {
            return -1;
        }
        if (first == next) {
            return lengthBytes <= bytes.capacity() ? 0 : -1;
        }
        final int head = offsets[(int) first & mask];
        if (head < tail) {
            if (lengthBytes <= bytes.capacity() - tail) {
                return tail;
            }
            return lengthBytes <= head ? 0 : -1;
        }
        return lengthBytes <= head - tail ? tail : -1;
    }

    /** Takes over what was written at a claimed offset. */
    long commit(final int offset, final int lengthBytes) {
        offsets[(int) next & mask] = offset;
        lengths[(int) next & mask] = lengthBytes;
        tail = offset + lengthBytes;
        return next++;
    }

    /** Lets go of all up to a sequence, at most the last. */
    void acknowledge(final long sequence) {
        first = Math.max(first, Math.min(sequence + 1, next));
    }

    /** The sequence of the oldest kept; the next one's when there is none. */
    long first() {
        return first;
    }

    /** The sequence that the next message will have. */
    long next() {
        return next;
    }

    boolean isEmpty() {
        return first == next;
    }

    MutableDirectBuffer buffer() {
        return bytes;
    }

    int offsetOf(final long sequence) {
        return offsets[(int) sequence & mask];
    }

    int lengthOf(final long sequence) {
        return lengths[(int) sequence & mask];
    }
}
