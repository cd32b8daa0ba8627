package io.pinion.wire;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;
import ch.randelshofer.fastdoubleparser.JavaFloatParser;

/** The numerals of JSON, whose grammar {@link JsonGrammar} has checked, as the values of fields. */
final class JsonNumbers {
    /** Longer than any numeral a program writes for a double, and short enough to be rounded in a blink. */
    static final int LONGEST_NUMERAL = 1100;

    private static final int SAFE_DIGITS = 18;
    private static final int FLOAT_PRECISION = 24;
    private static final int DOUBLE_PRECISION = 53;

    private JsonNumbers() {}

    /** Stores the numeral; returns null, or the sentence that says why it does not fit. */
    static String store(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int from,
            final int to) {
        switch (field.kind) {
            case BYTE, SHORT, INT, LONG:
                if (JsonGrammar.isInteger(bytes, from, to) && fitsLong(bytes, from, to)) {
                    final long value = integer(bytes, from, to);
                    if (value >= field.least && value <= field.most) {
                        return FieldStore.put(field, event, notes, value);
                    }
                }
                break;
            case FLOAT:
                if (to - from <= LONGEST_NUMERAL) {
                    final float value = JavaFloatParser.parseFloat(bytes, from, to - from);
                    if (isRight(bytes, from, to, value, FLOAT_PRECISION)) {
                        return FieldStore.put(field, event, notes, Float.floatToRawIntBits(value));
                    }
                }
                break;
            case DOUBLE:
                if (to - from <= LONGEST_NUMERAL) {
                    final double value = decimal(bytes, from, to);
                    if (isRight(bytes, from, to, value, DOUBLE_PRECISION)) {
                        return FieldStore.put(field, event, notes, Double.doubleToRawLongBits(value));
                    }
                }
                break;
            default:
                break;
        }
        return FieldStore.wrongNumber(field, Faults.quoted(bytes, from, to));
    }

    /** Whether a double says what the numeral does: decimals may be rounded, integers may not, and neither to infinity. */
    static boolean isRightDouble(final byte[] bytes, final int from, final int to, final double value) {
        return isRight(bytes, from, to, value, DOUBLE_PRECISION);
    }

    private static boolean isRight(
            final byte[] bytes, final int from, final int to, final double value, final int precision) {
        return Double.isFinite(value)
                && (!JsonGrammar.isInteger(bytes, from, to) || isExact(bytes, from, to, value, precision));
    }

    static double decimal(final byte[] bytes, final int from, final int to) {
        return JavaDoubleParser.parseDouble(bytes, from, to - from);
    }

    /** Whether an integer numeral is within a long. */
    static boolean fitsLong(final byte[] bytes, final int from, final int to) {
        final boolean isNegative = bytes[from] == '-';
        final int digits = to - from - (isNegative ? 1 : 0);
        if (digits != SAFE_DIGITS + 1) {
            return digits <= SAFE_DIGITS;
        }
        // 19 digits never wrap past zero more than once, so the sign of the sum tells.
        final long value = integer(bytes, from, to);
        return isNegative ? value < 0 : value >= 0;
    }

    /** The value of an integer numeral, modulo 2^64. */
    static long integer(final byte[] bytes, final int from, final int to) {
        final boolean isNegative = bytes[from] == '-';
        long value = 0;
        for (int at = isNegative ? from + 1 : from; at < to; at++) {
            value = value * 10 + (bytes[at] - '0');
        }
        return isNegative ? -value : value;
    }

    /**
     * Whether an integer numeral is exactly what it was rounded to. Both are within half a unit of the last place, so
     * they are equal when they are equal modulo 2^64 and that unit is at most 2^64; beyond, the answer is no.
     */
    private static boolean isExact(
            final byte[] bytes, final int from, final int to, final double rounded, final int precision) {
        final int exponent = Math.getExponent(rounded);
        final long remainder;
        if (exponent < 52) {
            remainder = (long) rounded;
        } else if (exponent - precision < Long.SIZE) {
            final long significand = Double.doubleToRawLongBits(rounded) & (1L << 52) - 1 | 1L << 52;
            final long magnitude = exponent - 52 >= Long.SIZE ? 0 : significand << exponent - 52;
            remainder = rounded < 0 ? -magnitude : magnitude;
        } else {
            return false;
        }
        return remainder == integer(bytes, from, to);
    }
}
