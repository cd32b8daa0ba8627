package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WallClockTest {
    @Test
    void shouldTellTheWallClocksTimeBetweenTwoReadingsOfThat() {
        final WallClock clock = new WallClock();
        final long slackNs = TimeUnit.MILLISECONDS.toNanos(1);
        for (int i = 0; i < 1_000; i++) {
            final long before = epochNs();
            final long time = clock.nanoTime();
            final long after = epochNs();
            assertThat(time).isBetween(before - slackNs, after + slackNs);
        }
    }

    @Test
    void shouldAgreeWithAnotherClockThatWasMadeElsewhere() {
        // Made apart, as in two processes; the narrowest difference of many readings has no scheduler in it.
        final WallClock one = new WallClock();
        final WallClock other = new WallClock();
        long narrowestNs = Long.MAX_VALUE;
        for (int i = 0; i < 10_000; i++) {
            narrowestNs = Math.min(narrowestNs, Math.abs(other.nanoTime() - one.nanoTime()));
        }
        assertThat(narrowestNs).isLessThan(TimeUnit.MICROSECONDS.toNanos(50));
    }

    private static long epochNs() {
        final Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
