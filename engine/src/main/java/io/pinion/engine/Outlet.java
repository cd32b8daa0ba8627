package io.pinion.engine;

import org.agrona.concurrent.EpochNanoClock;

/**
 * One target's way out: a frame is offered to the publisher, and where that can't take it now, the target's policy decides.
 * Owned by the egress thread.
 */
final class Outlet {
    /** What has become of a frame. */
    enum Outcome {
        /** It is out, or dropped and counted: the next may come. */
        SETTLED,
        /** It is held, and must be offered again before any other: the ring waits. */
        HELD,
        /** It is to become a dead letter. */
        REFUSED
    }

    private final EgressPublisher publisher;
    private final Policy policy;
    private final EpochNanoClock clock;
    private final Latency latency;
    private final Counter delivered;
    private final Counter dropped;
    private final Frame frame;

    private boolean holding;
    private long dueNs;
    private long publishedNs;
    private long takenUpNs;

    /** Whether the last offer was refused. Read by other threads, to say who waits. */
    private volatile boolean refuses;

    Outlet(
            final Target target,
            final EgressPublisher publisher,
            final EpochNanoClock clock,
            final Latency latency,
            final Counters counters) {
        this.publisher = publisher;
        this.clock = clock;
        this.latency = latency;
        policy = target.policy();
        delivered = counters.newCounter(target.name() + ".delivered");
        dropped = counters.newCounter(target.name() + ".dropped");
        frame = new Frame(1_024, publisher.maxFrameBytes());
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

    /** Puts out what is in {@link #frame()}. */
    Outcome put() {
        if (isOffered()) {
            return Outcome.SETTLED;
        }
        return switch (policy.kind()) {
            case BLOCK, SPILL -> {
                holding = true;
                yield Outcome.HELD;
            }
            case DROP_NEWEST -> {
                dropped.increment();
                yield Outcome.SETTLED;
            }
            case DEAD_LETTER -> Outcome.REFUSED;
        };
    }

    /** Offers the held frame again; false while it can't be taken. */
    boolean isHeldTaken() {
        if (isOffered()) {
            holding = false;
            return true;
        }
        return false;
    }

    private boolean isOffered() {
        final boolean isTaken = publisher.offer(frame, dueNs);
        if (isTaken) {
            delivered.increment();
            recordLatency();
        }
        if (refuses == isTaken) {
            refuses = !isTaken;
        }
        return isTaken;
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

    long delivered() {
        return delivered.get();
    }

    long dropped() {
        return dropped.get();
    }

    /** Why frames can't leave, as a publisher puts it. Any thread. */
    String whyRefused() {
        return publisher.whyWaiting();
    }

    /** Why this one waits, or what it does instead; null when all is well. Any thread. */
    String whyWaiting() {
        if (!refuses) {
            return null;
        }
        return switch (policy.kind()) {
            case BLOCK, SPILL -> publisher.whyWaiting();
            case DROP_NEWEST -> publisher.whyWaiting() + "; meanwhile its events are dropped";
            case DEAD_LETTER -> publisher.whyWaiting() + "; meanwhile its events go to the dead letters";
        };
    }
}
