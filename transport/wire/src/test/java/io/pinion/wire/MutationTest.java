package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static io.pinion.engine.FrameFormat.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.FrameTooLongException;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Frames that were good once: each must be refused with a sentence or read, and what is read must be writable. */
class MutationTest {
    private static final int MUTATIONS = 150_000;

    private final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
    private final Transcoder transcoder = new Transcoder();
    private final Frame frame = codec.newFrame(64, 4096);
    private final Everything event = codec.newEvent();
    private final Frame wire = new Frame(64, 1 << 16);
    private final Frame json = new Frame(64, 1 << 16);
    private final Frame again = codec.newFrame(64, 1 << 16);
    private final Everything read = codec.newEvent();
    private final ObjectMapper jackson = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static byte[] sample(final FrameFormat format) {
        if (format == WIRE) {
            return Frames.wire(wire -> {
                wire.write("id").int64(1L << 40);
                wire.write("comment").text("ASCII, é, \u65e5 and \uD83D\uDE00");
                wire.write("colour").text("RED");
                wire.write("score").float64(0.125);
                wire.addPadding(6);
                wire.write("typed").typePrefix("!java.lang.Runtime").marshallable(m -> m.write("x")
                        .int32(1));
                wire.writeComment("comment");
                wire.write("list").sequence(s -> {
                    s.text("x");
                    s.int64(-1);
                    s.sequence(t -> t.float32(0.1f));
                });
                wire.write("bytes").bytes(new byte[] {1, 2, 3});
                wire.write("longs").int64array(2);
                wire.write("aNameOfMoreThanThirtyOneCharactersInAll").int64(3);
                wire.write("letter").text("x");
                wire.writeEventId(77);
                wire.getValueOut().nu11();
            });
        }
        return Frames.utf8("""
            {"id": 1099511627776, "comment":"\\u0041, é, \u65e5 and \\ud83d\\ude00 \uD83D\uDE00", "colour":"RED",
             "score":1.25e-1, "ratio":12, "u":{"a":[1, -2.5E+3, true, null, "\\n"], "b\\t":{}}, "letter":"x", "v":false}""");
    }

    private void mutate(final byte[] sample, final FrameFormat format, final long seed) throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = sample.clone();
            for (int mutation = random.nextInt(3); mutation >= 0; mutation--) {
                bytes = mutated(bytes, random);
            }
            check(bytes, format);
        }
    }

    private static byte[] mutated(final byte[] bytes, final SplittableRandom random) {
        final int at = random.nextInt(bytes.length + 1);
        switch (random.nextInt(5)) {
            case 0:
                if (at < bytes.length) {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                }
                return bytes;
            case 1:
                if (at < bytes.length) {
                    bytes[at] = (byte) random.nextInt(256);
                }
                return bytes;
            case 2:
                final byte[] longer = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, longer, 0, at);
                longer[at] = (byte) random.nextInt(256);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                return longer;
            case 3:
                final int removed = Math.min(1 + random.nextInt(3), bytes.length - at);
                final byte[] shorter = Arrays.copyOf(bytes, bytes.length - removed);
                System.arraycopy(bytes, at + removed, shorter, at, bytes.length - at - removed);
                return shorter.length == 0 ? bytes : shorter;
            default:
                final int to = random.nextInt(bytes.length);
                final int length = Math.min(random.nextInt(8), bytes.length - Math.max(Math.min(at, bytes.length), to));
                System.arraycopy(bytes.clone(), Math.min(at, bytes.length - length), bytes, to, length);
                return bytes;
        }
    }

    private void check(final byte[] bytes, final FrameFormat format) throws IOException {
        try {
            Frames.fill(frame, bytes, format);
            if (!codec.decode(frame, event)) {
                assertThat(frame.fault()).isNotBlank();
                return;
            }
            codec.encode(frame, event, format == WIRE ? wire : json, format);
            if (!Arrays.equals(Frames.bytes(format == WIRE ? wire : json), bytes)) {
                fail("not the same bytes");
            }
            codec.encode(frame, event, format == WIRE ? json : wire, format == WIRE ? JSON : WIRE);
            jackson.readTree(json.array(), 0, json.lengthBytes());
            if (!transcoder.transcode(wire, again, JSON) || !codec.decode(again, read)) {
                fail("what was written is refused: " + wire.fault() + again.fault());
            }
            if (Double.isFinite(event.score) && Float.isFinite(event.ratio)) {
                assertThat(read.values()).isEqualTo(event.values());
            }
        } catch (final FrameTooLongException expected) {
            fail("%d bytes became more than 64 KB", bytes.length);
        } catch (final RuntimeException | Error | IOException e) {
            throw new AssertionError(format + " " + Arrays.toString(bytes) + "\n" + Frames.text(json), e);
        }
    }

    @Test
    void shouldSurviveMutationsOfAWireFrame() throws IOException {
        mutate(sample(WIRE), WIRE, 1);
    }

    @Test
    void shouldSurviveMutationsOfAJsonFrame() throws IOException {
        mutate(sample(JSON), JSON, 2);
    }

    @Test
    void shouldSurviveEachByteInEachPlace() throws IOException {
        for (final FrameFormat format : FrameFormat.values()) {
            final byte[] sample = sample(format);
            for (int at = 0; at < sample.length; at++) {
                for (int value = 0; value < 256; value++) {
                    final byte[] bytes = sample.clone();
                    bytes[at] = (byte) value;
                    check(bytes, format);
                }
                check(Arrays.copyOf(sample, at), format);
            }
        }
    }

    /** A second opinion: all that is taken for JSON another parser takes too, and means the same by it. */
    @Test
    void shouldTakeForJsonWhatAnotherParserTakes() throws IOException {
        final SplittableRandom random = new SplittableRandom(3);
        int taken = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            final byte[] bytes = mutated(mutated(sample(JSON), random), random);
            final Frame from = Frames.fill(json, bytes, JSON);
            final boolean isTaken = transcoder.transcode(from, wire, WIRE);
            JsonNode tree = null;
            try {
                tree = jackson.readTree(bytes);
            } catch (final JsonProcessingException | CharConversionException expected) {
                assertThat(isTaken).as(Frames.text(from)).isFalse();
            }
            if (isTaken) {
                taken++;
                assertThat(transcoder.transcode(wire, again, JSON)).isTrue();
                final JsonNode back = jackson.readTree(again.array(), 0, again.lengthBytes());
                assertThat(back.path("comment")).isEqualTo(tree.path("comment"));
                final JsonNode number = tree.path("u").path("a").path(1);
                if (number.isNumber() && Double.isFinite(number.asDouble())) {
                    assertThat(back.path("u").path("a").path(1).asDouble()).isEqualTo(number.asDouble());
                }
                assertThat(back.size()).isEqualTo(tree.size());
            }
        }
        assertThat(taken).isGreaterThan(MUTATIONS / 20);
    }
}
