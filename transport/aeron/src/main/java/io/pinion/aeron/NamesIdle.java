package io.pinion.aeron;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Of the driver's thread that resolves names and opens sockets, when a publication or subscription is added and else hardly
 * ever. Aeron's own choice wakes it a thousand times a second, more than all the rest of an idle sidecar; and where stages spin
 * on every core, each time it wakes one of them stands still.
 *
 * <p>It sleeps longer the longer there was nothing to do: up to 20 ms while a start or a reconnect may still go on, and 200 ms
 * once there was nothing for a few seconds.
 *
 * <p>One thread.
 */
final class NamesIdle implements IdleStrategy {
    private static final long FIRST_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long AWAKE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long ASLEEP_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Some five seconds of {@link #AWAKE_NS}. */
    private static final int AWAKE_TIMES = 250;

    private long sleepNs = FIRST_NS;
    private int times;

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
        LockSupport.parkNanos(nextSleepNs());
    }

    /** How long the next sleep is. */
    long nextSleepNs() {
        if (times == AWAKE_TIMES) {
            return ASLEEP_NS;
        }
        times++;
        final long ns = sleepNs;
        sleepNs = Math.min(2 * ns, AWAKE_NS);
        return ns;
    }

    @Override
    public void reset() {
        sleepNs = FIRST_NS;
        times = 0;
    }

    @Override
    public String alias() {
        return "names";
    }
}
