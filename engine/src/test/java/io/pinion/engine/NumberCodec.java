package io.pinion.engine;

import java.nio.charset.StandardCharsets;

/**
 * A codec as small as can be: a frame is a number in decimal digits. What is none is refused; {@code WIRE} and
 * {@code JSON} look the same.
 */
class NumberCodec implements Codec<Number> {
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
        final String text = new String(frame.array(), 0, frame.lengthBytes(), StandardCharsets.US_ASCII);
        if (text.equals("bug")) {
            throw new IllegalStateException("a bug in the codec");
        }
        try {
            event.value = Long.parseLong(text);
            return true;
        } catch (final NumberFormatException e) {
            frame.fault("\"" + text + "\" is not a number");
            return false;
        }
    }

    @Override
    public void detach(final Number event) {
        // A number looks into no frame.
    }

    @Override
    public void encode(final Frame from, final Number event, final Frame to, final FrameFormat format) {
        final byte[] bytes = Long.toString(event.value).getBytes(StandardCharsets.US_ASCII);
        to.clear(format);
        to.ensureCapacity(bytes.length);
        System.arraycopy(bytes, 0, to.array(), 0, bytes.length);
        to.lengthBytes(bytes.length);
    }
}
