package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static io.pinion.engine.FrameFormat.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.openhft.chronicle.wire.ValueIn;
import net.openhft.chronicle.wire.WireIn;

/** What Pinion writes others read, and the other way round. */
class BothWaysTest {
    private static final FrameCodec<Everything> CODEC = FrameCodec.of(Everything::new);

    @Provide
    Arbitrary<Everything> events() {
        return Generated.events();
    }

    @Property(tries = 2000)
    void shouldWriteWhatPlainWireReads(@ForAll("events") final Everything event) {
        final WireIn wire = Frames.reading(encodeNew(event, WIRE));
        final Everything fresh = new Everything();
        assertThat(read(wire, "id").int64()).isEqualTo(event.id);
        assertThat(text(wire, "key")).isEqualTo(event.key().toString());
        assertThat(Boolean.TRUE.equals(read(wire, "flag").bool())).isEqualTo(event.flag);
        if (event.small != fresh.small) {
            assertThat(read(wire, "small").int8()).isEqualTo(event.small);
        }
        assertThat(read(wire, "medium").int16()).isEqualTo(event.medium);
        if (event.letter != fresh.letter) {
            assertThat(read(wire, "letter").character()).isEqualTo(event.letter);
        }
        if (event.count != fresh.count) {
            assertThat(read(wire, "count").int32()).isEqualTo(event.count);
        }
        assertThat(read(wire, "ratio").float32()).isEqualTo(Float.valueOf(event.ratio));
        if (event.score != fresh.score) {
            assertThat(read(wire, "score").float64()).isEqualTo(Double.valueOf(event.score));
        }
        assertThat(read(wire, "colour").asEnum(Everything.Colour.class)).isEqualTo(event.colour);
        assertThat(text(wire, "comment")).isEqualTo(event.comment.toString());
        assertThat(text(wire, "missing")).isEqualTo(event.missing.toString());
        assertThat(read(wire, "größe").int32()).isEqualTo(event.größe);
        assertThat(read(wire, "aNameOfMoreThanThirtyOneCharactersInAll").int64())
                .isEqualTo(event.aNameOfMoreThanThirtyOneCharactersInAll);
    }

    private static ValueIn read(final WireIn wire, final String name) {
        return wire.read(name);
    }

    private static String text(final WireIn wire, final String name) {
        final String text = wire.read(name).text();
        return text == null ? "" : text;
    }

    @Property(tries = 2000)
    void shouldReadWhatPlainWireWrites(@ForAll("events") final Everything event) {
        final byte[] frame = Frames.wire(wire -> {
            wire.write("größe").int32(event.größe);
            wire.write("id").int64(event.id);
            wire.write("key").text(event.key().toString());
            wire.write("flag").bool(event.flag);
            wire.addPadding(event.small & 7);
            wire.write("small").int8(event.small);
            wire.writeComment("between two fields");
            wire.write("medium").int16(event.medium);
            wire.write("letter").text(String.valueOf(event.letter));
            wire.write("count").int32(event.count);
            wire.write("ratio").float32(event.ratio);
            wire.write("score").float64(event.score);
            wire.write("colour").asEnum(event.colour);
            wire.write("comment").text(event.comment.toString());
            wire.writeEventName("missing").text(event.missing.toString());
            wire.write("aNameOfMoreThanThirtyOneCharactersInAll")
                    .int64forBinding(event.aNameOfMoreThanThirtyOneCharactersInAll);
        });
        final Decoded<Everything> decoded = Decoded.wire(frame);
        assertThat(decoded.event.values()).isEqualTo(withoutNegativeZero(event).values());
        assertThat(decoded.encoded(WIRE)).isEqualTo(frame);
    }

    /** BinaryWire itself writes negative zero as the integer 0. */
    private static Everything withoutNegativeZero(final Everything event) {
        event.score = event.score == 0 ? 0 : event.score;
        event.ratio = event.ratio == 0 ? 0 : event.ratio;
        return event;
    }

