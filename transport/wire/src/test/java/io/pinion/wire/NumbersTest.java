package io.pinion.wire;

import static io.pinion.wire.Decoded.refusedJson;
import static io.pinion.wire.Decoded.refusedWire;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which number a field takes, from which form of it. */
class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "count, 5.0", "count, 1e3", "count, 2147483648", "count, -2147483649", "id, 9223372036854775808",
        "id, 99999999999999999999999999", "small, -129", "medium, 32768", "score, 1e309", "score, -1e309",
        "score, 9007199254740993", "score, 123456789012345678901234567890", "ratio, 16777217", "ratio, 1e39"
    })
    void shouldRefuseNumeralsThatTheFieldCannotHold(final String field, final String numeral) {
        assertThat(refusedJson("{\"" + field + "\":" + numeral + "}"))
                .startsWith("field \"" + field + "\" is " + numeral + ", and must be ");
    }

    @ParameterizedTest
    @CsvSource({
        "count, -2147483648", "id, -9223372036854775808", "score, 9007199254740992", "score, 1e-400",
        "score, 100000000000000000000", "score, -18446744073709551616", "score, 0.1", "score, 2.5E+3",
        "ratio, 16777216", "ratio, 18446744073709551616", "ratio, -0", "score, 79228162514264337593543950336"
    })
    void shouldTakeNumeralsThatTheFieldHolds(final String field, final String numeral) {
        final Everything event = Decoded.json("{\"" + field + "\":" + numeral + "}").event;
        switch (field) {
            case "score" -> assertThat(event.score).isEqualTo(Double.parseDouble(numeral));
            case "ratio" -> assertThat(event.ratio).isEqualTo(Float.parseFloat(numeral));
            case "id" -> assertThat(event.id).isEqualTo(Long.parseLong(numeral));
            default -> assertThat(event.count).isEqualTo(Integer.parseInt(numeral));
        }
    }

    @Test
    void shouldRefuseNumeralsLongerThanItsBound() {
        final String longest = "1." + "0".repeat(1098);
        assertThat(Decoded.json("{\"score\":" + longest + ",\"ratio\":" + longest + "}").event.score)
                .isEqualTo(1);
        assertThat(refusedJson("{\"score\":" + longest + "0}")).startsWith("field \"score\" is 1.000");
        assertThat(refusedJson("{\"ratio\":" + longest + "0}")).startsWith("field \"ratio\" is 1.000");
        assertThat(refusedJson("{\"id\":" + "1".repeat(100_000) + "}")).startsWith("field \"id\" is 1111");
    }

    @Test
    void shouldRefuseInexactNumbersOfAWire() {
        assertThat(refusedWire(wire -> wire.write("count").float64(1.5))).contains("\"count\" is 1.5");
        assertThat(refusedWire(wire -> wire.write("id").fixedFloat64(0x1p63))).contains("\"id\" is 9.2");
        assertThat(refusedWire(wire -> wire.write("id").float64(Double.NaN))).contains("\"id\" is NaN");
        assertThat(refusedWire(wire -> wire.write("count").int64(1L << 31))).contains("\"count\" is 2147483648");
        assertThat(refusedWire(wire -> wire.write("score").fixedInt64((1L << 53) + 1)))
                .contains("a double");
        assertThat(refusedWire(wire -> wire.write("score").fixedInt64(Long.MAX_VALUE)))
                .contains("a double");
        assertThat(refusedWire(wire -> wire.write("ratio").fixedInt32((1 << 24) + 1)))
                .contains("a float");
        assertThat(refusedWire(wire -> wire.write("ratio").fixedFloat64(0.1))).contains("a float");
    }

    @Test
    void shouldTakeExactNumbersOfAWireInAnyOfItsForms() {
        final Everything event = Decoded.wire(Frames.wire(wire -> {
                    wire.write("count").fixedFloat64(5);
                    wire.write("id").fixedFloat32(0x1p40f);
                    wire.write("score").fixedInt64(1L << 53);
                    wire.write("ratio").fixedFloat64(0.25);
                    wire.write("small").int64_0x(-5);
                    wire.write("medium");
                    wire.bytes().writeUnsignedByte(0x92).writeStopBit(-300_00L);
                    wire.write("größe");
                    wire.bytes().writeUnsignedByte(0x7F);
                }))
                .event;
        assertThat(event.count).isEqualTo(5);
        assertThat(event.id).isEqualTo(1L << 40);
        assertThat(event.score).isEqualTo(0x1p53);
        assertThat(event.ratio).isEqualTo(0.25f);
        assertThat(event.small).isEqualTo((byte) -5);
        assertThat(event.medium).isEqualTo((short) -300);
        assertThat(event.größe).isEqualTo(127);
    }
}
