package io.pinion.sidecar.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what other processes do, by looking again and again. */
final class Waiting {
    private static final long LOOK_NS = 20_000_000;

    private Waiting() {}

    /**
     * Waits.
     *
     * @param condition for this.
     * @param timeout   so long.
     * @param otherwise says what did not come to be.
     * @throws ChaosException after the timeout.
     */
    static void until(final BooleanSupplier condition, final Duration timeout, final Supplier<String> otherwise) {
        if (!isWithin(condition, timeout)) {
            throw new ChaosException(otherwise.get() + ", after " + timeout.toSeconds() + " s.");
        }
    }

    /** Waits; false when it did not come to be. */
    static boolean isWithin(final BooleanSupplier condition, final Duration timeout) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NS);
            if (Thread.currentThread().isInterrupted()) {
                throw new ChaosException("interrupted while waiting.");
            }
        }
        return true;
    }

    /** Lets time pass. */
    static void pause(final Duration time) {
        isWithin(() -> false, time);
    }
}
