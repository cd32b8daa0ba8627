package io.pinion.engine;

import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;

/** Reads an event's own time in microseconds; what does not fit is held at the end of the range. */
record EventTime<E>(ToLongFunction<? super E> field, TimeUnit unit) {
    long of(final E event) {
        final long time = field.applyAsLong(event);
        return unit == TimeUnit.MICROSECONDS ? time : unit.toMicros(time);
    }
}
