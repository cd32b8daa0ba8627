package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConfirmPaceTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ConfirmPace pace = new ConfirmPace(2);
    private final long nowNs = Long.MAX_VALUE - MS;

    @Test
    void shouldSayTheFirstAtOnceAndALittleMoreEachHundredMilliseconds() {
        assertThat(pace.isDue(0, 1, nowNs)).isTrue();
        pace.sent(0, 1, nowNs);
        assertThat(pace.isDue(0, 64, nowNs + 100 * MS - 1)).isFalse();
        assertThat(pace.isSent(0, 64)).isFalse();
        assertThat(pace.isDue(0, 2, nowNs + 100 * MS)).isTrue();
    }

    @Test
    void shouldSaySixtyFourMoreEachTenMilliseconds() {
        pace.sent(0, 1, nowNs);
        assertThat(pace.isDue(0, 65, nowNs + 10 * MS - 1)).isFalse();
        assertThat(pace.isSent(0, 65)).isFalse();
        assertThat(pace.isDue(0, 65, nowNs + 10 * MS)).isTrue();
    }

    @Test
    void shouldNotSayTheSameAgainForTenSeconds() {
        pace.sent(0, 5, nowNs);
        assertThat(pace.isDue(0, 5, nowNs + 9_999 * MS)).isFalse();
        assertThat(pace.isSent(0, 5)).isTrue();
        assertThat(pace.isDue(0, 5, nowNs + 10_000 * MS)).isTrue();
    }

    @Test
    void shouldKeepRoutesApart() {
        pace.sent(0, 5, nowNs);
        assertThat(pace.isDue(1, 3, nowNs)).isTrue();
    }

    @Test
    void shouldSayAllAgainWhenItMayNotHaveArrived() {
        pace.sent(0, 5, nowNs);
        pace.reset();
        assertThat(pace.isDue(0, 5, nowNs)).isTrue();
        assertThat(pace.isSent(0, 5)).isFalse();
    }
}
