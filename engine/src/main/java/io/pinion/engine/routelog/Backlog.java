package io.pinion.engine.routelog;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What was appended and what of it was confirmed. The log's writer writes, with release order; any thread reads. Who reads
 * takes what was confirmed first, so that a difference is never negative.
 */
final class Backlog {
    private final AtomicLong endPosition = new AtomicLong();
    private final AtomicLong appendedEvents = new AtomicLong();
    private final AtomicLong appendedBytes = new AtomicLong();
    private final AtomicLong newestLogTimeUs = new AtomicLong();

    private final AtomicLong confirmedPosition = new AtomicLong();
    private final AtomicLong confirmedEvents = new AtomicLong();
    private final AtomicLong confirmedBytes = new AtomicLong();
    private final AtomicLong oldestLogTimeUs = new AtomicLong();

    void appended(final long position, final long events, final long bytes, final long logTimeUs) {
        newestLogTimeUs.lazySet(logTimeUs);
        appendedBytes.lazySet(bytes);
        appendedEvents.lazySet(events);
        endPosition.lazySet(position);
    }

    void confirmed(final long position, final long events, final long bytes) {
        confirmedBytes.lazySet(bytes);
        confirmedEvents.lazySet(events);
        confirmedPosition.lazySet(position);
    }

    void oldest(final long logTimeUs) {
        oldestLogTimeUs.lazySet(logTimeUs);
    }

    long events() {
        final long confirmed = confirmedEvents.get();
        return appendedEvents.get() - confirmed;
    }

    long bytes() {
        final long confirmed = confirmedBytes.get();
        return appendedBytes.get() - confirmed;
    }

    long timeUs() {
        final long oldest = oldestLogTimeUs.get();
        return events() == 0 ? 0 : Math.max(0, newestLogTimeUs.get() - oldest);
    }

    long oldestLogTimeUs() {
        return oldestLogTimeUs.get();
    }

    long endPosition() {
        return endPosition.get();
    }

    long appendedEvents() {
        return appendedEvents.get();
    }

    long appendedBytes() {
        return appendedBytes.get();
    }

    long confirmedPosition() {
        return confirmedPosition.get();
    }

    long confirmedBytes() {
        return confirmedBytes.get();
    }
}
