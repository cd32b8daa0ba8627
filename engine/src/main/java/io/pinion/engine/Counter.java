package io.pinion.engine;

import org.agrona.concurrent.status.AtomicCounter;

/** A number that one thread writes and any thread reads, on cache lines of its own. */
public final class Counter {
    private final AtomicCounter counter;

    Counter(final AtomicCounter counter) {
        this.counter = counter;
    }

    /** Adds one. By the owning thread only. */
    public void increment() {
        counter.incrementRelease();
    }

    /**
     * Adds some. By the owning thread only.
     *
     * @param n how many.
     */
    public void add(final long n) {
        counter.getAndAddRelease(n);
    }

    /**
     * Sets it, where it is a gauge. By the owning thread only.
     *
     * @param value the new value.
     */
    public void set(final long value) {
        counter.setRelease(value);
    }

    /**
     * Reads it, on any thread.
     *
     * @return the value, perhaps a moment old.
     */
    public long get() {
        return counter.get();
    }
}
