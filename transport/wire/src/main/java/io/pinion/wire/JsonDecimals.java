package io.pinion.wire;

import io.pinion.engine.Frame;

/**
 * Writes floats and doubles as JSON numerals: the shortest decimal that reads back as the same number, the same on every
 * JDK. Plainly, with at least one digit on each side of the point, from 10^-7 up to below 10^17; else with an exponent,
 * such as {@code 1.0E17} or {@code 2.5E-8}. What JSON has no numeral for (NaN, the infinities) is {@code null}.
 */
final class JsonDecimals {
    /** The decimal point's place counted from the first digit, between which numbers are written plainly. */
    private static final int LEAST_PLAIN = -6;

    private static final int MOST_PLAIN = 17;

    private JsonDecimals() {}

    static int put(final Frame to, final int from, final double value) {
        if (!Double.isFinite(value)) {
            return JsonWriter.nothing(to, from);
        }
        final double magnitude = Math.abs(value);
        final int at = Double.doubleToRawLongBits(value) < 0 ? FrameRoom.put(to, from, '-') : from;
        return magnitude == 0
                ? put(to, at, 0, 0)
                : put(to, at, ShortestDecimal.digits(magnitude), ShortestDecimal.exponent(magnitude));
    }

    static int put(final Frame to, final int from, final float value) {
        if (!Float.isFinite(value)) {
            return JsonWriter.nothing(to, from);
        }
        final float magnitude = Math.abs(value);
        final int at = Float.floatToRawIntBits(value) < 0 ? FrameRoom.put(to, from, '-') : from;
        return magnitude == 0
                ? put(to, at, 0, 0)
                : put(to, at, ShortestDecimal.digits(magnitude), ShortestDecimal.exponent(magnitude));
    }

    private static int put(final Frame to, final int at, final long allDigits, final int allExponent) {
        long digits = allDigits;
        int exponent = allExponent;
        while (digits != 0 && digits % 10 == 0) {
            digits /= 10;
            exponent++;
        }
        final int length = DecimalDigits.length(digits);
        final int point = length + exponent;
        if (point < LEAST_PLAIN || point > MOST_PLAIN) {
            return putWithExponent(to, at, digits, length, point - 1);
        }
        return point <= 0
                ? putBelowOne(to, at, digits, length, -point)
                : point < length ? putMixed(to, at, digits, point) : putWhole(to, at, digits, point - length);
    }

    private static int putBelowOne(final Frame to, final int at, final long digits, final int length, final int zeros) {
        final byte[] bytes = FrameRoom.at(to, at, 2 + zeros + length);
        bytes[at] = '0';
        bytes[at + 1] = '.';
        for (int i = 0; i < zeros; i++) {
            bytes[at + 2 + i] = '0';
        }
        return DecimalDigits.put(digits, bytes, at + 2 + zeros);
    }

    /** The digits with a point after so many of them. */
    private static int putMixed(final Frame to, final int at, final long digits, final int point) {
        final byte[] bytes = FrameRoom.at(to, at, DecimalDigits.length(digits) + 1);
        final int end = DecimalDigits.put(digits, bytes, at);
        System.arraycopy(bytes, at + point, bytes, at + point + 1, end - at - point);
        bytes[at + point] = '.';
        return end + 1;
    }

    private static int putWhole(final Frame to, final int from, final long digits, final int zeros) {
        final byte[] bytes = FrameRoom.at(to, from, DecimalDigits.length(digits) + zeros + 2);
        int at = DecimalDigits.put(digits, bytes, from);
        for (int i = 0; i < zeros; i++) {
            bytes[at++] = '0';
        }
        bytes[at++] = '.';
        bytes[at++] = '0';
        return at;
    }

    private static int putWithExponent(
            final Frame to, final int from, final long digits, final int length, final int exponent) {
        int at = length == 1 ? putWhole(to, from, digits, 0) : putMixed(to, from, digits, 1);
        at = FrameRoom.put(to, at, 'E');
        return JsonWriter.integer(to, at, exponent);
    }
}
