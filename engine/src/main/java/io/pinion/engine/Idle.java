package io.pinion.engine;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a thread does when there is nothing to do: from the least latency on. {@link #BACKOFF} takes the least of a core. */
public enum Idle {
    /** Spins: the least latency, and a core of its own. */
    BUSY_SPIN("busy-spin"),
    /** Lets others run: a whole core when nobody else wants it. */
    YIELDING("yielding"),
    /** Spins, yields, then sleeps up to two milliseconds: a few hundredths of a core. */
    BACKOFF("backoff"),
    /** Sleeps a tenth of a millisecond: a fifth of a core or so. */
    SLEEPING("sleeping");

    /** Duty cycles before the first sleep, which takes more than these together: some 50 µs with a driver that reads a socket. */
    private static final int SPINS = 20;

    private static final int YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long MAX_PARK_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final String word;

    Idle(final String word) {
        this.word = word;
    }

    /**
     * One by its name.
     *
     * @param name such as {@code backoff}.
     * @return the strategy.
     * @throws GraphException when there is none of that name.
     */
    public static Idle named(final String name) {
        return Arrays.stream(values())
                .filter(idle -> idle.word.equals(name))
                .findFirst()
                .orElseThrow(() -> new GraphException("There is no idle strategy \"" + name + "\": use one of "
                        + Arrays.stream(values()).map(Idle::toString).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * What does so.
     *
     * @return a new one, for one thread.
     */
    public IdleStrategy strategy() {
        return switch (this) {
            case BUSY_SPIN -> new BusySpinIdleStrategy();
            case YIELDING -> new YieldingIdleStrategy();
            case BACKOFF -> new BackoffIdleStrategy(SPINS, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
            case SLEEPING -> new SleepingIdleStrategy(SLEEP_NS);
        };
    }

    /** Its name, as a profile has it. */
    @Override
    public String toString() {
        return word;
    }
}
