package io.pinion.operators;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Keys in the order of the log, each with a number (dedupe the time of its first event): they come in at the young end, and
 * leave at the old end. All memory is allocated at the start. An entry has a serial number, which tells its place, and {@link
 * KeyLogIndex} finds it by its key:
 *
 * <pre>
 *   … have left │ oldest … │ gap │ … │ gap │ … youngest │ next …       an array that goes round
 *
 *   an entry      │ lo │ (hi) │ number │
 * </pre>
 *
 * <p>A key that leaves is not looked for: what the index still says of it is seen to be out of date by its serial number. So
 * to remember one key and forget another reads one line of the index, where to take the other out would be to read a second one,
 * and what costs here is waiting for memory.
 *
 * <p>A key that is renewed leaves a gap. There is room for three quarters as many gaps as keys. When two thirds of it are
 * taken, some entries are moved together towards the young end with each key that comes in, so that none ever waits for all
 * of them.
 */
final class KeyLog implements RememberedKeys {
    static final int STRIDE = 2;
    static final int WIDE_STRIDE = 3;

    /** Of n keys and n / 2 gaps, looked at eight with each that comes in, all are done before another n / 4 came in. */
    private static final int LOOKED_AT_EACH = 8;

    private static final int WORD = Long.SIZE;

    private final int capacity;
    private final boolean wide;
    private final int stride;
    private final long[] entries;
    /** A bit for each place: whether it is a gap. */
    private final long[] gaps;

    private final Serials serials;
    private final KeyLogIndex index;

    private int size;

    /** While gaps are closed: which entry is looked at next, and where the next that is moved goes. */
    private boolean isClosing;

    private int from;
    private int to;

    /** Keeps what was read from being found useless. */
    private long prefetched;

    KeyLog(final int capacity, final boolean wide) {
        this(capacity, wide, 0);
    }

    /** As one whose serial numbers have come so far. */
    KeyLog(final int capacity, final boolean wide, final int firstSerial) {
        this.capacity = capacity;
        this.wide = wide;
        stride = wide ? WIDE_STRIDE : STRIDE;
        final int places = placesFor(capacity);
        entries = new long[places * stride];
        gaps = new long[places / WORD];
        serials = new Serials(places);
        serials.startAt(firstSerial);
        index = new KeyLogIndex(entries, wide, capacity, serials);
    }

    /** The memory it takes, in bytes. */
    static long bytesFor(final int capacity, final boolean wide) {
        return (long) placesFor(capacity) * (wide ? WIDE_STRIDE : STRIDE) * Long.BYTES
                + placesFor(capacity) / Byte.SIZE
                + KeyLogIndex.bytesFor(capacity);
    }

