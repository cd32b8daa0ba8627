package io.pinion.engine;

/**
 * One target's way out: what becomes of a frame, and what the target's policy decides where it can't leave. Owned by the
 * egress thread.
 */
abstract class Outlet {
    /** Makes the outlets of a graph. */
    @FunctionalInterface
    interface Maker {
        /** The way out of one target; {@code route} counts the graph's targets from 0, the dead letters come last. */
        Outlet outletOf(int route, Target target, Counters counters, Latency latency);
    }

    /** What has become of a frame. */
    enum Outcome {
        /** It is out, or dropped and counted: the next may come. */
        SETTLED,
        /** It is held, and must be offered again before any other: the ring waits. */
        HELD,
        /** It is to become a dead letter. */
        REFUSED
    }

    private final Target target;
    private final Frame frame;
    private final Counter delivered;
    private final Counter dropped;
    private final Counter dead;
    private volatile boolean holding;

    Outlet(final Target target, final int maxFrameBytes, final Counters counters) {
        this.target = target;
        frame = new Frame(1_024, maxFrameBytes);
        delivered = counters.newCounter(target.name() + ".delivered");
        dropped = counters.newCounter(target.name() + ".dropped");
        dead = counters.newCounter(target.name() + ".dead");
    }

    /** Where the next frame is to be written; only while none is held. */
    final Frame frame() {
        return frame;
    }

    final Target target() {
        return target;
    }

    final Policy policy() {
        return target.policy();
    }

    /** Notes what is to be known of the slot once it is another's. */
    abstract void takeUp(Slot<?> slot);

    /** Puts out what is in {@link #frame()}. */
    abstract Outcome put();

    /** Tries to put the frame out, whatever the policy. */
    abstract boolean isOut();

    final Outcome hold() {
        holding = true;
        return Outcome.HELD;
    }

    Outcome drop() {
        dropped.increment();
        return Outcome.SETTLED;
    }

    /** A copy for this target has become a dead letter. */
    void died() {
        dead.increment();
    }

    final void wereDelivered(final long copies) {
        delivered.add(copies);
    }

    /** Tries the held frame again; false while it has to wait. */
    final boolean isHeldTaken() {
        if (isOut()) {
            holding = false;
            return true;
        }
        return false;
    }

    /** A confirmation, or a tick. */
    void onControl(final Slot<?> slot) {}

    /** To be called when a batch is through. */
    void endBatch() {}

    /** What there is to do between frames; how much was done. */
    abstract int doWork();

    final boolean isHolding() {
        return holding;
    }

    abstract boolean isDrained();

    /** Any thread, as all that follows. */
    final long delivered() {
        return delivered.get();
    }

    final long dropped() {
        return dropped.get();
    }

    final long dead() {
        return dead.get();
    }

    /** Events that were out, and were removed since to keep to a bound. */
    long retired() {
        return 0;
    }

    /** Events that lie on disk for this target. */
    abstract long onDisk();

    /** Events that an earlier process had left on disk. */
    abstract long carriedOver();

    /** Why frames can't leave, for a dead letter. */
    abstract String whyRefused();

    /** Why this one waits, or what it does instead; null when all is well. */
    abstract String whyWaiting();

    abstract void close();
}
