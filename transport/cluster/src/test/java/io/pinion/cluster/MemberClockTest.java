package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemberClockTest {
    private static final long SECOND_NS = 1_000_000_000;
    private static final long SECOND_US = 1_000_000;

    private long nanoTime = 5;
    private long wallUs = 1_000_000_000_000L;
    private final MemberClock clock = new MemberClock(() -> nanoTime, () -> wallUs);

    private void pass(final long seconds) {
        for (long i = 0; i < seconds; i++) {
            nanoTime += SECOND_NS;
            wallUs += SECOND_US;
            clock.time();
        }
    }

    @Test
    void shouldTellTheWallClocksMicroseconds() {
        pass(3);
        assertThat(clock.time()).isEqualTo(1_000_003_000_000L);
    }

    @Test
    void shouldGoOnAsBeforeWhenTheWallClockIsSetBackAndDrawNearToItSlowly() {
        wallUs -= 3_600 * SECOND_US;
        final long before = clock.time();
        pass(1);
        assertThat(clock.time() - before).isEqualTo(SECOND_US - 500);
        pass(10);
        assertThat(clock.time() - before).isEqualTo(11 * (SECOND_US - 500));
    }

    @Test
    void shouldDrawNearToAWallClockThatWasSetForward() {
        wallUs += 700;
        pass(1);
        assertThat(wallUs - clock.time()).isEqualTo(200);
        pass(1);
        assertThat(wallUs - clock.time()).isZero();
    }

    @Test
    void shouldNeverGoBack() {
        final long before = clock.time();
        nanoTime -= SECOND_NS;
        assertThat(clock.time()).isEqualTo(before);
    }
}
