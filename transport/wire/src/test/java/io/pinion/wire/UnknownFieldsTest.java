package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static io.pinion.engine.FrameFormat.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.engine.Frame;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.wire.BinaryWire;
import net.openhft.chronicle.wire.ValueOut;
import net.openhft.chronicle.wire.WireIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Chronicle Wire can write in a field that no class knows: kept to the byte, and legible as JSON. */
class UnknownFieldsTest {
    private static Arguments value(final String json, final Consumer<ValueOut> writing) {
        return Arguments.of(json, Frames.wire(wire -> writing.accept(wire.getValueOut())));
    }

    static List<Arguments> values() {
        return List.of(
                value("true", out -> out.bool(true)),
                value("false", out -> out.bool(false)),
                value("null", out -> out.nu11()),
                value("-3", out -> out.int8((byte) -3)),
                value("200", out -> out.uint8(200)),
                value("-3000", out -> out.int16((short) -3000)),
                value("60000", out -> out.uint16(60000)),
                value("-70000", out -> out.int32(-70000)),
                value("4000000000", out -> out.uint32(4_000_000_000L)),
                value("9007199254740993", out -> out.int64(9007199254740993L)),
                value("-7", out -> out.fixedInt8((byte) -7)),
                value("-7", out -> out.fixedInt16((short) -7)),
                value("-7", out -> out.fixedInt32(-7)),
                value("-7", out -> out.fixedInt64(-7)),
                value("255", out -> out.int64_0x(255)),
                value("0.5", out -> out.float32(0.5f)),
                value("0.10000000149011612", out -> out.fixedFloat32(0.1f)),
                value("0.12", out -> out.float64(0.12)),
                value("0.1234", out -> out.float64(0.1234)),
                value("0.123456", out -> out.float64(0.123456)),
                value("0.3333333333333333", out -> out.float64(1 / 3.0)),
                value("null", out -> out.float64(Double.NaN)),
                value("\"\"", out -> out.text("")),
                value("\"é\uD83D\uDE00\\n\\u0000\"", out -> out.text("é\uD83D\uDE00\n\0")),
                value("\"" + "long ".repeat(100) + "\"", out -> out.text("long ".repeat(100))),
                value("\"lone \uFFFD\uFFFD\uFFFD\"", out -> out.text("lone \uD800")),
                value("\"10:15:30\"", out -> out.time(LocalTime.of(10, 15, 30))),
                value("\"2026-11-22\"", out -> out.date(LocalDate.of(2026, 11, 22))),
                value("\"2026-11-22T10:15\"", out -> out.dateTime(LocalDateTime.of(2026, 11, 22, 10, 15))),
                value(
                        "\"2026-11-22T10:15Z[UTC]\"",
                        out -> out.zonedDateTime(ZonedDateTime.of(2026, 11, 22, 10, 15, 0, 0, ZoneId.of("UTC")))),
                value(
                        "\"00112233-4455-6677-8899-aabbccddeeff\"",
                        out -> out.uuid(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"))),
                value("\"java.lang.String\"", out -> out.typeLiteral("java.lang.String")),
                value("\"AQID/w==\"", out -> out.bytes(new byte[] {1, 2, 3, -1})),
                value("\"\"", out -> out.bytes(new byte[0])),
                value(
                        "[1,-2,[\"x\"],{\"y\":null}]",
                        out -> out.sequence(s -> {
                            s.int32(1);
                            s.int32(-2);
                            s.sequence(t -> t.text("x"));
                            s.marshallable(m -> m.write("y").nu11());
                        })),
                value("[]", out -> out.sequence(s -> {})),
                value(
                        "{\"a\":{\"b\":[]},\"gr\u00f6\u00dfe\":1,\"7\":\"seven\",\"\u65e5\":2}",
                        out -> out.marshallable(m -> {
                            m.write("a").marshallable(n -> n.write("b").sequence(s -> {}));
                            m.addPadding(3);
                            m.writeComment("not in JSON");
                            m.write("größe").int32(1);
                            m.addPadding(9);
                            m.write("7").text("seven");
                            m.writeStartEvent();
                            m.getValueOut().text("\u65e5");
                            m.writeEndEvent();
                            m.getValueOut().int32(2);
                        })),
                value("{\"k\":\"v\"}", out -> out.map(Map.of("k", "v"))),
                value("{\"@!java.lang.Runtime\":{\"x\":1}}", out -> out.typePrefix("!java.lang.Runtime")
                        .marshallable(m -> m.write("x").int32(1))),
                value("{\"@byte[]\":\"AQI=\"}", out -> out.rawBytes(new byte[] {1, 2})),
                value("{\"@gzip\":\"AAEC\"}", out -> out.bytes("gzip", new byte[] {0, 1, 2})),
                value("[5,6]", out -> out.int128forBinding(5, 6)),
                value("[0,0,0]", out -> out.int64array(3)),
                value("\"gAeGAQAAAAGA\"", out -> out.writeLength(7)
                        .wireOut()
                        .bytes()
                        .write(new byte[] {(byte) 0x86, 1, 0, 0, 0, 1, (byte) 0x80})));
    }

    @ParameterizedTest
    @MethodSource("values")
    void shouldKeepItToTheByteAndWriteItAsJson(final String json, final byte[] value) throws Exception {
        final byte[] frame = Frames.wire(wire -> {
            wire.write("before").int32(1);
            wire.write("unknown");
            wire.bytes().write(value);
            wire.write("id").int64(42);
        });
        final Decoded<Everything> decoded = Decoded.wire(frame);
        assertThat(decoded.event.id).isEqualTo(42);
        assertThat(decoded.encoded(WIRE)).isEqualTo(frame);
        final String expected = "{\"before\":1,\"unknown\":" + json + ",\"id\":42}";
        assertThat(decoded.json()).isEqualTo(expected);
        new ObjectMapper().readTree(expected);
    }

    @Test
    void shouldKeepACompressedValueOpaque() {
        final Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap();
        final BinaryWire wire = new BinaryWire(bytes, false, false, false, 32, "gzip");
        wire.write("unknown").bytes((BytesStore<?, ?>) Bytes.from("compress me ".repeat(1000)));
        wire.write("id").int64(1);
        final byte[] frame = bytes.toByteArray();
        assertThat(frame.length).isLessThan(300);
        final Decoded<Everything> decoded = Decoded.wire(frame);
        assertThat(decoded.encoded(WIRE)).isEqualTo(frame);
        assertThat(decoded.json()).startsWith("{\"unknown\":{\"@gzip\":\"H4sI");
    }

    @Test
    void shouldWriteNestedJsonSoThatPlainWireReadsIt() {
        final Decoded<Everything> decoded = Decoded.json("""
                {"list": [1, "two\\n", 3.5, null, true, {"k": []}], "map": {"a\\u0041": "\\ud83d\\ude00 \uD83D\uDE00",
                 "a name of more than thirty-one characters": -1, "\u65e5": {"big": 12345678901234567890123456789}}, "id": 3}
                """);
        final WireIn wire = Frames.reading(decoded.encoded(WIRE));
        assertThat(wire.read("list").object())
                .isEqualTo(Arrays.asList(1, "two\n", 3.5, null, true, Map.of("k", List.of())));
        assertThat(wire.read("map").object())
                .hasToString("{aA=\uD83D\uDE00 \uD83D\uDE00, a name of more than thirty-one characters=-1, "
                        + "\u65e5={big=12345678901234567890123456789}}");
        assertThat(wire.read("id").int64()).isEqualTo(3);
    }

    @Test
    void shouldTurnWhatIsNestedTooDeepIntoBase64() {
        byte[] nested = Frames.wire(wire -> wire.getValueOut().text("deep"));
        for (int depth = 0; depth < 40; depth++) {
            final byte[] inner = nested;
            nested = Frames.wire(
                    wire -> wire.getValueOut().sequence(s -> s.wireOut().bytes().write(inner)));
        }
        final byte[] value = nested;
        final byte[] frame = Frames.wire(wire -> {
            wire.write("unknown");
            wire.bytes().write(value);
        });
        final Decoded<Everything> decoded = Decoded.wire(frame);
        assertThat(decoded.encoded(WIRE)).isEqualTo(frame);
        assertThat(decoded.json())
                .startsWith("{\"unknown\":" + "[".repeat(31) + "\"")
                .endsWith("\"" + "]".repeat(31) + "}");
    }

    @Test
    void shouldTranscodeNamesInBothDirections() {
        final String json = "{\"gr\u00f6\u00dfe\":1,\"caf\u00e9\":2,\"\u65e5\u672c\":3,\"\":4,\"7\":5,\"\\\"\":6}";
        final Transcoder transcoder = new Transcoder();
        final Frame from = Frames.of(Frames.utf8(json), JSON);
        final Frame wire = new Frame(0, 1000);
        final Frame back = new Frame(0, 1000);
        assertThat(transcoder.transcode(from, wire, WIRE)).isTrue();
        assertThat(transcoder.transcode(wire, back, JSON)).isTrue();
        assertThat(Frames.text(back)).isEqualTo(json);
        final WireIn plain = Frames.reading(Frames.bytes(wire));
        assertThat(plain.read("größe").int32()).isEqualTo(1);
        assertThat(plain.read("\u65e5\u672c").int32()).isEqualTo(3);
    }
}
