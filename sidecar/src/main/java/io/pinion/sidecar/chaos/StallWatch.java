package io.pinion.sidecar.chaos;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Notices when this machine stands still as a whole: a thread that sleeps for a moment, again and again, then wakes up far too
 * late. What members did in that time is not their fault. Any thread.
 */
final class StallWatch implements AutoCloseable {
    private static final long SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Thread thread = new Thread(this::run, "chaos-stall-watch");
    private volatile boolean isClosed;
    private volatile long longestNs;

    /** Begins at once. */
    StallWatch() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long beforeNs = System.nanoTime();
        while (!isClosed) {
            LockSupport.parkNanos(SLEEP_NS);
            final long nowNs = System.nanoTime();
            longestNs = Math.max(longestNs, nowNs - beforeNs - SLEEP_NS);
            beforeNs = nowNs;
        }
    }

    /** The longest time so far that it was late by. */
    long longestMs() {
        return TimeUnit.NANOSECONDS.toMillis(longestNs);
    }

    @Override
    public void close() {
        isClosed = true;
        LockSupport.unpark(thread);
    }
}
