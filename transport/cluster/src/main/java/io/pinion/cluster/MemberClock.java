package io.pinion.cluster;

import io.aeron.cluster.service.ClusterClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time that a leader gives to what it puts on the log, and that a member times elections and sessions by: microseconds
 * since 1970, read from the wall clock once, and carried on by a clock that never goes back. It draws near to the wall clock
 * again by at most 500 µs a second, so that a wall clock that is set ends no session and elects nobody.
 *
 * <p>Any thread.
 */
final class MemberClock implements ClusterClock {
    private static final long COMPARE_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    /** 1 / 2000: 500 parts in a million. */
    private static final long SLEW_DIVISOR = 2_000;

    private final LongSupplier nanoTime;
    private final LongSupplier wallUs;
    private long comparedNs;
    private long comparedUs;
    private long lastUs;

    MemberClock() {
        this(System::nanoTime, MemberClock::wallClockUs);
    }

    MemberClock(final LongSupplier nanoTime, final LongSupplier wallUs) {
        this.nanoTime = nanoTime;
        this.wallUs = wallUs;
        comparedNs = nanoTime.getAsLong();
        comparedUs = wallUs.getAsLong();
        lastUs = comparedUs;
    }

    private static long wallClockUs() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
    }

    @Override
    public TimeUnit timeUnit() {
        return TimeUnit.MICROSECONDS;
    }

    @Override
    public synchronized long time() {
        final long elapsedNs = nanoTime.getAsLong() - comparedNs;
        long nowUs = comparedUs + elapsedNs / 1_000;
        if (elapsedNs >= COMPARE_EVERY_NS) {
            final long mostUs = elapsedNs / 1_000 / SLEW_DIVISOR;
            nowUs += Math.max(-mostUs, Math.min(mostUs, wallUs.getAsLong() - nowUs));
            comparedUs = nowUs;
            comparedNs += elapsedNs;
        }
        lastUs = Math.max(lastUs, nowUs);
        return lastUs;
    }
}
