package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NamesIdleTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final NamesIdle idle = new NamesIdle();

    @Test
    void shouldAnswerAStartAtOnceAndThenWithinTwentyMilliseconds() {
        assertThat(idle.nextSleepNs()).isLessThan(MS);
        long lastNs = 0;
        for (long sleptNs = 0; sleptNs < 3_000 * MS; sleptNs += lastNs) {
            lastNs = idle.nextSleepNs();
            assertThat(lastNs).isLessThanOrEqualTo(20 * MS);
        }
    }

    @Test
    void shouldSleepLongOnceThereWasNothingForSeconds() {
        long sleptNs = 0;
        while (sleptNs < 6_000 * MS) {
            sleptNs += idle.nextSleepNs();
        }

        assertThat(idle.nextSleepNs()).isEqualTo(200 * MS);
    }

    @Test
    void shouldBeAwakeAgainAfterWork() {
        for (int i = 0; i < 1_000; i++) {
            idle.nextSleepNs();
        }

        idle.idle(1);

        assertThat(idle.nextSleepNs()).isLessThan(MS);
    }
}
