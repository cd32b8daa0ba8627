package io.pinion.jmh.peers;

import io.pinion.engine.IngressAdapter;
import org.agrona.concurrent.UnsafeBuffer;

/** The feed as an ingress: its frames are the numbers of the events. */
final class FeedIngress implements IngressAdapter {
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[Long.BYTES]);
    private final EventFeed feed;
    private long refused = EventFeed.NONE;

    FeedIngress(final EventFeed feed) {
        this.feed = feed;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int taken = 0;
        while (taken < limit) {
            final long number = refused == EventFeed.NONE ? feed.poll() : refused;
            if (number == EventFeed.NONE) {
                break;
            }
            frame.putLong(0, number);
            if (!handler.onFrame(frame, 0, Long.BYTES, feed.dueNs())) {
                refused = number;
                break;
            }
            refused = EventFeed.NONE;
            taken++;
        }
        return taken;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
