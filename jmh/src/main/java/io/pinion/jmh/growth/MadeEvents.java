package io.pinion.jmh.growth;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import org.agrona.MutableDirectBuffer;

/** No codec to speak of: a frame is a number, from which the event is made. */
final class MadeEvents implements Codec<GrowingEvent> {
    @Override
    public GrowingEvent newEvent() {
        return new GrowingEvent();
    }

    @Override
    public Frame newFrame(final int initialBytes, final int maxBytes) {
        return new Frame(initialBytes, maxBytes);
    }

    @Override
    public boolean decode(final Frame frame, final GrowingEvent event) {
        event.number = frame.buffer().getLong(0);
        event.key = mix(event.number);
        event.price = 0;
        return true;
    }

    @Override
    public void detach(final GrowingEvent event) {}

    @Override
    public void encode(final Frame from, final GrowingEvent event, final Frame to, final FrameFormat format) {
        to.clear(format);
        to.ensureCapacity(Long.BYTES);
        ((MutableDirectBuffer) to.buffer()).putLong(0, event.key);
        to.lengthBytes(Long.BYTES);
    }

    /** Mixes 64 bits so that no two become one (the finalizer of SplitMix64). */
    static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
