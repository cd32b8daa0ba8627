package io.pinion.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.HdrHistogram.Histogram;

/**
 * Counts durations by their size, in the buckets of an {@link Histogram} of two significant digits: 128 to each power of
 * two. One thread records, with a plain addition; any reads, and may miss what was recorded a moment ago.
 *
 * <p>HdrHistogram's own recorder for one writer and one reader has two atomic additions for each value, which cost more
 * than all else here.
 */
final class LatencyCounts {
    static final int SIGNIFICANT_DIGITS = 2;

    private static final int SUB_BUCKET_BITS = 8;
    private static final int HALF_BITS = SUB_BUCKET_BITS - 1;
    private static final int SUB_BUCKET_MASK = (1 << SUB_BUCKET_BITS) - 1;
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long maxNs;
    private final long[] counts;

    LatencyCounts(final long maxNs) {
        this.maxNs = maxNs;
        counts = new long[indexOf(maxNs) + 1];
    }

    /** Values beyond the range are held at its ends: clocks of two processes may differ by a little. */
    void record(final long ns) {
        record(ns, 1);
    }

    /** The same, for so many events. */
    void record(final long ns, final int events) {
        final int index = indexOf(Math.max(0, Math.min(ns, maxNs)));
        COUNT.setOpaque(counts, index, counts[index] + events);
    }

    private static int indexOf(final long ns) {
        final int bucket = Long.SIZE - SUB_BUCKET_BITS - Long.numberOfLeadingZeros(ns | SUB_BUCKET_MASK);
        return (bucket << HALF_BITS) + (int) (ns >>> bucket);
    }

    private static long valueAt(final int index) {
        final int bucket = Math.max(0, (index >> HALF_BITS) - 1);
        return (long) (index - (bucket << HALF_BITS)) << bucket;
    }

    /** All that was recorded until now. Any thread. */
    Histogram read() {
        final Histogram histogram = new Histogram(maxNs, SIGNIFICANT_DIGITS);
        for (int i = 0; i < counts.length; i++) {
            final long count = (long) COUNT.getOpaque(counts, i);
            if (count > 0) {
                histogram.recordValueWithCount(valueAt(i), count);
            }
        }
        return histogram;
    }
}
