package io.pinion.engine;

/** A codec that puts a frame out as it came. */
final class PaddingCodec implements Codec<Number> {
    @Override
    public Number newEvent() {
        return new Number();
    }

    @Override
    public Frame newFrame(final int initialBytes, final int maxBytes) {
        return new Frame(initialBytes, maxBytes);
    }

    @Override
    public boolean decode(final Frame frame, final Number event) {
        return true;
    }

    @Override
    public void detach(final Number event) {
        // A number looks into no frame.
    }

    @Override
    public void encode(final Frame from, final Number event, final Frame to, final FrameFormat format) {
        to.copyFrom(from.buffer(), 0, from.lengthBytes(), format);
    }
}
