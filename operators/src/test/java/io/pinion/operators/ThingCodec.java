package io.pinion.operators;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.RowCodecs;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Things as two numbers and two texts of at most 255 bytes each; allocates nothing. "{}" is a thing with nothing set. */
final class ThingCodec implements Codec<Thing> {
    static final RowCodecs ROWS = new RowCodecs() {
        @Override
        @SuppressWarnings("unchecked")
        public <R> Codec<R> of(final Supplier<R> rows) {
            return (Codec<R>) new ThingCodec();
        }
    };

    private static final int TEXTS_AT = 2 * Long.BYTES;

    static DirectBuffer frameOf(final Thing thing) {
        final Frame frame = new Frame(64, 1_024);
        new ThingCodec().encode(null, thing, frame, FrameFormat.WIRE);
        return new UnsafeBuffer(frame.array(), 0, frame.lengthBytes());
    }

    @Override
    public Thing newEvent() {
        return new Thing();
    }

    @Override
    public Frame newFrame(final int initialBytes, final int maxBytes) {
        return new Frame(initialBytes, maxBytes);
    }

    @Override
    public boolean decode(final Frame frame, final Thing thing) {
        if (frame.format() == FrameFormat.JSON) {
            thing.id = 0;
            thing.value = 0;
            thing.text.clear();
            thing.other.clear();
            return true;
        }
        if (frame.lengthBytes() < TEXTS_AT + 2) {
            frame.fault("it is no thing");
            return false;
        }
        thing.id = frame.buffer().getLong(0);
        thing.value = frame.buffer().getLong(Long.BYTES);
        final int textBytes = frame.array()[TEXTS_AT] & 0xFF;
        thing.text.wrap(frame.array(), TEXTS_AT + 1, textBytes);
        final int otherAt = TEXTS_AT + 1 + textBytes;
        thing.other.wrap(frame.array(), otherAt + 1, frame.array()[otherAt] & 0xFF);
        return true;
    }

    @Override
    public void detach(final Thing thing) {
        thing.text.set(thing.text);
        thing.other.set(thing.other);
    }

    @Override
    public void encode(final Frame from, final Thing thing, final Frame to, final FrameFormat format) {
        to.clear(FrameFormat.WIRE);
        to.ensureCapacity(TEXTS_AT + 2 + thing.text.lengthBytes() + thing.other.lengthBytes());
        for (int i = 0; i < Long.BYTES; i++) {
            to.array()[i] = (byte) (thing.id >>> 8 * i);
            to.array()[Long.BYTES + i] = (byte) (thing.value >>> 8 * i);
        }
        int at = put(thing.text.array(), thing.text.offset(), thing.text.lengthBytes(), to, TEXTS_AT);
        at = put(thing.other.array(), thing.other.offset(), thing.other.lengthBytes(), to, at);
        to.lengthBytes(at);
    }

    private static int put(final byte[] bytes, final int offset, final int length, final Frame to, final int at) {
        to.array()[at] = (byte) length;
        System.arraycopy(bytes, offset, to.array(), at + 1, length);
        return at + 1 + length;
    }
}
