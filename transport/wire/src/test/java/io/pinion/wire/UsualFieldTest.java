package io.pinion.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The short ways of the reader lead where the general one does. */
class UsualFieldTest {
    private static final String[] FIELDS = {
        "id", "flag", "small", "medium", "letter", "count", "ratio", "score", "colour", "comment", "missing"
    };

    private final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
    private final Random random = new Random(1);

    /** Padding between name and value is read by the general way alone. */
    @Test
    void shouldReadEachValueAsTheGeneralWayDoes() {
        int good = 0;
        for (final String name : FIELDS) {
            for (int code = 0; code < 256; code++) {
                for (int i = 0; i < 60; i++) {
                    final byte[] value = value(code);
                    final String expected = read(codec, frame(name, true, value), 64);
                    assertThat(read(codec, frame(name, false, value), 64)).isEqualTo(expected);
                    assertThat(read(codec, frame(name, false, value), 0)).isEqualTo(expected);
                    good += expected.startsWith("[") ? 1 : 0;
                }
            }
        }
        assertThat(good).isGreaterThan(FIELDS.length * 60);
    }

    /** Mostly whole, with whatever in it. */
    private byte[] value(final int code) {
        final byte[] bytes = new byte[48];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] &= 0x7F;
            }
        }
        bytes[0] = (byte) code;
        if (code == WireCode.STRING_ANY && random.nextBoolean()) {
            bytes[1] = (byte) (random.nextInt(40) | random.nextInt(2) << 7);
            bytes[2] &= random.nextBoolean() ? 0 : -1;
        }
        final int end = WireGrammar.skipValue(bytes, 0, bytes.length);
        return Arrays.copyOf(
                bytes, end == WireGrammar.TORN || random.nextInt(5) == 0 ? random.nextInt(1, bytes.length) : end);
    }

    private static byte[] frame(final String name, final boolean isPadded, final byte[] value) {
        final byte[] wireName = WireNames.encode(name);
        final int valueFrom = wireName.length + (isPadded ? 1 : 0);
        final byte[] frame = Arrays.copyOf(wireName, valueFrom + value.length);
        frame[valueFrom - 1] = isPadded ? (byte) WireCode.PADDING : frame[valueFrom - 1];
        System.arraycopy(value, 0, frame, valueFrom, value.length);
        return frame;
    }

    /** What came of it: the values, or the sentence without the place of the byte. */
    private static String read(final FrameCodec<Everything> codec, final byte[] bytes, final int room) {
        final Frame frame = codec.newFrame(bytes.length + room, Frames.MAX);
        final Everything event = codec.newEvent();
        return codec.decode(Frames.fill(frame, bytes, FrameFormat.WIRE), event)
                ? event.values().toString()
                : frame.fault().replaceAll("byte \\d+", "a byte");
    }

    @Test
    void shouldReadAFrameTheSameWhateverCameBefore() {
        final List<byte[]> fields = Arrays.stream(FIELDS)
                .map(name -> frame(name, false, new byte[] {(byte) (name.equals("flag") ? WireCode.TRUE : 0xE1), 'x'}))
                .collect(Collectors.toCollection(ArrayList::new));
        fields.set(0, frame("id", false, new byte[] {5}));
        fields.set(1, frame("flag", false, new byte[] {(byte) WireCode.TRUE}));
        for (int i = 2; i < 8; i++) {
            fields.set(i, frame(FIELDS[i], false, i == 4 ? new byte[] {(byte) 0xE1, 'x'} : new byte[] {(byte) i}));
        }
        fields.set(8, frame("colour", false, new byte[] {(byte) WireCode.NULL}));
        fields.add(frame("unknown", false, new byte[] {1}));
        fields.add(frame("u", true, new byte[] {(byte) 0xE2, 'a', 'b'}));
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(3) == 0) {
                Collections.swap(fields, random.nextInt(fields.size()), random.nextInt(fields.size()));
            }
            final List<byte[]> some = new ArrayList<>(fields);
            if (random.nextInt(3) == 0) {
                some.remove(random.nextInt(some.size()));
            }
            if (random.nextInt(5) == 0) {
                some.add(random.nextInt(some.size()), some.get(random.nextInt(some.size())));
            }
            final byte[] bytes = joined(some);
            assertThat(read(codec, bytes, 64)).isEqualTo(read(FrameCodec.of(Everything::new), bytes, 64));
        }
    }

    /** Each field but the last few is read at once where the array ends soon after the frame; which those are makes no difference. */
    @Test
    void shouldReadAFrameTheSameWhateverRoomIsBehindIt() {
        final Frame filled = new Frame(64, Frames.MAX);
        for (int i = 0; i < 300; i++) {
            codec.encode(codec.newFrame(0, 0), randomEvent(), filled, FrameFormat.WIRE);
            final byte[] whole = Frames.bytes(filled);
            final byte[] bytes = random.nextBoolean() ? whole : Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            final String expected = read(codec, bytes, 64);
            for (int room = 0; room < 24; room++) {
                assertThat(read(codec, bytes, room)).isEqualTo(expected);
            }
        }
    }

    /** A run is not left where a field of it lacks, and ends where one comes that is not of it. */
    @Test
    void shouldReadAndPassOnAnyOfTheFieldsWithUnknownOnesBetween() {
        final FrameCodec<Wide> wide = FrameCodec.of(Wide::new);
        final EventField[] fields = EventClass.of(Wide::new).fields;
        final Frame frame = wide.newFrame(64, Frames.MAX);
        final Frame to = wide.newFrame(64, Frames.MAX);
        final Wide event = wide.newEvent();
        for (int i = 0; i < 2_000; i++) {
            final long[] values = new long[fields.length];
            final byte[] bytes = someOf(fields, values, random.nextInt(1, 10));
            assertThat(wide.decode(Frames.fill(frame, bytes, FrameFormat.WIRE), event))
                    .isTrue();
            assertThat(values(fields, event)).isEqualTo(values);
            wide.encode(frame, event, to, FrameFormat.WIRE);
            assertThat(Frames.bytes(to)).isEqualTo(bytes);

            final EventField any = fields[random.nextInt(fields.length)];
            any.set(event, 100);
            values[any.index] = 100;
            wide.encode(frame, event, to, FrameFormat.WIRE);
            assertThat(wide.decode(to, event)).isTrue();
            assertThat(values(fields, event)).isEqualTo(values);
        }
    }

    /** Names of 8, 9, 16 and 17 bytes with their codes, and one of two. */
    static final class Names {
        int sevenOf;
        int eightOfN;
        int fifteenOfNamesX;
        int sixteenOfNamesXY;
        int n;
        final Text text = new Text();
    }

    @Test
    void shouldReadAndWriteNamesOfEachLengthUpToTheEndOfTheArray() {
        final FrameCodec<Names> names = FrameCodec.of(Names::new);
        final EventField[] fields = EventClass.of(Names::new).fields;
        for (int i = 0; i < 500; i++) {
            final Names event = names.newEvent();
            for (final EventField field : fields) {
                if (field.kind != EventField.Kind.TEXT && random.nextInt(3) > 0) {
                    field.set(event, number());
                }
            }
            event.text.set("t".repeat(random.nextInt(12)));
            final Frame written = new Frame(random.nextInt(40), Frames.MAX);
            names.encode(names.newFrame(0, 0), event, written, FrameFormat.WIRE);
            final byte[] bytes = Frames.bytes(written);
            for (int room = 0; room < 24; room++) {
                final Frame frame = names.newFrame(bytes.length + room, Frames.MAX);
                final Names read = names.newEvent();
                assertThat(names.decode(Frames.fill(frame, bytes, FrameFormat.WIRE), read))
                        .isTrue();
                for (final EventField field : fields) {
                    assertThat(field.kind == EventField.Kind.TEXT || field.bits(read) == field.bits(event))
                            .isTrue();
                }
                assertThat(read.text).hasToString(event.text.toString());
            }
        }
    }

    /** A stage may wrap what it wants. */
    @Test
    void shouldReadNothingBesideATextsArray() {
        final Frame to = new Frame(256, Frames.MAX);
        for (int length = -2; length < 12; length++) {
            for (int offset = -2; offset < 12; offset++) {
                for (final int size : new int[] {0, 1, 7, 8, 9}) {
                    final Everything event = codec.newEvent();
                    event.comment.wrap("abcdefghi".substring(0, size).getBytes(US_ASCII), offset, length);
                    final boolean isWithin = offset >= 0 && length >= 0 && offset + length <= size;
                    if (isWithin) {
                        codec.encode(codec.newFrame(0, 0), event, to, FrameFormat.WIRE);
                        assertThat(Decoded.wire(Frames.bytes(to)).event.comment).hasToString(event.comment.toString());
                    } else {
                        assertThatThrownBy(() -> codec.encode(codec.newFrame(0, 0), event, to, FrameFormat.WIRE))
                                .isInstanceOf(RuntimeException.class);
                    }
                }
            }
        }
    }

    @Test
    void shouldReadKnownFieldsUpToTheMostFieldsThereMayBe() {
        final byte[] known = joined(List.of(
                frame("id", false, new byte[] {5}),
                frame("flag", false, new byte[] {(byte) WireCode.TRUE}),
                frame("count", false, new byte[] {6})));
        for (int unknown = 1010; unknown < 1030; unknown++) {
            final List<byte[]> parts = new ArrayList<>();
            for (int i = 0; i < unknown; i++) {
                parts.add(frame("u" + i, false, new byte[] {1}));
            }
            parts.add(known);
            final Decoded<Everything> decoded = Decoded.of(Everything::new, joined(parts), FrameFormat.WIRE);
            assertThat(decoded.isGood).isEqualTo(unknown + 3 <= EventClass.MAX_FIELDS);
            if (decoded.isGood) {
                assertThat(decoded.event.count).isEqualTo(6);
                assertThat(decoded.encoded(FrameFormat.WIRE)).isEqualTo(joined(parts));
            } else {
                assertThat(decoded.frame.fault()).isEqualTo("the frame has more than 1024 fields");
            }
        }
    }

    @Test
    void shouldSetABooleanToNothingElse() {
        final Everything event = codec.newEvent();
        final Frame frame = codec.newFrame(64, Frames.MAX);
        final byte[] text = frame("flag", false, new byte[] {(byte) (WireCode.STRING_0 + 1), 'x'});
        assertThat(codec.decode(Frames.fill(frame, text, FrameFormat.WIRE), event))
                .isFalse();
        final EventField flag = Arrays.stream(EventClass.of(Everything::new).fields)
                .filter(field -> field.name.equals("flag"))
                .findFirst()
                .orElseThrow();
        assertThat(flag.bits(event)).isZero();
    }

    /** One in ten, two in ten, or more of the fields, and some that nobody knows. */
    private byte[] someOf(final EventField[] fields, final long[] values, final int inTen) {
        final List<byte[]> parts = new ArrayList<>();
        for (final EventField field : fields) {
            if (random.nextInt(10) < inTen) {
                values[field.index] = random.nextInt(1, 100);
                parts.add(frame(field.name, false, new byte[] {(byte) values[field.index]}));
            }
            if (random.nextInt(40) == 0) {
                parts.add(frame("u" + field.index, random.nextBoolean(), new byte[] {1}));
            }
        }
        return joined(parts);
    }

    private static long[] values(final EventField[] fields, final Object event) {
        return Arrays.stream(fields).mapToLong(field -> field.bits(event)).toArray();
    }

    private static byte[] joined(final List<byte[]> parts) {
        byte[] all = {};
        for (final byte[] part : parts) {
            all = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, all, all.length - part.length, part.length);
        }
        return all;
    }

    /** Whatever room the frame has: what fits is written, and nothing is written beyond. */
    @Test
    void shouldWriteEachValueAsTheGeneralWayDoes() {
        final EventClass eventClass = EventClass.of(Everything::new);
        final Frame general = new Frame(64, Frames.MAX);
        for (int i = 0; i < 20_000; i++) {
            final Everything event = randomEvent();
            int end = 0;
            for (final EventField field : eventClass.fields) {
                end = field.isAtDefault(event) ? end : WireWriter.field(general, end, field, event);
            }
            general.lengthBytes(end);
            final Frame usual = new Frame(random.nextInt(64), end + random.nextInt(2) * random.nextInt(200));
            codec.encode(codec.newFrame(0, 0), event, usual, FrameFormat.WIRE);
            assertThat(Frames.bytes(usual)).isEqualTo(Frames.bytes(general));
        }
    }

    private Everything randomEvent() {
        final Everything event = codec.newEvent();
        event.id = number();
        event.flag = random.nextBoolean();
        event.small = (byte) number();
        event.medium = (short) number();
        event.letter = (char) ('a' + random.nextInt(0x200));
        event.count = (int) number();
        event.ratio = random.nextInt(3);
        event.score = random.nextInt(3) / 4.0;
        event.colour = random.nextBoolean() ? null : Everything.Colour.BLAU_ÄÖ;
        event.comment.set("é".repeat(random.nextInt(6) / 5) + "a".repeat(length()));
        event.missing = random.nextBoolean() ? null : Text.of("b".repeat(length()));
        event.größe = (int) number();
        event.aNameOfMoreThanThirtyOneCharactersInAll = number();
        return event;
    }

    /** Of any width, and at the edges of each. */
    private long number() {
        return (1L << random.nextInt(64)) * (random.nextInt(3) - 1) + random.nextInt(3) - 1;
    }

    private int length() {
        return random.nextInt(100) == 0 ? (1 << 14) - 2 + random.nextInt(4) : random.nextInt(140);
    }

    /** More fields than a long has bits. */
    static final class Wide extends WideBase {
        int f6;
        int f7;
        int f8;
        int f9;
    }

    @Test
    void shouldKnowMoreThan64Fields() {
        final FrameCodec<Wide> wide = FrameCodec.of(Wide::new);
        final Frame frame = wide.newFrame(64, Frames.MAX);
        final Wide event = wide.newEvent();
        event.f9 = 3;
        final String all = IntStream.range(0, 66)
                .mapToObj(i -> "\"a" + i + "\":" + i)
                .collect(Collectors.joining(",", "{", ",\"f6\":6,\"f7\":7,\"f8\":8}"));
        Frames.fill(frame, Decoded.json(all).encoded(FrameFormat.WIRE), FrameFormat.WIRE);
        assertThat(wide.decode(frame, event)).isTrue();
        assertThat(List.of(event.a0, event.a63, event.a64, event.a65, event.f8, event.f9))
                .isEqualTo(List.of(0, 63, 64, 65, 8, 0));
        event.f9 = 9;
        final Frame to = new Frame(64, Frames.MAX);
        wide.encode(frame, event, to, FrameFormat.JSON);
        assertThat(Frames.text(to)).isEqualTo(all.replace("}", ",\"f9\":9}"));
        assertThat(wide.decode(Frames.fill(frame, frame("f8", false, new byte[] {1}), FrameFormat.WIRE), event))
                .isTrue();
        assertThat(event.a65).isZero();
        final byte[] twice = joined(List.of(
                frame("f8", false, new byte[] {1}), frame("f9", false, new byte[] {1}), frame("f8", false, new byte[] {1
                })));
        assertThat(wide.decode(Frames.fill(frame, twice, FrameFormat.WIRE), event))
                .isFalse();
        assertThat(frame.fault()).isEqualTo("field \"f8\" is named twice, and must be named once");
    }
}
