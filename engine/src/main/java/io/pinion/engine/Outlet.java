package io.pinion.engine;

import org.agrona.concurrent.EpochNanoClock;

/**
 * One frame on its way out: offered, and where the publisher can't take it now, held and offered again before any other.
 * Owned by the egress thread.
 */
final class Outlet {
    private final EgressPublisher publisher;
    private final EpochNanoClock clock;
    private final Latency latency;
    private final Counter delivered;
    private final Frame frame;

    private boolean holding;
    private long dueNs;
    private long publishedNs;
    private long takenUpNs;

    /** Read by other threads, to say who waits. */
    private volatile boolean waits;

    Outlet(
            final EgressPublisher publisher,
            final EpochNanoClock clock,
            final Latency latency,
            final Counter delivered,
            final int maxFrameBytes) {
        this.publisher = publisher;
        this.clock = clock;
        this.latency = latency;
        this.delivered = delivered;
        frame = new Frame(1_024, maxFrameBytes);
    }

    /** Where the next frame is to be written; only while none is held. */
    Frame frame() {
        return frame;
    }

    /** Notes when a frame was taken up, for its latency. */
    void takeUp(final Slot<?> slot) {
        dueNs = slot.dueNs();
        publishedNs = slot.publishedNs();
        takenUpNs = clock.nanoTime();
    }

    /** Offers what is in {@link #frame()}; false when it must be held. */
    boolean offer() {
        if (publisher.offer(frame, dueNs)) {
            if (holding) {
                holding = false;
                waits = false;
            }
            delivered.increment();
            recordLatency();
            return true;
        }
        if (!holding) {
            holding = true;
            waits = true;
        }
        return false;
    }

    private void recordLatency() {
        final long nowNs = clock.nanoTime();
        latency.stages.record(takenUpNs - publishedNs);
        latency.egress.record(nowNs - takenUpNs);
        if (dueNs != 0) {
            latency.total.record(nowNs - dueNs);
        }
    }

    boolean isHolding() {
        return holding;
    }

    boolean isDrained() {
        return !holding && publisher.isDrained();
    }

    int doWork() {
        return publisher.doWork();
    }

    Counter delivered() {
        return delivered;
    }

    /** Why this one waits, or null when it does not. Any thread. */
    String whyWaiting() {
        return waits ? publisher.whyWaiting() : null;
    }
}
