package io.pinion.operators;

import io.pinion.engine.BatchStage;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Finds the entries of a {@link KeyLog} by their keys: lines of 64 bytes, each one cache line, for eleven entries: a byte of each
 * key's hash, all of which are compared at once, and the entry's serial number.
 *
 * <pre>
 *    0       11     12          16                                    60
 *    │ tags … │ next │ gone on   │ serial 0 │ serial 1 │ … │ serial 10 │        │
 * </pre>
 *
 * <p>Nothing is ever taken out: an entry that has left its log is known by its serial number, and its word is the next key's.
 * Words are taken in turn, so that the one whose turn it is has been there for longest, unless its key was renewed. Where all
 * are still current the key goes on to the next line, and the line notes the serial number, to say for how long such keys have
 * to be looked for. There are more words than keys, so there is one for each.
 *
 * <p>Serial numbers begin again some time: before they do, each line has been looked through for those that are out of date, a
 * line now and then as keys come in and are renewed.
 *
 * <p>Some five words of a line are in use: few keys have to go on. Outside the heap, where a line can be made to begin where a
 * cache line does. Never saved: it is rebuilt from the entries. (Tags beside what they stand for are F14's, of Facebook's
 * folly; to let what is out of date be seen, and not take it out, is for logs only.)
 */
final class KeyLogIndex {
    private static final int NONE = RememberedKeys.NONE;
    private static final int LINE_BYTES = 64;
    private static final int KEYS_PER_LINE = 5;
    private static final int MAX_LINES = Integer.MAX_VALUE / LINE_BYTES - 1;

    private static final int WORDS = 11;
    private static final int NEXT_AT = 11;
    private static final int GONE_ON_AT = 12;
    private static final int SERIALS_AT = 16;

    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long EACH_TAG = 0x8080_8080_8080_8080L;
    private static final long EACH_TAG_OF_REST = 0x80_8080L;

    private final long[] entries;
    private final boolean wide;
    private final Serials log;
    private final int lines;
    /** To be held as long as its memory is used. */
    private final ByteBuffer memory;

    private final long[] homes = new long[BatchStage.MOST_GATHERED];
    private final long firstLine;
    private final long lastLine;

    private final int refreshMask;
    private int refreshed;

    KeyLogIndex(final long[] entries, final boolean wide, final int capacity, final Serials log) {
        this.entries = entries;
        this.wide = wide;
        this.log = log;
        lines = linesFor(capacity);
        memory = BufferUtil.allocateDirectAligned(lines * LINE_BYTES, LINE_BYTES);
        firstLine = BufferUtil.address(memory);
        lastLine = lineAt(lines - 1);
        refreshMask = Integer.highestOneBit(Integer.MAX_VALUE / lines) - 1;
        clear();
    }

    private static int linesFor(final int capacity) {
        return Math.min(capacity / KEYS_PER_LINE + 1, MAX_LINES);
    }

    /** The memory it takes for so many keys, in bytes. */
    static long bytesFor(final int capacity) {
        return (long) linesFor(capacity) * LINE_BYTES;
    }

    void clear() {
        for (int line = 0; line < lines; line++) {
            final long at = lineAt(line);
            UnsafeApi.putLong(at, 0);
            UnsafeApi.putLong(at + Long.BYTES, 0);
            UnsafeApi.putInt(at + GONE_ON_AT, log.outdated());
            for (int i = 0; i < WORDS; i++) {
                UnsafeApi.putInt(at + SERIALS_AT + i * Integer.BYTES, log.outdated());
            }
        }
    }

    /** The place of a key's entry, or {@link RememberedKeys#NONE}. */
    int find(final long lo, final long hi) {
        final int hash = KeyIndex.hash(lo);
        final long home = homeOf(hash);
        long at = home;
        do {
            final int place = findIn(at, hash, lo, hi);
            if (place != NONE) {
                return place;
            }
            if (!log.isCurrent(UnsafeApi.getInt(at + GONE_ON_AT))) {
                return NONE;
            }
            at = after(at);
        } while (at != home);
        return NONE;
    }

    private int findIn(final long line, final int hash, final long lo, final long hi) {
        final long first = matches(UnsafeApi.getLong(line), hash) & EACH_TAG;
        final long rest = matches(UnsafeApi.getLong(line + Long.BYTES), hash) & EACH_TAG_OF_REST;
        if ((first | rest) == 0) {
            return NONE;
        }
        final int place = compare(line + SERIALS_AT, first, lo, hi);
        return place == NONE ? compare(line + SERIALS_AT + Long.BYTES * Integer.BYTES, rest, lo, hi) : place;
    }

    private int compare(final long serialsAt, final long matches, final long lo, final long hi) {
        for (long rest = matches; rest != 0; rest &= rest - 1) {
            final int serial = UnsafeApi.getInt(serialsAt + serialOffset(rest));
            if (log.isCurrent(serial) && isOf(log.place(serial), lo, hi)) {
                return log.place(serial);
            }
        }
        return NONE;
    }