    @Property(tries = 2000)
    void shouldReadWhatItWrote(@ForAll("events") final Everything event, @ForAll final FrameFormat format) {
        final byte[] frame = encodeNew(event, format);
        final Decoded<Everything> decoded = Decoded.good(Everything::new, frame, format);
        assertThat(decoded.event.values()).isEqualTo((format == JSON ? withoutInfinities(event) : event).values());
        assertThat(decoded.encoded(format)).isEqualTo(frame);
    }

    /** JSON has no numerals for these: they are written as null, which is the default. */
    private static Everything withoutInfinities(final Everything event) {
        final Everything fresh = new Everything();
        event.score = Double.isFinite(event.score) ? event.score : fresh.score;
        event.ratio = Float.isFinite(event.ratio) ? event.ratio : fresh.ratio;
        return event;
    }

    @Property(tries = 1000)
    void shouldKeepEachValueOnTheWayThroughTheOtherFormat(
            @ForAll("events") final Everything event, @ForAll final FrameFormat format) {
        final FrameFormat other = format == WIRE ? JSON : WIRE;
        final Decoded<Everything> there = Decoded.good(Everything::new, encodeNew(event, format), format);
        final Decoded<Everything> back = Decoded.good(Everything::new, there.encoded(other), other);
        assertThat(back.event.values()).isEqualTo(withoutInfinities(event).values());
    }

    @Property(tries = 1000)
    void shouldWriteJsonThatAnotherParserReads(@ForAll("events") final Everything event) throws IOException {
        withoutInfinities(event);
        final JsonNode json = new ObjectMapper().readTree(encodeNew(event, JSON));
        final Everything fresh = new Everything();
        assertThat(json.path("id").asLong(fresh.id)).isEqualTo(event.id);
        assertThat(json.path("key").asText("")).isEqualTo(event.key().toString());
        assertThat(json.path("flag").asBoolean(false)).isEqualTo(event.flag);
        assertThat(json.path("letter").asText("x")).isEqualTo(String.valueOf(event.letter));
        assertThat(json.path("score").asDouble(fresh.score)).isEqualTo(Double.valueOf(event.score));
        assertThat((float) json.path("ratio").asDouble(fresh.ratio)).isEqualTo(Float.valueOf(event.ratio));
        assertThat(json.path("comment").asText("")).isEqualTo(event.comment.toString());
        assertThat(json.path("größe").asInt(0)).isEqualTo(event.größe);
    }

    @Property(tries = 500)
    void shouldChangeOnlyWhatTheUserChanged(
            @ForAll("events") final Everything event,
            @ForAll("events") final Everything other,
            @ForAll final FrameFormat format) {
        event.key().set("always there");
        other.key().set("and another");
        event.größe = 1;
        final byte[] frame = encodeNew(event, format);
        final Decoded<Everything> decoded = Decoded.good(Everything::new, frame, format);
        decoded.event.key().set(other.key());
        final byte[] changed = decoded.encoded(format);
        final List<Object> expected = decoded.event.values();
        assertThat(Decoded.good(Everything::new, changed, format).event.values())
                .isEqualTo(expected);
        assertThat(replaced(frame, "always there", "and another", format)).isEqualTo(changed);
    }

    private static byte[] replaced(
            final byte[] frame, final String before, final String after, final FrameFormat format) {
        final String bytes = new String(frame, StandardCharsets.ISO_8859_1);
        return (format == JSON
                        ? bytes.replace(before, after)
                        : bytes.replace(
                                (char) (0xE0 + before.length()) + before, (char) (0xE0 + after.length()) + after))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encodeNew(final Everything event, final FrameFormat format) {
        final Frame to = new Frame(0, Frames.MAX);
        CODEC.encode(CODEC.newFrame(0, 0), event, to, format);
        return Frames.bytes(to);
    }
}
