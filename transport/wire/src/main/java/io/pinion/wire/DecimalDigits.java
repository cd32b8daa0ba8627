package io.pinion.wire;

import java.nio.charset.StandardCharsets;

/** Integers as decimal digits. */
final class DecimalDigits {
    /** The most characters that a long takes. */
    static final int MOST = 20;

    private static final byte[] LEAST = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

    private DecimalDigits() {}

    /** How many characters this takes, its sign included. */
    static int length(final long value) {
        if (value == Long.MIN_VALUE) {
            return LEAST.length;
        }
        int length = value < 0 ? 2 : 1;
        for (long rest = Math.abs(value); rest >= 10; rest /= 10) {
            length++;
        }
        return length;
    }

    /**
     * Writes an integer.
     *
     * @return where it ends.
     */
    static int put(final long value, final byte[] bytes, final int from) {
        if (value == Long.MIN_VALUE) {
            System.arraycopy(LEAST, 0, bytes, from, LEAST.length);
            return from + LEAST.length;
        }
        final int to = from + length(value);
        int at = to;
        long rest = Math.abs(value);
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        if (value < 0) {
            bytes[--at] = '-';
        }
        return to;
    }
}
