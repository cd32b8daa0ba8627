package io.pinion.cluster;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Idles as another strategy does, until it is rung: a thread that sleeps then begins its next round at once. Without it, what
 * is put into a route log between two events of a slow stream waits for the end of the sleep that the delivery thread has
 * backed off to.
 *
 * <p>The first idle rounds after work are not ended: their sleeps are short, and to wake a thread is a call to the kernel, some
 * microseconds of whoever rings. In a busy stream that would be a wake for nearly each event, on the thread that runs the graph.
 *
 * <p>{@link #ring()} may be called by any threads, {@code idle} by one. No ring is missed: the sleeper shows itself and then
 * looks whether it was rung, the ringer says that it rang and then looks for a sleeper, and both fields are volatile, so that
 * at least one of them sees the other; of several ringers, who takes the sleeper away wakes it. A permit of
 * {@link LockSupport#unpark} that comes before the sleep ends it as well.
 */
final class Doorbell implements IdleStrategy {
    private final IdleStrategy idle;
    private final int leftAlone;
    private volatile boolean isRung;
    private volatile Thread sleeper;
    private int rounds;

    /**
     * A bell for one thread.
     *
     * @param idle what that thread does when there is nothing to do.
     * @param leftAlone how many idle rounds after work, or after a ring that was heard, no ring ends.
     */
    Doorbell(final IdleStrategy idle, final int leftAlone) {
        this.idle = idle;
        this.leftAlone = leftAlone;
    }

    /** There is something to do: costs two accesses to memory when nobody sleeps, and one wake for each sleep. */
    void ring() {
        isRung = true;
        final Thread asleep = sleeper;
        if (asleep != null) {
            sleeper = null;
            LockSupport.unpark(asleep);
        }
    }

    @Override
    public void idle(final int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        if (rounds < leftAlone) {
            rounds++;
            isRung = false; // the round that follows this short sleep looks for whatever was rung for
            idle.idle();
            return;
        }
        sleeper = Thread.currentThread();
        if (!isRung) {
            idle.idle();
        }
        sleeper = null;
        if (isRung) {
            isRung = false;
            reset();
        }
    }

    @Override
    public void reset() {
        rounds = 0;
        idle.reset();
    }

    @Override
    public String alias() {
        return idle.alias();
    }
}
