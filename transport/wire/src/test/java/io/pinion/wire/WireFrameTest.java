package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static io.pinion.engine.FrameFormat.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Frame;
import java.nio.charset.StandardCharsets;
import net.openhft.chronicle.wire.WireIn;
import org.junit.jupiter.api.Test;

class WireFrameTest {
    @Test
    void shouldReadWhatPlainWireWrote() {
        final Everything event = Decoded.wire(Frames.wire(wire -> {
                    wire.write("id").int64(Long.MAX_VALUE);
                    wire.write("key").text("a\uD83D\uDE00ü");
                    wire.write("flag").bool(true);
                    wire.write("small").int8((byte) -7);
                    wire.write("medium").int16((short) 40_00);
                    wire.write("letter").text("ß");
                    wire.write("count").int32(-70_000);
                    wire.write("ratio").float32(0.1f);
                    wire.write("score").float64(1234.5678);
                    wire.write("colour").asEnum(Everything.Colour.GREEN);
                    wire.write("comment")
                            .text("a text of more than thirty-one characters, so with a length of its own");
                    wire.write("größe").int32(5);
                    wire.write("aNameOfMoreThanThirtyOneCharactersInAll").int64(1L << 40);
                }))
                .event;
        assertThat(event.id).isEqualTo(Long.MAX_VALUE);
        assertThat(event.key()).hasToString("a\uD83D\uDE00ü");
        assertThat(event.flag).isTrue();
        assertThat(event.small).isEqualTo((byte) -7);
        assertThat(event.medium).isEqualTo((short) 4000);
        assertThat(event.letter).isEqualTo('ß');
        assertThat(event.count).isEqualTo(-70_000);
        assertThat(event.ratio).isEqualTo(0.1f);
        assertThat(event.score).isEqualTo(1234.5678);
        assertThat(event.colour).isEqualTo(Everything.Colour.GREEN);
        assertThat(event.comment.toString()).startsWith("a text of more");
        assertThat(event.missing).isNotNull();
        assertThat(event.größe).isEqualTo(5);
        assertThat(event.aNameOfMoreThanThirtyOneCharactersInAll).isEqualTo(1L << 40);
    }

    @Test
    void shouldGiveMissingAndNullFieldsTheirDefaults() {
        final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
        final Frame frame = codec.newFrame(64, 1000);
        final Everything event = codec.newEvent();
        event.count = 99;
        event.score = 99;
        event.letter = 'q';
        event.colour = Everything.Colour.RED;
        event.comment.set("left from the event before");
        Frames.fill(
                frame,
                Frames.wire(wire -> {
                    wire.write("count").nu11();
                    wire.write("comment").text((String) null);
                }),
                WIRE);
        assertThat(codec.decode(frame, event)).isTrue();
        assertThat(event.values()).isEqualTo(new Everything().values());
    }

    @Test
    void shouldReplaceOnlyTheValueThatChangedAndAddWhatWasMissing() {
        final Decoded<Everything> decoded = Decoded.wire(Frames.wire(wire -> {
            wire.write("unknown").text("kept");
            wire.write("count").int32(3);
            wire.write("nested").marshallable(nested -> nested.write("x").int32(1));
        }));
        decoded.event.count = 300_000;
        decoded.event.comment.set("new");
        assertThat(decoded.encoded(WIRE)).isEqualTo(Frames.wire(wire -> {
            wire.write("unknown").text("kept");
            wire.write("count").int32(300_000);
            wire.write("nested").marshallable(nested -> nested.write("x").int32(1));
            wire.write("comment").text("new");
        }));
        assertThat(decoded.encoded(JSON))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"unknown\":\"kept\",\"count\":300000,\"nested\":{\"x\":1},\"comment\":\"new\"}");
    }

    @Test
    void shouldWriteANewEventSoThatPlainWireReadsIt() {
        final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
        final Everything event = codec.newEvent();
        event.id = -5_000_000_000L;
        event.comment.set("\uD83D\uDE00 and é");
        event.ratio = 1.25f;
        event.colour = Everything.Colour.BLAU_ÄÖ;
        final Frame to = new Frame(0, 1000);
        codec.encode(codec.newFrame(8, 8), event, to, WIRE);
        final WireIn wire = Frames.reading(Frames.bytes(to));
        assertThat(wire.read("id").int64()).isEqualTo(event.id);
        assertThat(wire.read("ratio").float32()).isEqualTo(1.25f);
        assertThat(wire.read("colour").asEnum(Everything.Colour.class)).isEqualTo(event.colour);
        assertThat(wire.read("comment").text()).isEqualTo("\uD83D\uDE00 and é");
        assertThat(wire.bytes().readRemaining()).isZero();
    }
}
