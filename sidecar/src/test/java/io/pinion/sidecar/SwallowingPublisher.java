package io.pinion.sidecar;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;

/** Accepts everything and keeps nothing. */
final class SwallowingPublisher implements EgressPublisher {
    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        return true;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    public int maxFrameBytes() {
        return 1 << 20;
    }

    @Override
    public String whyWaiting() {
        return "";
    }

    @Override
    public void close() {}
}
