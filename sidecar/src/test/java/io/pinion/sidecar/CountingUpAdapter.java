package io.pinion.sidecar;

import io.pinion.engine.FrameFormat;
import io.pinion.engine.IngressAdapter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The same frame again and again, but for the number 7,000,000 in it, which counts up, so that no frame is a repeat. In JSON,
 * and in the text of a Wire frame, that number is seven digits; as a Wire number it is four bytes.
 */
final class CountingUpAdapter implements IngressAdapter {
    private static final int FIRST = 7_000_000;

    private final UnsafeBuffer frame;
    private final int numberAt;
    private final boolean isText;
    private volatile long allowed;
    private long given;

    CountingUpAdapter(final byte[] bytes, final FrameFormat format) {
        frame = new UnsafeBuffer(bytes);
        final int digitsAt = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(Integer.toString(FIRST));
        isText = format == FrameFormat.JSON || digitsAt >= 0;
        numberAt = isText ? digitsAt : indexOfInt();
    }

    private int indexOfInt() {
        for (int i = 0; i + Integer.BYTES <= frame.capacity(); i++) {
            if (frame.getInt(i, java.nio.ByteOrder.LITTLE_ENDIAN) == FIRST) {
                return i;
            }
        }
        throw new IllegalArgumentException("the frame has no number " + FIRST);
    }

    void allow(final long upTo) {
        allowed = upTo;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int work = 0;
        while (work < limit && given < allowed) {
            final int number = FIRST + (int) given;
            if (isText) {
                frame.putNaturalIntAscii(numberAt, number);
            } else {
                frame.putInt(numberAt, number, java.nio.ByteOrder.LITTLE_ENDIAN);
            }
            if (!handler.onFrame(frame, 0, frame.capacity(), 0)) {
                break;
            }
            given++;
            work++;
        }
        return work;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
