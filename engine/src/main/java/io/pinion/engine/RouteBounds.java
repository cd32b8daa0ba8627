package io.pinion.engine;

/**
 * How far what a target has not confirmed may grow in a {@link Replica} before its policy decides: a function of the log
 * alone, so equal on all members. A policy {@code spill(n)} brings n MiB of its own and has no bound of events.
 *
 * @param maxEvents how many, more than none.
 * @param maxBytes  how many bytes, more than none: each output counts for its payload and {@link #RECORD_BYTES} beside it.
 */
public record RouteBounds(long maxEvents, long maxBytes) {
    /** What an output takes on disk beside its payload, at most. */
    public static final int RECORD_BYTES = 40;

    /** 100,000 events or 64 MiB. */
    public static final RouteBounds USUAL = new RouteBounds(100_000, 64L << 20);

    /** Refuses what can't work. */
    public RouteBounds {
        if (maxEvents <= 0 || maxBytes <= 0) {
            throw new IllegalArgumentException("a route is bounded by " + maxEvents + " events and " + maxBytes
                    + " bytes; each must be more than none");
        }
    }

    boolean isReached(final long events, final long bytes) {
        return events >= maxEvents || bytes >= maxBytes;
    }
}
