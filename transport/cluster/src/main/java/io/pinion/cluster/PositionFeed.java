package io.pinion.cluster;

import io.aeron.Aeron;

/** Hears what consumers of this member's routes tell: one subscription for all routes. Used by the delivery thread. */
final class PositionFeed implements AutoCloseable {
    PositionFeed(final Aeron aeron, final String channel) {
        throw new UnsupportedOperationException();
    }

    int doWork() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
