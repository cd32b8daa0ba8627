package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static io.pinion.engine.FrameFormat.WIRE;
import static io.pinion.wire.Decoded.refusedJson;
import static io.pinion.wire.Decoded.refusedWire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import net.openhft.chronicle.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One frame of each bad kind: refused with a sentence, never an exception. */
class HostileFramesTest {
    /** Seen by a class loader's initialiser only if a frame could name a class to load. */
    static boolean wasLoaded;

    static final class Trap {
        static {
            wasLoaded = true;
        }
    }

    private static byte[] concat(final Object... parts) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final Object part : parts) {
            if (part instanceof Integer single) {
                bytes.write(single);
            } else {
                bytes.writeBytes(part instanceof String text ? Frames.utf8(text) : (byte[]) part);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void shouldRefuseAFieldNamedTwice() {
        assertThat(refusedWire(wire -> {
                    wire.write("count").int32(1);
                    wire.write("count").int32(1);
                }))
                .isEqualTo("field \"count\" is named twice, and must be named once");
        assertThat(refusedWire(wire -> {
                    wire.write("x").int32(1);
                    wire.writeEventName("x").int32(2);
                }))
                .isEqualTo("field \"x\" is named twice, and must be named once");
        assertThat(refusedJson("{\"x\":1,\"\\u0078\":2}"))
                .isEqualTo("field \"x\" is named twice, and must be named once");
        assertThat(refusedJson("{\"count\":1,\"cou\\u006et\":2}"))
                .isEqualTo("field \"count\" is named twice, and must be named once");
        final StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 900; i++) {
            many.append("\"n").append(i).append("\":0,");
        }
        Decoded.json(many + "\"last\":0}");
        assertThat(refusedJson(many + "\"n7\":0}")).isEqualTo("field \"n7\" is named twice, and must be named once");
        assertThat(refusedJson(many + "\"n899\":0}")).contains("twice");
    }

    @Test
    void shouldRefuseMoreFieldsThanItsBound() {
        final StringBuilder json = new StringBuilder("{\"n\":0");
        for (int i = 1; i < 1024; i++) {
            json.append(",\"n").append(i).append("\":0");
        }
        final byte[] wire = Decoded.json(json + "}").encoded(WIRE);
        assertThat(Decoded.wire(wire).json()).isEqualTo(json + "}");
        assertThat(refusedJson(json + ",\"one\":0}")).isEqualTo("the frame has more than 1024 fields");
        assertThat(Decoded.fault(concat(wire, 0xC1, "x", 1), WIRE)).isEqualTo("the frame has more than 1024 fields");
    }

    @Test
    void shouldRefuseAWrongType() {
        assertThat(refusedWire(wire -> wire.write("small").text("1")))
                .isEqualTo("field \"small\" is text, and must be an integer from -128 to 127");
        assertThat(refusedWire(wire -> wire.write("small").int32(128)))
                .isEqualTo("field \"small\" is 128, and must be an integer from -128 to 127");
        assertThat(refusedWire(wire -> wire.write("flag").int32(1)))
                .isEqualTo("field \"flag\" is a number, and must be true or false");
        assertThat(refusedWire(wire -> wire.write("count").bool(true))).contains("\"count\" is true");
        assertThat(refusedWire(wire -> wire.write("comment").int32(1)))
                .isEqualTo("field \"comment\" is a number, and must be text");
        assertThat(refusedWire(wire -> wire.write("comment").bytes(new byte[] {1})))
                .contains("bytes or a nested value");
        assertThat(refusedWire(wire -> wire.write("count").sequence(s -> s.int32(1))))
                .contains("nested");
        assertThat(refusedWire(wire -> wire.write("letter").text("ab"))).contains("\"letter\" is \"ab\"");
        assertThat(refusedWire(wire -> wire.write("letter").text("\uD83D\uDE00")))
                .contains("must be a text of one");
        assertThat(refusedWire(wire -> wire.write("letter").text(""))).contains("must be a text of one");
        assertThat(refusedWire(wire -> wire.write("colour").text("red")))
                .isEqualTo("field \"colour\" is \"red\", and must be one of [RED, GREEN, BLAU_ÄÖ], as text");
        assertThat(refusedJson("{\"flag\":1}")).contains("\"flag\" is a number");
        assertThat(refusedJson("{\"comment\":1}")).contains("\"comment\" is a number, and must be text");
        assertThat(refusedJson("{\"comment\":{}}")).contains("is an object");
        assertThat(refusedJson("{\"count\":[1]}")).contains("is an array");
        assertThat(refusedJson("{\"count\":true}")).contains("is true");
    }

    @Test
    void shouldRefuseATypePrefixOrACompressedValueInAFieldItKnows() {
        assertThat(refusedWire(wire ->
                        wire.write("comment").typePrefix("!java.lang.Runtime").text("x")))
                .isEqualTo("field \"comment\" is a value with a type prefix, or a compressed one, and must be text");
        assertThat(refusedWire(wire -> wire.write("comment").bytes("gzip", new byte[40])))
                .contains("compressed");
        assertThat(refusedWire(wire -> wire.write("comment").bytes("snappy", new byte[40])))
                .contains("compressed");
    }

    @Test
    void shouldLoadNoClassThatAFrameNames() {
        final String name = HostileFramesTest.class.getName() + "$Trap";
        final byte[] frame = Frames.wire(wire -> {
            wire.write("a").typePrefix(name).marshallable(m -> {});
            wire.write("b").typePrefix("!" + name).text("x");
            wire.write("c").typeLiteral(name);
        });
        final Decoded<Everything> decoded = Decoded.wire(frame);
        assertThat(decoded.json()).contains(name);
        assertThat(refusedWire(wire -> wire.write("comment").typePrefix(name).text("x")))
                .contains("type prefix");
        assertThat(wasLoaded).isFalse();
        new Trap();
        assertThat(wasLoaded).isTrue();
    }

    @Test
    void shouldRefuseTextThatIsNotWellFormed() {
        for (final byte[] text : new byte[][] {
            {(byte) 0x80},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
            {'a', (byte) 0xC3}
        }) {
            assertThat(Decoded.fault(concat(0xC7, "comment", 0xE0 + text.length, text), WIRE))
                    .isEqualTo("field \"comment\" is text that is not well-formed UTF-8, and must be text");
            assertThat(Decoded.fault(concat("{\"comment\":\"", text, "\"}"), JSON))
                    .contains("not JSON");
            assertThat(Decoded.fault(concat("{\"unknown\":\"", text, "\"}"), JSON))
                    .contains("not JSON");
            assertThat(Decoded.fault(concat("{\"", text, "\":1}"), JSON)).contains("not JSON");
        }
    }

    @Test
    void shouldReadTheFourByteCharactersThatOtherProgramsWriteIntoAWire() {
        final byte[] frame = concat(0xC7, "comment", 0xE4, "\uD83D\uDE00");
        assertThat(Decoded.wire(frame).event.comment).hasToString("\uD83D\uDE00");
    }

    @Test
    void shouldRefuseAbsurdLengths() {
        final byte[] name = concat(0xC1, "u");
        for (final byte[] value : new byte[][] {
            concat(0x82, 0xFF, 0xFF, 0xFF, 0xFF),
            concat(0x82, 0xFF, 0xFF, 0xFF, 0x7F),
            concat(0x81, 0xFF, 0xFF),
            concat(0x80, 0x05, 1),
            // Stop-bit 2^62, -2, 2^63 - 1, and one that never ends.
            concat(0xB8, stopBit(1L << 62)),
            concat(0xB8, stopBit(-2)),
            concat(0xB8, stopBit(Long.MAX_VALUE)),
            concat(0xB8, stopBit(Long.MIN_VALUE)),
            concat(0xB8, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}),
            concat(0xB6, stopBit(1L << 40)),
            concat(0xB6, stopBit(-1)),
            concat(0x8D, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127}, new byte[8]),
            concat(0x8D, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}, new byte[8]),
            concat(0x8D, new byte[] {0, 0, 0, 0, 0, 0, 0, 32}, new byte[8]),
            concat(0x8E, 0xFF, 0xFF, 0xFF, 0xFF),
            concat(0xBE, stopBit(-1)),
            concat(0xFF, "short"),
            concat(0x91, 1, 2, 3),
            concat(0xA0, new byte[15])
        }) {
            assertThat(Decoded.fault(concat(name, value), WIRE))
                    .isEqualTo(
                            "field \"u\" runs past the end of the frame, or its value is nothing Chronicle Wire writes");
        }
        assertThat(Decoded.fault(concat(0xB7, stopBit(1L << 62)), WIRE)).contains("torn");
        assertThat(Decoded.fault(concat(0xB7, stopBit(-1)), WIRE)).contains("torn");
        assertThat(Decoded.fault(concat(0x8E, 0xFF, 0xFF, 0xFF, 0xFF), WIRE)).contains("torn");
    }

    private static byte[] stopBit(final long value) {
        final Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap();
        bytes.writeStopBit(value);
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8B, 0x8C, 0x93, 0x95, 0x97, 0x98, 0x99, 0x9D, 0x9E
            })
    void shouldRefuseCodesThatBeginNoValue(final int code) {
        assertThat(Decoded.fault(concat(0xC1, "u", code, new byte[40]), WIRE)).startsWith("field \"u\"");
        assertThat(Decoded.fault(concat(0xC5, "count", code, new byte[40]), WIRE))
                .startsWith("field \"count\"");
        assertThat(Decoded.fault(concat(code, new byte[40]), WIRE)).contains("where a field's name begins");
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeep() {
        final int depth = 100_000;
        assertThat(refusedJson("{\"u\":" + "[".repeat(depth) + "]".repeat(depth) + "}"))
                .contains("deeper than 32");
        assertThat(refusedJson("{\"u\":" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth) + "}"))
                .contains("deeper than 32");
        Decoded.json("{\"u\":" + "[".repeat(31) + "]".repeat(31) + "}");
        assertThat(refusedJson("{\"u\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .contains("deeper than 32");
        assertThat(Decoded.fault(concat(0xC1, "u", prefixes(depth), 1), WIRE)).contains("\"u\"");
        assertThat(Decoded.wire(concat(0xC1, "u", prefixes(31), 1)).json()).contains("\"@t\":");
    }

    private static byte[] prefixes(final int count) {
        final byte[] prefixes = new byte[count * 3];
        for (int i = 0; i < count; i++) {
            prefixes[3 * i] = (byte) 0xB6;
            prefixes[3 * i + 1] = 1;
            prefixes[3 * i + 2] = 't';
        }
        return prefixes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{",
                "}",
                "{}{}",
                "{} x",
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":+1}",
                "{\"a\":1e}",
                "{\"a\":1e+}",
                "{\"a\":0x1}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":tru}",
                "{\"a\":nulL}",
                "{\"a\":True}",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\u0000\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\ud800\\u0041\"}",
                "{\"a\":\"\\udc00\"}",
                "{\"a\":\"unclosed}",
                "{\"a\":1}/* no */",
                "\uFEFF{}",
                "{\"count\":01}",
                "{\"count\":1 2}",
                "{\"comment\":\"\n\"}",
                "{\"a\" 1}",
                "{\"a\":\u00a01}",
                "{\"a\":1}\u0000"
            })
    void shouldRefuseWhatIsNotOneJsonObject(final String json) {
        assertThat(refusedJson(json)).startsWith("the frame ");
    }

    @Test
    void shouldQuoteWhatArrivedHarmlessly() {
        final String name = "\u0007\u2028\\\"" + "n".repeat(500);
        final String fault = Decoded.fault(
                concat("{\"" + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0007", "\\u0007") + "\":1,\""
                        + name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\u0007", "\\u0007") + "\":1}"),
                JSON);
        assertThat(fault).hasSizeLessThan(150).startsWith("field \"????nnn");
    }

    @Test
    void shouldRefuseEachByteThatIsCutOffTheEnd() {
        for (final FrameFormat format : FrameFormat.values()) {
            final Decoded<Everything> whole = Decoded.json("""
                    {"comment":"\\u00e9 text","count":-7,"score":1234.56789,"u":{"a":[1,2.5,"x"]},"v":12345678901234567}""");
            final byte[] frame = whole.encoded(format);
            for (int length = 0; length < frame.length; length++) {
                final byte[] cut = Arrays.copyOf(frame, length);
                final Decoded<Everything> decoded = Decoded.of(Everything::new, cut, format);
                // A wire without a header is whole after each field.
                final boolean isWhole = format == WIRE && endsWithAField(frame, length);
                assertThat(decoded.isGood).as("%s cut at %d", format, length).isEqualTo(isWhole);
            }
        }
    }

    private static boolean endsWithAField(final byte[] frame, final int length) {
        int at = 0;
        while (at < length) {
            at = WireGrammar.skipValue(frame, WireGrammar.skipName(frame, at, frame.length), frame.length);
        }
        return at == length;
    }

    @Test
    void shouldRefuseAFrameOfAnotherCodec() {
        final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
        final Frame plain = new Frame(8, 8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.decode(plain, new Everything()))
                .withMessageContaining("newFrame of this codec");
    }
}