    private static int serialOffset(final long matches) {
        return Long.numberOfTrailingZeros(matches) / Byte.SIZE * Integer.BYTES;
    }

    /** The highest bit of each byte that is this tag, and perhaps of one that is not. */
    private static long matches(final long tags, final int hash) {
        final long differing = tags ^ (hash & 0xFF) * EACH_BYTE;
        return differing - EACH_BYTE & ~differing;
    }

    private boolean isOf(final int place, final long lo, final long hi) {
        return wide
                ? entries[place * KeyLog.WIDE_STRIDE] == lo && entries[place * KeyLog.WIDE_STRIDE + 1] == hi
                : entries[place * KeyLog.STRIDE] == lo;
    }

    /** Reads what a search for a key, and taking it in, begin with. @return what was read, for it not to be found useless. */
    int touch(final long lo) {
        return UnsafeApi.getInt(homeOf(KeyIndex.hash(lo)));
    }

    /** The same for several keys: the less is done between two reads, the more of them wait together. */
    int touch(final long[] sought, final int count) {
        for (int i = 0; i < count; i++) {
            homes[i] = homeOf(KeyIndex.hash(sought[i]));
        }
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += UnsafeApi.getInt(homes[i]);
        }
        return read;
    }

    /** Takes in the entry of a key that is not in it. */
    void insert(final long lo, final int serial) {
        final int hash = KeyIndex.hash(lo);
        long line = homeOf(hash);
        while (!isPutInto(line, hash, serial)) {
            goOn(line, serial);
            line = after(line);
        }
        refreshInTurn(serial);
    }

    private boolean isPutInto(final long line, final int hash, final int serial) {
        int word = UnsafeApi.getByte(line + NEXT_AT);
        for (int tried = 1; isTaken(line, word); tried++) {
            if (tried == WORDS) {
                return false;
            }
            word = next(word); // a key that was renewed is younger than its word, and may never leave
        }
        UnsafeApi.putInt(serialAt(line, word), serial);
        UnsafeApi.putByte(line + word, (byte) hash);
        UnsafeApi.putByte(line + NEXT_AT, (byte) next(word));
        return true;
    }

    private boolean isTaken(final long line, final int word) {
        return log.isCurrent(UnsafeApi.getInt(serialAt(line, word)));
    }

    private static int next(final int word) {
        return word + 1 == WORDS ? 0 : word + 1;
    }

    private static long serialAt(final long line, final int word) {
        return line + SERIALS_AT + word * Integer.BYTES;
    }

    /** The entry of a key has another serial number now. */
    void renumber(final long lo, final int before, final int serial) {
        final int hash = KeyIndex.hash(lo);
        long line = homeOf(hash);
        while (!isRenumbered(line, hash, before, serial)) {
            goOn(line, serial);
            line = after(line);
        }
        refreshInTurn(serial);
    }

    private boolean isRenumbered(final long line, final int hash, final int before, final int serial) {
        return isRenumbered(line + SERIALS_AT, matches(UnsafeApi.getLong(line), hash) & EACH_TAG, before, serial)
                || isRenumbered(
                        line + SERIALS_AT + Long.BYTES * Integer.BYTES,
                        matches(UnsafeApi.getLong(line + Long.BYTES), hash) & EACH_TAG_OF_REST,
                        before,
                        serial);
    }

    private boolean isRenumbered(final long serialsAt, final long matches, final int before, final int serial) {
        for (long rest = matches; rest != 0; rest &= rest - 1) {
            final long at = serialsAt + serialOffset(rest);
            if (UnsafeApi.getInt(at) == before) {
                UnsafeApi.putInt(at, serial);
                return true;
            }
        }
        return false;
    }

    private void goOn(final long line, final int serial) {
        if (log.isYounger(serial, UnsafeApi.getInt(line + GONE_ON_AT))) {
            UnsafeApi.putInt(line + GONE_ON_AT, serial);
        }
    }

    /** With each serial number, be it a new key's or not: all keys may be renewed for ever, and none come in. */
    private void refreshInTurn(final int serial) {
        if ((serial & refreshMask) == refreshMask) {
            refresh();
        }
    }

    /** Says of one more line which of its serial numbers are out of date, before they come again. */
    private void refresh() {
        final long line = lineAt(refreshed);
        for (long at = line + GONE_ON_AT; at < serialAt(line, WORDS); at += Integer.BYTES) {
            if (!log.isCurrent(UnsafeApi.getInt(at))) {
                UnsafeApi.putInt(at, log.outdated());
            }
        }
        refreshed = refreshed + 1 == lines ? 0 : refreshed + 1;
    }

    private long homeOf(final int hash) {
        return lineAt((int) ((hash & 0xFFFFFFFFL) * lines >>> Integer.SIZE));
    }

    private long lineAt(final int line) {
        return firstLine + (long) line * LINE_BYTES;
    }

    private long after(final long line) {
        return line == lastLine ? firstLine : line + LINE_BYTES;
    }
}
