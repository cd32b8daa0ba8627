package io.pinion.engine;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which slots of the ring are for one target, so that it looks at those alone, however many go elsewhere: a bit for each,
 * set by the route, read by the target.
 *
 * <pre>
 *   slots  0 … 63 │ 64 … 127 │ …       a word for each 64, two words at least, for twice as many as the ring has
 * </pre>
 *
 * <p>Two threads, and no more order than the ring gives: the route sets a slot's bit before it lets others have the slot,
 * by its {@link RingReader}, and the target reads a word after it has seen that, and of it no bit beyond. A word is
 * emptied when the route begins with a batch that has the first of its slots. Those that it stood for before are as far back as the ring is
 * long, or further, and the producer has gone on only because all targets have read them.
 */
final class RoutedSlots {
    private static final int WORD_SLOTS = Long.SIZE;
    private static final int WORD_SHIFT = 6;

    private final AtomicLongArray words;
    private final int mask;

    /** The number of the ring's slots, a power of two. */
    RoutedSlots(final int ringSlots) {
        words = new AtomicLongArray(Math.max(2, ringSlots / (WORD_SLOTS / 2)));
        mask = words.length() - 1;
    }

    /** To be called with all that the route comes to, in turn, 64 slots at most, before {@link #add}. The route's thread. */
    void begin(final long first, final long last) {
        final long firstInWord = first + WORD_SLOTS - 1 & -WORD_SLOTS;
        if (firstInWord <= last) {
            words.setOpaque(wordOf(firstInWord), 0);
        }
    }

    /** The target has to look at these: bit 0 for that slot, bit 1 for the next, as far as was begun with. The route's thread. */
    void add(final long from, final long bits) {
        addToWord(wordOf(from), bits << from);
        // By 64 less what of the word lies before; in two steps, since that may be 64.
        final long beyond = bits >>> 1 >>> ~from;
        if (beyond != 0) {
            addToWord(wordOf(from + WORD_SLOTS), beyond);
        }
    }

    private void addToWord(final int word, final long bits) {
        words.setOpaque(word, words.getPlain(word) | bits);
    }

    /** The last slot of those from here to there that {@link #from} tells of at once. */
    static long lastInWord(final long from, final long to) {
        return Math.min(to, from | WORD_SLOTS - 1);
    }

    /** Bit 0 for that slot, bit 1 for the next, as far as {@link #lastInWord}: whether the target has to look at it. */
    long from(final long from, final long last) {
        return words.getOpaque(wordOf(from)) >>> from & all(from, last);
    }

    /** The bits of the slots before that one. */
    static long below(final int end) {
        return end == WORD_SLOTS ? -1L : (1L << end) - 1;
    }

    /** The same for who looks at all of them. */
    static long all(final long from, final long last) {
        return -1L >>> WORD_SLOTS - 1 - (last - from);
    }

    private int wordOf(final long at) {
        return (int) (at >> WORD_SHIFT) & mask;
    }
}
