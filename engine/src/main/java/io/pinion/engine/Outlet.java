package io.pinion.engine;

import org.agrona.concurrent.EpochNanoClock;

/**
 * One target's way out: a frame is offered to the publisher, and where that can't take it now, the target's policy decides.
 * Owned by the egress thread. A spill is there where the policy is to spill and the processor was told where.
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
    private final Counter delivered;
    private final Counter dropped;
    private final Spill spill;
    private final Frame frame;

    private volatile boolean holding;
    private long position;
    private long logTimeUs;
    private long dueNs;
    private long publishedNs;
    private long takenUpNs;
    private final OutletTimes times;

    /** Whether the last offer was refused. Read by other threads, to say who waits. */
    private volatile boolean refuses;

    Outlet(
            final Target target,
            final EgressPublisher publisher,
            final EpochNanoClock clock,
            final Latency latency,
            final Counters counters,
            final Spill spill) {
        this.spill = spill;
        this.publisher = publisher;
        times = new OutletTimes(clock, latency);
        policy = target.policy();
        delivered = counters.newCounter(target.name() + ".delivered");
        dropped = counters.newCounter(target.name() + ".dropped");
        frame = new Frame(1_024, publisher.maxFrameBytes());
    }

    /** Where the next frame is to be written; only while none is held. */
    Frame frame() {
        return frame;
    }

    /** Notes what is to be known of the slot once it is another's. */
    void takeUp(final Slot<?> slot) {
        position = slot.position();
        logTimeUs = slot.logTimeUs();
        dueNs = slot.dueNs();
        publishedNs = slot.publishedNs();
        takenUpNs = times.takenUpNs();
    }

    /** Puts out what is in {@link #frame()}. */
    Outcome put() {
        if (isOut()) {
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

    /** Tries the held frame again; false while it has to wait. */
    boolean isHeldTaken() {
        if (isOut()) {
            holding = false;
            return true;
        }
        return false;
    }

    /** Accepted by the publisher, once nothing older is on disk; or on disk. */
    private boolean isOut() {
        if (spill == null) {
            return isOffered();
        }
        return !spill.isBehind() && isOffered() || spill.append(position, logTimeUs, frame);
    }

    private boolean isOffered() {
        final boolean isTaken = publisher.offer(frame, dueNs);
        if (isTaken) {
            delivered.increment();
            times.accepted(dueNs, publishedNs, takenUpNs);
        }
        tellRefused(!isTaken);
        return isTaken;
    }

    /** To be called when a batch is through. */
    void endBatch() {
        times.endBatch();
    }

    boolean isHolding() {
        return holding;
    }

    boolean isDrained() {
        return !holding && (spill == null || spill.isSettled()) && publisher.isDrained();
    }

    int doWork() {
        return publisher.doWork() + (spill != null && spill.isBehind() ? deliverSpilled() : 0);
    }

    private int deliverSpilled() {
        final int out = spill.deliver(publisher);
        if (out > 0) {
            delivered.add(out);
        }
        tellRefused(spill.isBehind());
        return out;
    }

    private void tellRefused(final boolean isRefused) {
        if (refuses != isRefused) {
            refuses = isRefused;
        }
    }

    long delivered() {
        return delivered.get();
    }

    long dropped() {
        return dropped.get();
    }

    /** Events that were out, and were removed since to keep to a bound. Any thread. */
    long retired() {
        return publisher.retired();
    }

    /** Events that lie on disk for this target. Any thread. */
    long onDisk() {
        return spill == null ? 0 : spill.onDisk();
    }

    /** Events that an earlier process had left on disk. */
    long carriedOver() {
        return spill == null ? 0 : spill.carriedOver();
    }

    void close() {
        try {
            publisher.close();
        } finally { // it may say that it lost something: what is on disk is not lost with it
            if (spill != null) {
                spill.close();
            }
        }
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
            case BLOCK -> publisher.whyWaiting();
            case SPILL ->
                publisher.whyWaiting() + "; " + (holding ? whyHeld() : "meanwhile its events are kept on disk");
            case DROP_NEWEST -> publisher.whyWaiting() + "; meanwhile its events are dropped";
            case DEAD_LETTER -> publisher.whyWaiting() + "; meanwhile its events go to the dead letters";
        };
    }

    private String whyHeld() {
        return spill == null ? "nothing is set to spill to" : spill.whyFull() + ", and everybody waits";
    }
}
