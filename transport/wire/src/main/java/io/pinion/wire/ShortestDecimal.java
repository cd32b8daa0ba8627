package io.pinion.wire;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as the same float or double, and of those the nearest; without garbage, and the
 * same on every JDK.
 *
 * <p>Raffaello Giulietti's Schubfach ("The Schubfach way to render doubles", 2020): scale the interval that rounds to the
 * number by a power of ten so that it holds at least one and at most some ten integers, by one multiplication with a table
 * of 126-bit powers, then pick the multiple of ten in it, or else the nearest integer.
 *
 * <p>A decimal is digits × 10^exponent: two calls, {@link #digits} and {@link #exponent}, since a method returns one
 * number and an object would be garbage.
 */
final class ShortestDecimal {
    private static final int MIN_EXPONENT = -324;
    private static final int MAX_EXPONENT = 292;
    private static final long LOW_63 = (1L << 63) - 1;

    /** For each power of ten from -MAX_EXPONENT: its leading 126 bits rounded up, as two longs of 63. */
    private static final long[] POWERS = powers();

    private ShortestDecimal() {}

    private static long[] powers() {
        final long[] table = new long[2 * (MAX_EXPONENT - MIN_EXPONENT + 1)];
        for (int k = MIN_EXPONENT; k <= MAX_EXPONENT; k++) {
            final int shift = floorLog2OfPow10(-k) - 125;
            final BigInteger power;
            if (k <= 0) {
                final BigInteger ten = BigInteger.TEN.pow(-k);
                power = shift >= 0 ? ten.shiftRight(shift) : ten.shiftLeft(-shift);
            } else {
                power = BigInteger.ONE.shiftLeft(-shift).divide(BigInteger.TEN.pow(k));
            }
            final BigInteger roundedUp = power.add(BigInteger.ONE);
            table[2 * (k - MIN_EXPONENT)] = roundedUp.shiftRight(63).longValueExact();
            table[2 * (k - MIN_EXPONENT) + 1] = roundedUp.longValue() & LOW_63;
        }
        return table;
    }

    /** floor(log10(2^e)), for |e| below some 5,000. */
    static int floorLog10OfPow2(final int e) {
        return (int) (e * 661_971_961_083L >> 41);
    }

    /** floor(log10(3/4 × 2^e)). */
    static int floorLog10OfThreeQuartersOfPow2(final int e) {
        return (int) (e * 661_971_961_083L - 274_743_187_321L >> 41);
    }

    /** floor(log2(10^e)). */
    static int floorLog2OfPow10(final int e) {
        return (int) (e * 913_124_641_741L >> 38);
    }

    /** The exponent that belongs to the digits of this finite positive double. */
    static int exponent(final double value) {
        final long bits = Double.doubleToRawLongBits(value);
        final int biased = (int) (bits >>> 52);
        final boolean atPowerOf2 = (bits & (1L << 52) - 1) == 0 && biased > 1;
        return exponent(Math.max(biased, 1) - 1075, atPowerOf2);
    }

    /** The exponent that belongs to the digits of this finite positive float. */
    static int exponent(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        final int biased = bits >>> 23;
        final boolean atPowerOf2 = (bits & (1 << 23) - 1) == 0 && biased > 1;
        return exponent(Math.max(biased, 1) - 150, atPowerOf2);
    }

    private static int exponent(final int q, final boolean atPowerOf2) {
        return atPowerOf2 ? floorLog10OfThreeQuartersOfPow2(q) : floorLog10OfPow2(q);
    }

    /** The digits of a finite positive double, as an integer; it may end in zeros. */
    static long digits(final double value) {
        final long bits = Double.doubleToRawLongBits(value);
        final int biased = (int) (bits >>> 52);
        final long fraction = bits & (1L << 52) - 1;
        return digits(
                biased == 0 ? fraction : fraction | 1L << 52, Math.max(biased, 1) - 1075, fraction == 0 && biased > 1);
    }

    /** The digits of a finite positive float, as an integer; it may end in zeros. */
    static long digits(final float value) {
        final int bits = Float.floatToRawIntBits(value);
        final int biased = bits >>> 23;
        final int fraction = bits & (1 << 23) - 1;
        return digits(
                biased == 0 ? fraction : fraction | 1 << 23, Math.max(biased, 1) - 150, fraction == 0 && biased > 1);
    }

    /** Of c × 2^q; all comparisons are of four times the scaled number, so that halves stay integers. */
    private static long digits(final long c, final int q, final boolean atPowerOf2) {
        final int k = exponent(q, atPowerOf2);
        final int shift = q + floorLog2OfPow10(-k) + 2;
        final int row = 2 * (k - MIN_EXPONENT);
        final long high = POWERS[row];
        final long low = POWERS[row + 1];
        final long middle = scale(high, low, c * 4 << shift);
        // An even significand owns both ends of its interval, since ties round to even.
        final long open = c & 1;
        final long lower = scale(high, low, c * 4 - (atPowerOf2 ? 1 : 2) << shift) + open;
        final long upper = scale(high, low, c * 4 + 2 << shift) - open;

        final long below = middle >> 2;
        final long tenBelow = below / 10 * 10;
        final boolean tenBelowFits = lower <= tenBelow << 2;
        final boolean tenAboveFits = tenBelow + 10 << 2 <= upper;
        if (tenBelowFits != tenAboveFits) {
            return tenBelowFits ? tenBelow : tenBelow + 10;
        }
        final boolean belowFits = lower <= below << 2;
        final boolean aboveFits = below + 1 << 2 <= upper;
        if (belowFits != aboveFits) {
            return belowFits ? below : below + 1;
        }
        final long toHalf = middle - ((below << 2) + 2);
        return toHalf < 0 || toHalf == 0 && (below & 1) == 0 ? below : below + 1;
    }

    /** power × cp / 2^127, rounded to odd: the last bit also says whether anything was cut off. */
    private static long scale(final long high, final long low, final long cp) {
        final long carried = (high * cp >>> 1) + Math.multiplyHigh(low, cp);
        final long whole = Math.multiplyHigh(high, cp) + (carried >>> 63);
        return whole | (carried & LOW_63) + LOW_63 >>> 63;
    }
}
