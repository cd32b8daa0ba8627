package io.pinion.jmh.peers;

import io.pinion.jmh.job.JobSink;
import org.HdrHistogram.Histogram;

/** What came to one target. One thread writes; others may read once nothing more comes, and the count at any time. */
public final class TargetOutput {
    private static final int DIGITS = 3;

    private final JobSink sink = new JobSink();
    private final Histogram latency = new Histogram(DIGITS);

    /** Makes an empty one. */
    public TargetOutput() {}

    /**
     * Takes an event.
     *
     * @param eventId of the event.
     * @param price   that was added to it.
     * @param dueNs   when it was due, by {@link EventFeed#nowNs()}; 0 where it had no time.
     */
    public void accept(final long eventId, final double price, final long dueNs) {
        if (dueNs != 0) {
            latency.recordValue(Math.max(0, EventFeed.nowNs() - dueNs));
        }
        sink.accept(eventId, price);
    }

    long count() {
        return sink.count();
    }

    long hash() {
        return sink.hash();
    }

    Histogram latency() {
        return latency;
    }
}
