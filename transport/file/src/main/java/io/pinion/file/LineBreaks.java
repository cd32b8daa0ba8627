package io.pinion.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line breaks, eight bytes at a time: most of what reading JSON lines costs is looking for their ends. */
final class LineBreaks {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private LineBreaks() {}

    /** Where the first such byte (below 0x80) lies in {@code [from, to)}; {@code to} when there is none. */
    static int indexOf(final byte[] bytes, final int from, final int to, final byte wanted) {
        final long pattern = ONES * wanted;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            final long differing = (long) LONGS.get(bytes, at) ^ pattern;
            // A byte that is zero borrows into its own high bit; the lowest bit set is always a true find.
            final long found = differing - ONES & ~differing & HIGH_BITS;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && bytes[at] != wanted) {
            at++;
        }
        return at;
    }
}
