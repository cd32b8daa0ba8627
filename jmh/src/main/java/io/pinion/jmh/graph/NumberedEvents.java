package io.pinion.jmh.graph;

import io.pinion.engine.IngressAdapter;
import org.agrona.concurrent.UnsafeBuffer;

/** An ingress in memory, for {@link NumberCodec}: its frames are the numbers of the job's events. */
final class NumberedEvents implements IngressAdapter {
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Long.BYTES]);
    private volatile long end;
    private volatile long taken;
    private long next;

    /** Lets so many more in. Any one thread. */
    void add(final long events) {
        end += events;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final long to = Math.min(end, next + limit);
        final long from = next;
        while (next < to) {
            frame.putLong(0, next);
            if (!handler.onFrame(frame, 0, Long.BYTES, 0)) {
                break;
            }
            next++;
        }
        if (next > from) {
            taken = next;
        }
        return (int) (next - from);
    }

    /** Whether all that were let in are in the ring. Any thread. */
    boolean isAllTaken() {
        return taken == end;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
