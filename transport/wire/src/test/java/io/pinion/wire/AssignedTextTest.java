package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Text;
import java.nio.charset.StandardCharsets;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.BinaryWire;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user's function may assign a text, rather than copy it: the next event in the slot must not write through that. */
class AssignedTextTest {
    /** Its texts are not final, and begin as one. */
    static final class Product {
        private static final Text NONE = new Text();

        public Text name = NONE;
        public Text shown = NONE;
        public Text brand = NONE;
    }

    private final FrameCodec<Product> codec = FrameCodec.of(Product::new);
    private final Product event = codec.newEvent();
    private final Frame frame = codec.newFrame(64, 1_024);

    private void decode(final FrameFormat format, final String name, final String shown, final String brand) {
        final byte[] bytes;
        if (format == JSON) {
            bytes = ("{\"name\":\"" + name + "\",\"shown\":\"" + shown + "\",\"brand\":\"" + brand + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
        } else {
            final Bytes<?> written = Bytes.allocateElasticOnHeap();
            final BinaryWire wire = new BinaryWire(written);
            wire.write("name").text(name);
            wire.write("shown").text(shown);
            wire.write("brand").text(brand);
            bytes = written.toByteArray();
        }
        frame.copyFrom(new UnsafeBuffer(bytes), 0, bytes.length, format);
        assertThat(codec.decode(frame, event)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FrameFormat.class)
    void shouldKeepTextsApartThatAnEarlierEventShared(final FrameFormat format) {
        decode(format, "a", "b", "c");
        assertThat(event.name).hasToString("a");
        event.shown = event.name;

        decode(format, "d", "e", "f");
        assertThat(event.name).hasToString("d");
        assertThat(event.shown).hasToString("e");
        assertThat(Product.NONE.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(FrameFormat.class)
    void shouldNotWriteIntoATextThatBelongsToAnother(final FrameFormat format) {
        final Text ofATable = Text.of("acme");
        decode(format, "a", "b", "c");
        event.brand = ofATable;
        event.shown = null;

        decode(format, "d", "e", "f");
        assertThat(event.brand).hasToString("f");
        assertThat(event.shown).hasToString("e");
        assertThat(ofATable).hasToString("acme");

        event.brand = ofATable;
        frame.copyFrom(new UnsafeBuffer("{}".getBytes(StandardCharsets.UTF_8)), 0, 2, JSON);
        assertThat(codec.decode(frame, event)).isTrue();
        assertThat(event.brand.isEmpty()).isTrue();
        assertThat(ofATable).hasToString("acme");
    }
}
