package io.pinion.testkit;

import io.pinion.engine.IngressAdapter;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.concurrent.UnsafeBuffer;

/** Hands over what a test has given. */
final class QueuedAdapter implements IngressAdapter {
    private final Deque<byte[]> frames = new ArrayDeque<>();

    void add(final byte[] frame) {
        frames.add(frame);
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int work = 0;
        while (work < limit && !frames.isEmpty()) {
            final byte[] frame = frames.peek();
            if (!handler.onFrame(new UnsafeBuffer(frame), 0, frame.length, 0)) {
                break;
            }
            frames.remove();
            work++;
        }
        return work;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {
        frames.clear();
    }
}
