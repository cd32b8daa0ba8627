package io.pinion.cluster;

import io.aeron.Aeron;
import io.pinion.engine.SequencedTarget;
import org.agrona.DirectBuffer;

/** A route's consumer over Aeron: only the leader delivers there, from the position that the consumer tells. */
final class RouteTarget implements SequencedTarget {
    RouteTarget(
            final Aeron aeron,
            final String channel,
            final int stream,
            final long routeId,
            final PositionFeed feed,
            final ServiceView view,
            final int member) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long next(final long logId, final long firstKept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long settled() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int doWork() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isLeadersOnly() {
        return true;
    }

    @Override
    public int maxFrameBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