    /**
     * There is always a place for what comes in. Gaps begin to be closed when there are n / 2 + 3 at most; n + n / 2 + 3 entries
     * are looked at meanwhile, so fewer than n / 5 + 3 come in, each of which may leave another gap. These are what the next
     * time begins with; and n / 2 + n / 5 + 6 is less than the room for gaps, which is n / 2 + n / 4 + 64 at least.
     */
    private static int placesFor(final int capacity) {
        return (capacity + capacity / 2 + capacity / 4 + 2 * WORD) & -WORD;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean isFull() {
        return size == capacity;
    }

    @Override
    public int find(final long lo, final long hi) {
        return index.find(lo, hi);
    }

    @Override
    public void prefetchComing(final long[] sought, final int count) {
        prefetched += index.touch(sought, count);
    }

    @Override
    public void prefetchFor(final long lo) {
        prefetched += index.touch(lo);
    }

    @Override
    public int oldest() {
        return serials.oldestPlace();
    }

    @Override
    public long number(final int place) {
        return entries[place * stride + stride - 1];
    }

    @Override
    public int add(final long lo, final long hi, final long number) {
        final int place = serials.nextPlace();
        index.insert(lo, append(lo, hi, number));
        size++;
        closeSomeGaps();
        return place;
    }

    @Override
    public int addInsteadOfOldest(final long lo, final long hi, final long number) {
        if (serials.span() > size) { // there are gaps
            removeOldest();
            return add(lo, hi, number);
        }
        final int place = serials.nextPlace();
        put(place * stride, lo, hi, number);
        index.insert(lo, serials.appendInsteadOfOldest());
        return place;
    }

    @Override
    public void renew(final int place, final long number) {
        final int before = serials.at(place);
        if (before == serials.youngest()) {
            entries[place * stride + stride - 1] = number;
            return;
        }
        final int at = place * stride;
        index.renumber(entries[at], before, append(entries[at], wide ? entries[at + 1] : 0, number));
        leaveGap(place);
        skipGaps();
        if (!isClosing && serials.span() - size > capacity / 2) {
            isClosing = true;
            from = serials.youngest();
            to = from;
        }
        closeSomeGaps();
    }

    @Override
    public void removeOldest() {
        serials.drop(1);
        size--;
        skipGaps();
    }

    private int append(final long lo, final long hi, final long number) {
        put(serials.nextPlace() * stride, lo, hi, number);
        return serials.append();
    }

    private void put(final int at, final long lo, final long hi, final long number) {
        entries[at] = lo;
        if (wide) {
            entries[at + 1] = hi;
        }
        entries[at + stride - 1] = number;
    }

    /**
     * What is at the old end is never a gap, nor is the youngest. So a word that is all gaps begins with the oldest: were there
     * places of younger entries before the oldest, the youngest would be in it.
     */
    private void skipGaps() {
        while (serials.span() > size && isGap(oldest())) {
            final int word = oldest() / WORD;
            if (gaps[word] == -1L) {
                gaps[word] = 0;
                serials.drop(WORD);
            } else {
                closeGap(oldest());
                serials.drop(1);
            }
        }
    }

    private void closeSomeGaps() {
        if (isClosing) {
            prefetchNext();
        }
        for (int i = 0; isClosing && i < LOOKED_AT_EACH; i++) {
            closeNext();
        }
    }

    /** Reads for all that are looked at now what moving them will read: see {@link #prefetchComing}. */
    private void prefetchNext() {
        long read = 0;
        for (int serial = from; serial != from - LOOKED_AT_EACH && serials.isCurrent(serial); serial--) {
            read += index.touch(entries[serials.place(serial) * stride]);
        }
        prefetched += read;
    }

    private void closeNext() {
        if (serials.isCurrent(from)) {
            lookAtNext();
        }
        if (!serials.isCurrent(from)) { // at once: if the oldest was moved there is a gap at the old end
            isClosing = false;
            skipGaps();
        }
    }

    private void lookAtNext() {
        final int place = serials.place(from);
        if (!isGap(place)) {
            if (from != to) {
                move(place, serials.place(to));
            }
            to--;
        }
        from--;
    }

    private void move(final int place, final int gap) {
        System.arraycopy(entries, place * stride, entries, gap * stride, stride);
        leaveGap(place);
        closeGap(gap);
        index.renumber(entries[gap * stride], from, to);
    }

    private boolean isGap(final int place) {
        return (gaps[place / WORD] >>> place & 1) != 0;
    }

    private void leaveGap(final int place) {
        gaps[place / WORD] |= 1L << place;
    }

    private void closeGap(final int place) {
        gaps[place / WORD] &= ~(1L << place);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeInt(size);
        int serial = serials.oldest();
        for (int i = 0; i < serials.span(); i++) {
            final int place = serials.place(serial);
            if (!isGap(place)) {
                for (int at = place * stride; at < (place + 1) * stride; at++) {
                    out.writeLong(entries[at]);
                }
            }
            serial++;
        }
    }

    @Override
    public void restore(final DataInput in) throws IOException {
        clear();
        final int saved = in.readInt();
        if (saved < 0 || saved > capacity) {
            throw new IOException(
                    "The saved state has " + saved + " keys, and there is room for " + capacity + ": raise upTo(…).");
        }
        for (int i = 0; i < saved; i++) {
            final long lo = in.readLong();
            final long hi = wide ? in.readLong() : 0;
            if (find(lo, hi) != NONE) {
                throw new IOException("The saved state has a key twice, as number " + i + " of " + saved
                        + ": it is not what this stage saved.");
            }
            add(lo, hi, in.readLong());
        }
    }

    private void clear() {
        serials.clear();
        Arrays.fill(gaps, 0);
        index.clear();
        size = 0;
        isClosing = false;
    }
}
