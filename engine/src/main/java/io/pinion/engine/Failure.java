package io.pinion.engine;

import java.util.concurrent.atomic.AtomicReference;

/** The first error that stopped a processor. Any thread. */
final class Failure {
    private final String processor;
    private final AtomicReference<Throwable> first = new AtomicReference<>();

    Failure(final String processor) {
        this.processor = processor;
    }

    String processor() {
        return processor;
    }

    void set(final Throwable error) {
        first.compareAndSet(null, error);
    }

    Throwable get() {
        return first.get();
    }

    void throwIfAny() {
        final Throwable error = first.get();
        if (error instanceof EdgeException edge) {
            throw edge;
        }
        if (error != null) {
            throw new EdgeException(processor + " has stopped: " + error, error);
        }
    }
}
