package io.pinion.operators;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * Finds the rows of a table by their keys, where those are numbers: lines of seven rows each, with a byte of each key's hash,
 * all of which are compared at once. Only the row itself is asked for its key, which is read in any case.
 *
 * <pre>
 *   tags   │ gone on │ tag 6 │ … │ tag 0 │      a long for each line; a tag is 0 where there is no row
 *   rows   │ row 0 │ … │ row 6 │ – │
 * </pre>
 *
 * <p>So what a look-up reads first is small, 14 bytes for a row, and mostly in the caches. A row whose line is full goes on to the
 * next, and the line counts it: up to 255, and after that it is taken to have gone on for ever. Never saved.
 */
final class RowIndex<R> {
    private static final int LINE = 8;
    private static final int ROWS = LINE - 1;
    private static final int ROWS_PER_LINE = 4;

    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long EACH_TAG = 0x0080_8080_8080_8080L;
    private static final int GONE_ON_SHIFT = ROWS * Byte.SIZE;
    private static final long ONE_GONE_ON = 1L << GONE_ON_SHIFT;
    private static final int MOST_COUNTED = 0xFF;
    private static final int THERE = 0x80;

    private final ToLongFunction<? super R> keyOf;
    private final int lines;
    private final long[] tags;
    private final Object[] rows;

    /** Where there is no row: so that {@link #prefetch} need not ask, which would be a guess that is often wrong. */
    private static final Object NO_ROW = "";

    /** Keeps what was read from being found useless. */
    private long prefetched;

    RowIndex(final int capacity, final ToLongFunction<? super R> keyOf) {
        this.keyOf = keyOf;
        lines = linesFor(capacity);
        tags = new long[lines];
        rows = new Object[lines * LINE];
        Arrays.fill(rows, NO_ROW);
    }

    private static int linesFor(final int capacity) {
        return capacity / ROWS_PER_LINE + 1;
    }

    /** The memory it takes for so many rows, in bytes, with references of four. */
    static long bytesFor(final int capacity) {
        return linesFor(capacity) * (Long.BYTES + (long) LINE * Integer.BYTES);
    }

    /** The row of a key, or null. */
    R find(final long key) {
        final int hash = KeyIndex.hash(key);
        int line = lineOf(hash);
        while (true) {
            final long tagsOfLine = tags[line];
            for (long rest = matches(tagsOfLine, hash); rest != 0; rest &= rest - 1) {
                final R row = row(line * LINE + wordOf(rest));
                if (keyOf.applyAsLong(row) == key) {
                    return row;
                }
            }
            if (tagsOfLine >>> GONE_ON_SHIFT == 0) {
                return null;
            }
            line = after(line);
        }
    }

    @SuppressWarnings("unchecked")
    private R row(final int at) {
        return (R) rows[at];
    }

    /** Reads what finding these keys will read, and the rows that will most likely be found: see {@link KeyLog#prefetch}. */
    void prefetch(final long[] keys, final int count) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            final int hash = KeyIndex.hash(keys[i]);
            final int line = lineOf(hash);
            final Object likely = rows[line * LINE + wordOf(matches(tags[line], hash))];
            read += likely.getClass() == Object.class ? 1 : 0;
        }
        prefetched += read;
    }

    /** Puts a row in; the one of the same key goes. */
    void put(final long key, final R row) {
        final int hash = KeyIndex.hash(key);
        final int known = wordOf(key, hash);
        if (known >= 0) {
            rows[known] = row;
            return;
        }
        int line = lineOf(hash);
        int word = freeWord(line);
        while (word == ROWS) {
            if (tags[line] >>> GONE_ON_SHIFT < MOST_COUNTED) {
                tags[line] += ONE_GONE_ON;
            }
            line = after(line);
            word = freeWord(line);
        }
        rows[line * LINE + word] = row;
        tags[line] |= (long) tagOf(hash) << word * Byte.SIZE;
    }

    /** Takes the row of a key out, where there is one. */
    void remove(final long key) {
        final int hash = KeyIndex.hash(key);
        final int known = wordOf(key, hash);
        if (known < 0) {
            return;
        }
        rows[known] = NO_ROW;
        tags[known / LINE] &= ~(0xFFL << known % LINE * Byte.SIZE);
        for (int line = lineOf(hash); line != known / LINE; line = after(line)) {
            if (tags[line] >>> GONE_ON_SHIFT < MOST_COUNTED) {
                tags[line] -= ONE_GONE_ON;
            }
        }
    }

    /** Where the row of a key is, or less than 0. */
    private int wordOf(final long key, final int hash) {
        int line = lineOf(hash);
        while (true) {
            for (long rest = matches(tags[line], hash); rest != 0; rest &= rest - 1) {
                final int at = line * LINE + wordOf(rest);
                if (keyOf.applyAsLong(row(at)) == key) {
                    return at;
                }
            }
            if (tags[line] >>> GONE_ON_SHIFT == 0) {
                return -1;
            }
            line = after(line);
        }
    }

    /** {@link #ROWS} where there is none. */
    private int freeWord(final int line) {
        return Long.numberOfTrailingZeros(~tags[line] & EACH_TAG | 1L << Long.SIZE - 1) / Byte.SIZE;
    }

    /** The lines, for {@link #clear}. */
    int length() {
        return lines;
    }

    /** Empties these lines. Of use again once all are empty. */
    void clear(final int from, final int to) {
        Arrays.fill(tags, from, to, 0);
    }

    /** The highest bit of each byte that is this tag, and perhaps of one that is there and is not. */
    private static long matches(final long tagsOfLine, final int hash) {
        final long differing = tagsOfLine ^ tagOf(hash) * EACH_BYTE;
        return differing - EACH_BYTE & ~differing & tagsOfLine & EACH_TAG;
    }

    private static int tagOf(final int hash) {
        return hash & 0x7F | THERE;
    }

    /** Of the first match; of none, the one word that no row is in. */
    private static int wordOf(final long matches) {
        return Long.numberOfTrailingZeros(matches | 1L << Long.SIZE - 1) / Byte.SIZE;
    }

    private int lineOf(final int hash) {
        return (int) ((hash & 0xFFFFFFFFL) * lines >>> Integer.SIZE);
    }

    private int after(final int line) {
        return line + 1 == lines ? 0 : line + 1;
    }
}
