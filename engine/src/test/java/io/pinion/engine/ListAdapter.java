package io.pinion.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames from a list; at its end, the input ends, unless it is to stay open. */
final class ListAdapter implements IngressAdapter {
    private final List<String> frames;
    private final boolean ends;
    private volatile int next;
    volatile boolean isClosed;

    ListAdapter(final List<String> frames, final boolean ends) {
        this.frames = frames;
        this.ends = ends;
    }

    static ListAdapter of(final String... frames) {
        return new ListAdapter(List.of(frames), true);
    }

    static ListAdapter upTo(final long n) {
        return new ListAdapter(LongStream.range(0, n).mapToObj(Long::toString).toList(), true);
    }

    int taken() {
        return next;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int work = 0;
        while (work < limit && next < frames.size()) {
            final byte[] bytes = frames.get(next).getBytes(StandardCharsets.US_ASCII);
            if (!handler.onFrame(new UnsafeBuffer(bytes), 0, bytes.length, 0)) {
                break;
            }
            next++;
            work++;
        }
        return work;
    }

    @Override
    public boolean isAtEnd() {
        return ends && next == frames.size();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
