package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Frame;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
    private static final int TRIES = 1_000_000;

    private final Frame to = new Frame(64, 64);

    private String written(final double value) {
        to.lengthBytes(JsonDecimals.put(to, 0, value));
        return Frames.text(to);
    }

    private String written(final float value) {
        to.lengthBytes(JsonDecimals.put(to, 0, value));
        return Frames.text(to);
    }

    @ParameterizedTest
    @CsvSource({
        "0.029411764705882353, 0.029411764705882353",
        "-0.6771831139635117, -0.6771831139635117",
        "5, 5.0",
        "-0.0, -0.0",
        "0, 0.0",
        "100, 100.0",
        "1234.5, 1234.5",
        "1E-7, 0.0000001",
        "9.99E-8, 9.99E-8",
        "1E16, 10000000000000000.0",
        "1E17, 1.0E17",
        "2E23, 2.0E23",
        "4.9E-324, 5.0E-324",
        "1.7976931348623157E308, 1.7976931348623157E308",
        "9007199254740993, 9007199254740992.0",
        "NaN, null",
        "-Infinity, null"
    })
    void shouldWriteDoublesPlainlyUnlessVeryLargeOrSmall(final double value, final String numeral) {
        assertThat(written(value)).isEqualTo(numeral);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 0.1", "16777216, 16777216.0", "1E-45, 1.0E-45", "3.4028235E38, 3.4028235E38", "NaN, null"})
    void shouldWriteFloatsByTheirOwnDigits(final float value, final String numeral) {
        assertThat(written(value)).isEqualTo(numeral);
    }

    @Test
    void shouldReadBackAsTheSameDouble() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < TRIES; i++) {
            final double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                final String numeral = written(value);
                final double back = Double.parseDouble(numeral);
                if (back != value) {
                    assertThat(numeral)
                            .as("%s", Double.doubleToRawLongBits(value))
                            .isEqualTo("" + value);
                }
            }
        }
    }

    @Test
    void shouldReadBackAsTheSameFloat() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < TRIES; i++) {
            final float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value) && Float.parseFloat(written(value)) != value) {
                assertThat(written(value)).isEqualTo("" + value);
            }
        }
    }

    @Test
    void shouldBeAsShortAsCanBe() {
        final SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 50_000; i++) {
            final double value = i < 4000 ? Math.scalb(1.0, (i >> 1) - 1070) : random.nextDouble() * random.nextInt();
            final BigDecimal shortest =
                    new BigDecimal(written(Math.abs(value) + Double.MIN_VALUE)).stripTrailingZeros();
            if (shortest.precision() > 1) {
                final BigDecimal exact = new BigDecimal(Math.abs(value) + Double.MIN_VALUE);
                final BigDecimal unit = BigDecimal.ONE.movePointRight(
                        shortest.precision() - shortest.scale() - shortest.precision() + 1);
                final BigDecimal below = exact.divideToIntegralValue(unit).multiply(unit);
                assertThat(below.doubleValue()).isNotEqualTo(exact.doubleValue());
                assertThat(below.add(unit).doubleValue()).isNotEqualTo(exact.doubleValue());
            }
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_19)
    void shouldHaveTheDigitsOfTheJdkWhereThoseAreTheShortest() {
        final SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < TRIES; i++) {
            final double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value) && Math.abs(value) > 1e-320) {
                assertSameDecimal(written(value), Double.toString(value));
            }
        }
        for (int exponent = -1060; exponent < 1023; exponent++) {
            for (int step = -2; step <= 2; step++) {
                final double value =
                        Double.longBitsToDouble(Double.doubleToRawLongBits(Math.scalb(1.0, exponent)) + step);
                assertSameDecimal(written(value), Double.toString(value));
            }
        }
    }

    private static void assertSameDecimal(final String ours, final String theirs) {
        if (new BigDecimal(ours).compareTo(new BigDecimal(theirs)) != 0) {
            assertThat(ours).isEqualTo(theirs);
        }
    }

    @Test
    void shouldEstimateLogarithmsExactly() {
        for (int e = -1100; e <= 1100; e++) {
            final BigDecimal power = e >= 0
                    ? new BigDecimal(BigInteger.TWO.pow(e))
                    : BigDecimal.ONE.divide(new BigDecimal(BigInteger.TWO.pow(-e)));
            assertThat(ShortestDecimal.floorLog10OfPow2(e)).isEqualTo(floorLog10(power));
            assertThat(ShortestDecimal.floorLog10OfThreeQuartersOfPow2(e))
                    .isEqualTo(floorLog10(power.multiply(new BigDecimal("0.75"))));
        }
        for (int e = -330; e <= 330; e++) {
            final BigInteger ten = BigInteger.TEN.pow(Math.abs(e));
            final int expected = e >= 0 ? ten.bitLength() - 1 : -ten.bitLength();
            assertThat(ShortestDecimal.floorLog2OfPow10(e)).isEqualTo(expected);
        }
    }

    private static int floorLog10(final BigDecimal value) {
        return value.precision() - value.scale() - 1;
    }
}
