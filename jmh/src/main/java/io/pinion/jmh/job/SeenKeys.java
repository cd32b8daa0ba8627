package io.pinion.jmh.job;

/**
 * The straightforward table of keys: open addressing, at most half full, each key beside its time, and a queue of the keys
 * in their order, of which the oldest goes when it is full. As in {@code java.util.IdentityHashMap}, the gap is closed
 * when a key is taken out.
 */
public final class SeenKeys {
    private final long[] slots;
    private final int mask;
    private final long[] queue;
    private int size;
    private int next;

    /**
     * Makes an empty one.
     *
     * @param capacity how many keys it remembers.
     */
    public SeenKeys(final int capacity) {
        final int length = Integer.highestOneBit(capacity * 2 - 1) << 1;
        mask = length - 1;
        slots = new long[length * 2];
        queue = new long[capacity];
    }

    /**
     * Remembers a key, unless it is known for less than the window.
     *
     * @param key      never 0.
     * @param time     never goes back.
     * @param windowUs in the same unit.
     * @return whether it is the first in the window.
     */
    public boolean isFirst(final long key, final long time, final long windowUs) {
        int at = home(key);
        for (long found = slots[at * 2]; found != 0; found = slots[at * 2]) {
            if (found == key) {
                final boolean isExpired = time - slots[at * 2 + 1] >= windowUs;
                if (isExpired) {
                    slots[at * 2 + 1] = time;
                }
                return isExpired;
            }
            at = at + 1 & mask;
        }
        if (size == queue.length) {
            remove(queue[next]);
            at = home(key);
            while (slots[at * 2] != 0) {
                at = at + 1 & mask;
            }
        } else {
            size++;
        }
        slots[at * 2] = key;
        slots[at * 2 + 1] = time;
        queue[next] = key;
        next = next + 1 == queue.length ? 0 : next + 1;
        return true;
    }

    private void remove(final long key) {
        int gap = home(key);
        while (slots[gap * 2] != key) {
            gap = gap + 1 & mask;
        }
        int at = gap + 1 & mask;
        for (long found = slots[at * 2]; found != 0; found = slots[at * 2]) {
            if ((at - home(found) & mask) >= (at - gap & mask)) {
                slots[gap * 2] = found;
                slots[gap * 2 + 1] = slots[at * 2 + 1];
                gap = at;
            }
            at = at + 1 & mask;
        }
        slots[gap * 2] = 0;
    }

    private int home(final long key) {
        final long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }
}
