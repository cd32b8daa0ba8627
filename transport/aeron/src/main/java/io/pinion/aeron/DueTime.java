package io.pinion.aeron;

/**
 * When an event was due to be sent, in nanoseconds since 1970, as it lies in the reserved value of each frame's header.
 * Other programs leave that 0 or keep something else there, such as a checksum.
 */
final class DueTime {
    static final long UNKNOWN = 0;

    /** September 2001 and October 2096: outside, it is something else. */
    private static final long EARLIEST_NS = 1_000_000_000_000_000_000L;

    private static final long LATEST_NS = 4_000_000_000_000_000_000L;

    private DueTime() {}

    static long of(final long reservedValue) {
        return reservedValue >= EARLIEST_NS && reservedValue <= LATEST_NS ? reservedValue : UNKNOWN;
    }
}
