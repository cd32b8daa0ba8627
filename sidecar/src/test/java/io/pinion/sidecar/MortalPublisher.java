package io.pinion.sidecar;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;

/** Takes what a {@link PacedAdapter} gave as long as it is alive, and sees that it comes in order. Allocates nothing. */
final class MortalPublisher implements EgressPublisher {
    private final boolean mayMissSome;
    private volatile boolean isAlive = true;
    private volatile long accepted;
    private volatile String wrong;
    private long next = PacedAdapter.FIRST;

    /**
     * Makes one that is alive.
     *
     * @param mayMissSome whether its policy drops events while it is dead.
     */
    MortalPublisher(final boolean mayMissSome) {
        this.mayMissSome = mayMissSome;
    }

    void alive(final boolean newAlive) {
        isAlive = newAlive;
    }

    long accepted() {
        return accepted;
    }

    /** The first that came out of order, or null. */
    String wrong() {
        return wrong;
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        if (!isAlive) {
            return false;
        }
        final long n = frame.buffer().parseNaturalIntAscii(PacedAdapter.DIGITS_AT, PacedAdapter.DIGITS);
        if (wrong == null && (mayMissSome ? n < next : n != next)) {
            wrong = n + " came where " + next + " was next";
        }
        next = n + 1;
        accepted = accepted + 1;
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
        return 1 << 16;
    }

    @Override
    public String whyWaiting() {
        return "it is dead";
    }

    @Override
    public void close() {}
}
