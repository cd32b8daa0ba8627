package io.pinion.sidecar;

import io.pinion.engine.IngressAdapter;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a {@link PacedAdapter} gives, each tenth event twice, and frames that are none where they are asked for. */
final class SoakLoad implements IngressAdapter, IngressAdapter.FrameHandler {
    private static final int REPEAT_EVERY = 10;

    private final PacedAdapter paced;
    private final UnsafeBuffer torn = new UnsafeBuffer("{\"n\":".getBytes(StandardCharsets.UTF_8));
    private final UnsafeBuffer again = new UnsafeBuffer(new byte[4_096]);
    private FrameHandler to;
    private int againBytes;
    private long againDueNs;
    private volatile long tornWanted;
    private volatile long tornGiven;
    private volatile long repeats;

    SoakLoad(final PacedAdapter paced) {
        this.paced = paced;
    }

    void giveTorn(final int more) {
        tornWanted = tornWanted + more;
    }

    long torn() {
        return tornGiven;
    }

    long repeats() {
        return repeats;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        to = handler;
        if (againBytes > 0) {
            if (!handler.onFrame(again, 0, againBytes, againDueNs)) {
                return 0;
            }
            againBytes = 0;
            repeats = repeats + 1;
            return 1;
        }
        if (tornGiven < tornWanted && handler.onFrame(torn, 0, torn.capacity(), 0)) {
            tornGiven = tornGiven + 1;
            return 1;
        }
        return paced.poll(this, limit);
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        if (againBytes > 0 || !to.onFrame(buffer, offset, length, dueNs)) {
            return false;
        }
        if (paced.given() % REPEAT_EVERY == 0) {
            again.putBytes(0, buffer, offset, length);
            againBytes = length;
            againDueNs = dueNs;
        }
        return true;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
