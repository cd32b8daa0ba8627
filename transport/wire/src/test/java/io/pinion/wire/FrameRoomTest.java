package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.FrameTooLongException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameRoomTest {
    @ParameterizedTest
    @CsvSource({"WIRE, WIRE", "WIRE, JSON", "JSON, WIRE", "JSON, JSON"})
    void shouldTakeWhatFitsToTheByteAndRefuseOneByteMore(final FrameFormat in, final FrameFormat out) {
        final Decoded<Everything> decoded = Decoded.good(Everything::new, MutationTest.sample(in), in);
        decoded.event.score = 1e-300;
        decoded.event.missing.set("added \uD83D\uDE00");
        final byte[] whole = decoded.encoded(out);

        final Frame exact = new Frame(0, whole.length);
        decoded.codec.encode(decoded.frame, decoded.event, exact, out);
        assertThat(Frames.bytes(exact)).isEqualTo(whole);

        for (int room = 0; room < whole.length; room++) {
            final Frame tooShort = new Frame(0, room);
            assertThatExceptionOfType(FrameTooLongException.class)
                    .isThrownBy(() -> decoded.codec.encode(decoded.frame, decoded.event, tooShort, out));
        }
    }
}
