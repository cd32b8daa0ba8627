package io.pinion.jmh.peers;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The numbers of the events, when they are due: what an engine's source takes. One thread takes, one other gives.
 *
 * <p>It is an open loop: a source that comes late finds all that was due meanwhile, and their latency counts from when they
 * were due.
 */
public final class EventFeed {
    /** No event is due. */
    public static final long NONE = -1;

    private static final long OFFSET_NS = offsetNs();

    private volatile Burst given = new Burst(0, 0, Burst.UNPACED, 0);
    private volatile boolean closed;

    // Of the thread that takes.
    private Burst current = given;
    private long next;
    private long nextDueNs;
    /** Whose time {@link #nextDueNs} is. */
    private long timed = NONE;

    private long nowNs;
    private long dueNs;

    /** Makes one without events. */
    public EventFeed() {}

    private static long offsetNs() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    }

    /**
     * The clock that events are due by.
     *
     * @return nanoseconds since 1970, steady.
     */
    public static long nowNs() {
        return System.nanoTime() + OFFSET_NS;
    }

    /** Gives the next burst, after the last one was taken. */
    void give(final Burst burst) {
        given = burst;
    }

    /** Nothing more comes. */
    void end() {
        closed = true;
    }

    /**
     * Whether it has ended.
     *
     * @return true when no event will ever come again.
     */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Takes the next event if it is due.
     *
     * @return its number, or {@link #NONE}.
     */
    public long poll() {
        if (next == current.end()) {
            final Burst newest = given;
            if (newest == current) {
                return NONE;
            }
            current = newest;
        }
        if (current.ratePerSecond() == Burst.UNPACED) {
            dueNs = 0;
            return next++;
        }
        if (timed != next) {
            timed = next;
            nextDueNs = current.dueNs(next);
        }
        if (nextDueNs > nowNs) {
            nowNs = nowNs();
            if (nextDueNs > nowNs) {
                return NONE;
            }
        }
        dueNs = nextDueNs;
        return next++;
    }

    /**
     * Takes the next event when it is due, spinning until then.
     *
     * @return its number, or {@link #NONE} at the end.
     */
    public long take() {
        long number = poll();
        while (number == NONE && !closed) {
            Thread.onSpinWait();
            number = poll();
        }
        return number;
    }

    /**
     * When the event that was taken last was due.
     *
     * @return nanoseconds since 1970; 0 where it had no time.
     */
    public long dueNs() {
        return dueNs;
    }
}
