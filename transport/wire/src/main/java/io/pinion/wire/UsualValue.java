package io.pinion.wire;

import java.util.Arrays;

/**
 * How the values that fields usually have lie in a wire: a code, then the number in as many bytes as the code says. One
 * formula reads them all, without a branch that a new width would send astray:
 *
 * <pre>
 *   value = ((the eight bytes after the code & MASKS[code]) << SHIFTS[code] >> SHIFTS[code]) + ADDENDS[code]
 *            cut to the size of the number      with its sign, where it has one       what the code itself says
 * </pre>
 */
final class UsualValue {
    /** By code: which bits of the eight bytes after it are the number's. */
    private static final long[] MASKS = new long[256];

    /** By code: how far the number's sign is from that of a long. */
    private static final byte[] SHIFTS = new byte[256];

    /** By code: what it says itself, as small integers do. */
    private static final byte[] ADDENDS = new byte[256];

    static {
        for (int code = 0; code <= WireCode.LAST_SMALL_INTEGER; code++) {
            ADDENDS[code] = (byte) code;
        }
        unsigned(1, WireCode.UINT8, WireCode.SET_LOW_INT8);
        unsigned(2, WireCode.UINT16, WireCode.SET_LOW_INT16);
        unsigned(4, WireCode.UINT32);
        signed(1, WireCode.INT8);
        signed(2, WireCode.INT16);
        signed(4, WireCode.INT32, WireCode.FLOAT32);
        signed(8, WireCode.INT64, WireCode.INT64_HEX, WireCode.FLOAT64);
    }

    private static final int NEGATIVE = Long.SIZE + 1;

    /** By sign and by how many bits an integer needs: the code of the least room it fits into. */
    private static final byte[] INTEGER_CODES = new byte[2 * NEGATIVE];

    /** By the same: how many bytes it takes, its code included. */
    private static final byte[] INTEGER_SIZES = new byte[2 * NEGATIVE];

    static {
        integers(0, Long.SIZE, WireCode.INT64, Long.BYTES);
        integers(0, 32, WireCode.UINT32, Integer.BYTES);
        integers(0, 31, WireCode.INT32, Integer.BYTES);
        integers(0, 16, WireCode.UINT16, Short.BYTES);
        integers(0, 15, WireCode.INT16, Short.BYTES);
        integers(0, 8, WireCode.UINT8, 1);
        integers(NEGATIVE, Long.SIZE, WireCode.INT64, Long.BYTES);
        integers(NEGATIVE, 31, WireCode.INT32, Integer.BYTES);
        integers(NEGATIVE, 15, WireCode.INT16, Short.BYTES);
        integers(NEGATIVE, 7, WireCode.INT8, 1);
    }

    private UsualValue() {}

    private static void unsigned(final int sizeBytes, final int... codes) {
        for (final int code : codes) {
            MASKS[code] = -1L >>> Long.SIZE - sizeBytes * Byte.SIZE;
        }
    }

    private static void signed(final int sizeBytes, final int... codes) {
        unsigned(sizeBytes, codes);
        for (final int code : codes) {
            SHIFTS[code] = (byte) (Long.SIZE - sizeBytes * Byte.SIZE);
        }
    }

    private static void integers(final int sign, final int mostBits, final int code, final int sizeBytes) {
        Arrays.fill(INTEGER_CODES, sign, sign + mostBits + 1, (byte) code);
        Arrays.fill(INTEGER_SIZES, sign, sign + mostBits + 1, (byte) (1 + sizeBytes));
    }

    /**
     * Writes an integer in the least room, without a branch on its width; nine bytes from {@code at} on, which the caller has
     * made sure of, are spoilt. Returns where it ends.
     */
    static long putInteger(final byte[] bytes, final long at, final long value) {
        final int kind = Long.SIZE - Long.numberOfLeadingZeros(value ^ value >> 63) + (int) (value >> 63 & NEGATIVE);
        LittleEndian.putByte(bytes, at, INTEGER_CODES[kind]);
        LittleEndian.putWord(bytes, at + 1, value);
        return at + INTEGER_SIZES[kind];
    }

    /** The value behind this code, as {@link EventField} has it. */
    static long bits(final int code, final long word) {
        final int shift = SHIFTS[code];
        return ((word & MASKS[code]) << shift >> shift) + ADDENDS[code];
    }

    /**
     * By code: how many bytes a value has in all, where its {@link #bits} are what a field of this kind takes, whatever
     * they are; 0 elsewhere.
     */
    static byte[] sizes(final EventField.Kind kind) {
        final byte[] sizes = new byte[256];
        for (final int code : usualCodes(kind)) {
            sizes[code] = (byte) (1 + Long.bitCount(MASKS[code]) / Byte.SIZE);
        }
        if (kind == EventField.Kind.BYTE
                || kind == EventField.Kind.SHORT
                || kind == EventField.Kind.INT
                || kind == EventField.Kind.LONG) {
            Arrays.fill(sizes, 0, WireCode.LAST_SMALL_INTEGER + 1, (byte) 1);
        }
        return sizes;
    }

    private static int[] usualCodes(final EventField.Kind kind) {
        return switch (kind) {
            case BYTE -> new int[] {WireCode.INT8};
            case SHORT -> new int[] {WireCode.INT8, WireCode.UINT8, WireCode.SET_LOW_INT8, WireCode.INT16};
            case INT ->
                new int[] {
                    WireCode.INT8,
                    WireCode.UINT8,
                    WireCode.SET_LOW_INT8,
                    WireCode.INT16,
                    WireCode.UINT16,
                    WireCode.SET_LOW_INT16,
                    WireCode.INT32
                };
            case LONG ->
                new int[] {
                    WireCode.INT8,
                    WireCode.UINT8,
                    WireCode.SET_LOW_INT8,
                    WireCode.INT16,
                    WireCode.UINT16,
                    WireCode.SET_LOW_INT16,
                    WireCode.INT32,
                    WireCode.UINT32,
                    WireCode.INT64,
                    WireCode.INT64_HEX
                };
            case FLOAT -> new int[] {WireCode.FLOAT32};
            case DOUBLE -> new int[] {WireCode.FLOAT64};
            case BOOLEAN, CHAR, ENUM, TEXT -> new int[0];
        };
    }
}
