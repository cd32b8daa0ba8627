package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldOrderTest {
    @ParameterizedTest
    @EnumSource
    void shouldReadFieldsInAnyOrderAndMixedWithUnknownOnes(final FrameFormat format) {
        final FrameCodec<Everything> codec = FrameCodec.of(Everything::new);
        final Frame frame = codec.newFrame(0, 1000);
        final Everything event = codec.newEvent();
        final List<String> fields = new ArrayList<>(List.of(
                "\"id\":1",
                "\"key\":\"k\"",
                "\"flag\":true",
                "\"count\":4",
                "\"score\":5.5",
                "\"comment\":\"c\"",
                "\"u\":1",
                "\"comment2\":2",
                "\"commen\":3",
                "\"\":4"));
        final Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            Collections.shuffle(fields, random);
            final int count = random.nextInt(fields.size() + 1);
            final List<String> some = fields.subList(0, count);
            final byte[] bytes =
                    Decoded.json("{" + String.join(",", some) + "}").encoded(format);
            assertThat(codec.decode(Frames.fill(frame, bytes, format), event)).isTrue();
            assertThat(event.id).isEqualTo(some.contains("\"id\":1") ? 1 : 0);
            assertThat(event.key()).hasToString(some.contains("\"key\":\"k\"") ? "k" : "");
            assertThat(event.flag).isEqualTo(some.contains("\"flag\":true"));
            assertThat(event.count).isEqualTo(some.contains("\"count\":4") ? 4 : 7);
            assertThat(event.score).isEqualTo(some.contains("\"score\":5.5") ? 5.5 : 0.5);
            assertThat(event.comment).hasToString(some.contains("\"comment\":\"c\"") ? "c" : "");
        }
    }
}
