package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventClassTest {
    static final class Boxed {
        String name;
        Integer rating;
        List<String> tags;
        final int fixed = hashCode();
    }

    static class Hidden {
        int id;
    }

    static final class Hiding extends Hidden {
        long id;
    }

    static final class BeyondLatin1 {
        Text 名前;
    }

    @Test
    void shouldSayWhatToUseInsteadOfFieldsThatFramesCannotHold() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> FrameCodec.of(Boxed::new))
                .satisfies(e -> assertThat(e.problems())
                        .containsExactly(
                                "field name of io.pinion.wire.EventClassTest$Boxed is a java.lang.String, "
                                        + "and must be a io.pinion.engine.Text",
                                "field rating of io.pinion.wire.EventClassTest$Boxed is a java.lang.Integer, "
                                        + "and must be a primitive",
                                "field tags of io.pinion.wire.EventClassTest$Boxed is a java.util.List, "
                                        + "and must be a primitive, an enum or a io.pinion.engine.Text, or transient",
                                "field fixed of io.pinion.wire.EventClassTest$Boxed is final, "
                                        + "and can't be set when an event arrives: take the final away"));
    }

    @Test
    void shouldRefuseTwoFieldsOfOneName() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> FrameCodec.of(Hiding::new))
                .withMessage("field id of io.pinion.wire.EventClassTest$Hiding hides the one of a superclass: "
                        + "rename one of them");
    }

    @Test
    void shouldRefuseANameThatWireCannotWrite() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> FrameCodec.of(BeyondLatin1::new))
                .withMessageContaining("beyond Latin-1");
    }
}
