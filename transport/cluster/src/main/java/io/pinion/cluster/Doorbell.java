package io.pinion.cluster;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Idles as another strategy does, until it is rung: a thread that sleeps then begins its next round at once. Without it, what
 * is put into a route log between two events of a slow stream waits for the end of the sleep that the delivery thread has
 * backed off to.
 *
 * <p>{@link #ring()} may be called by any threads, {@code idle} by one. No ring is missed: the sleeper shows itself and then
 * looks whether it was rung, the ringer says that it rang and then looks for a sleeper, and both fields are volatile, so that
 * at least one of them sees the other; of several ringers, who takes the sleeper away wakes it. A permit of
 * {@link LockSupport#unpark} that comes before the sleep ends it as well.
 */
final class Doorbell implements IdleStrategy {
    private final IdleStrategy idle;
    private volatile boolean isRung;
    private volatile Thread sleeper;

    Doorbell(final IdleStrategy idle) {
        this.idle = idle;
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
            idle.reset();
        } else {
            idle();
        }
    }

    @Override
    public void idle() {
        sleeper = Thread.currentThread();
        if (!isRung) {
            idle.idle();
        }
        sleeper = null;
        if (isRung) {
            isRung = false;
            idle.reset();
        }
    }

    @Override
    public void reset() {
        idle.reset();
    }

    @Override
    public String alias() {
        return idle.alias();
    }
}
