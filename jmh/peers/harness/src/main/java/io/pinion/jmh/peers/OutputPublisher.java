package io.pinion.jmh.peers;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.jmh.graph.NumberCodec;

/** A target as an egress, which always takes what comes. */
final class OutputPublisher implements EgressPublisher {
    private final TargetOutput target;

    OutputPublisher(final TargetOutput target) {
        this.target = target;
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        target.accept(NumberCodec.eventIdIn(frame.buffer()), NumberCodec.priceIn(frame.buffer()), dueNs);
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
        return Long.BYTES + Double.BYTES;
    }

    @Override
    public String whyWaiting() {
        return "the output takes what comes";
    }

    @Override
    public void close() {}
}
