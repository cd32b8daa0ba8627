package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.BinaryWire;
import net.openhft.chronicle.wire.WireIn;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames for tests: by plain Chronicle Wire, from JSON, from bytes, and what is in them. */
final class Frames {
    static final int MAX = 1 << 20;

    private Frames() {}

    /** What plain Chronicle Wire writes. */
    static byte[] wire(final Consumer<BinaryWire> writing) {
        final Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap();
        writing.accept(new BinaryWire(bytes));
        return bytes.toByteArray();
    }

    /** A wire over these bytes, to be read by plain Chronicle Wire. */
    static WireIn reading(final byte[] frame) {
        return new BinaryWire(Bytes.wrapForRead(frame));
    }

    static byte[] utf8(final String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    static Frame of(final byte[] bytes, final FrameFormat format) {
        return fill(new Frame(64, MAX), bytes, format);
    }

    static <F extends Frame> F fill(final F frame, final byte[] bytes, final FrameFormat format) {
        frame.copyFrom(new UnsafeBuffer(bytes), 0, bytes.length, format);
        return frame;
    }

    static byte[] bytes(final Frame frame) {
        return Arrays.copyOf(frame.array(), frame.lengthBytes());
    }

    static String text(final Frame frame) {
        return new String(frame.array(), 0, frame.lengthBytes(), StandardCharsets.UTF_8);
    }
}
