package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.util.function.Consumer;
import java.util.function.Supplier;
import net.openhft.chronicle.wire.BinaryWire;

/** A frame, the event it was decoded into, and the codec that did. */
final class Decoded<E> {
    final FrameCodec<E> codec;
    final Frame frame;
    final E event;
    final boolean isGood;

    private Decoded(final FrameCodec<E> codec, final byte[] bytes, final FrameFormat format) {
        this.codec = codec;
        frame = Frames.fill(codec.newFrame(16, Frames.MAX), bytes, format);
        event = codec.newEvent();
        isGood = codec.decode(frame, event);
        assertThat(frame.fault() == null).isEqualTo(isGood);
    }

    static <E> Decoded<E> of(final Supplier<E> newEvent, final byte[] bytes, final FrameFormat format) {
        return new Decoded<>(FrameCodec.of(newEvent), bytes, format);
    }

    /** The same, which must be good. */
    static <E> Decoded<E> good(final Supplier<E> newEvent, final byte[] bytes, final FrameFormat format) {
        final Decoded<E> decoded = of(newEvent, bytes, format);
        assertThat(decoded.frame.fault()).isNull();
        return decoded;
    }

    static Decoded<Everything> wire(final byte[] bytes) {
        return good(Everything::new, bytes, FrameFormat.WIRE);
    }

    static Decoded<Everything> json(final String json) {
        return good(Everything::new, Frames.utf8(json), FrameFormat.JSON);
    }

    /** Why it was refused. */
    static String fault(final byte[] bytes, final FrameFormat format) {
        final Decoded<Everything> decoded = of(Everything::new, bytes, format);
        assertThat(decoded.isGood).isFalse();
        return decoded.frame.fault();
    }

    static String refusedWire(final Consumer<BinaryWire> writing) {
        return fault(Frames.wire(writing), FrameFormat.WIRE);
    }

    static String refusedJson(final String json) {
        return fault(Frames.utf8(json), FrameFormat.JSON);
    }

    byte[] encoded(final FrameFormat format) {
        final Frame to = new Frame(0, Frames.MAX);
        codec.encode(frame, event, to, format);
        assertThat(to.format()).isEqualTo(format);
        return Frames.bytes(to);
    }

    String json() {
        final Frame to = new Frame(0, Frames.MAX);
        codec.encode(frame, event, to, FrameFormat.JSON);
        return Frames.text(to);
    }
}
