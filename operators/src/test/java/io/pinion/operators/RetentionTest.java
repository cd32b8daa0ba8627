package io.pinion.operators;

import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RetentionTest {
    @Test
    void shouldRefuseACapacityOutOfBounds() {
        assertRefused(() -> upTo(0), "upTo(0) is not possible: use 1 to 268,435,456.");
        assertRefused(() -> upTo(-5), "upTo(-5) is not possible: use 1 to 268,435,456.");
        assertRefused(
                () -> within(ofSeconds(1)).upTo(268_435_457),
                "upTo(268,435,457) is not possible: use 1 to 268,435,456.");
        assertThat(upTo(268_435_456).options().capacity()).isEqualTo(268_435_456);
    }

    @Test
    void shouldRefuseAWindowOutOfBounds() {
        final String would = " is not possible: use whole microseconds, from 1 µs to 36525 days.";
        assertRefused(() -> within(ZERO), "within(PT0S)" + would);
        assertRefused(() -> within(ofSeconds(-1)), "within(PT-1S)" + would);
        assertRefused(() -> within(ofNanos(1_500)), "within(PT0.0000015S)" + would);
        assertRefused(() -> within(ofDays(36_526)), "within(PT876624H)" + would);
        assertRefused(
                () -> within(Duration.ofSeconds(Long.MAX_VALUE)), "within(" + ofSeconds(Long.MAX_VALUE) + ")" + would);
        assertThat(within(ofNanos(1_000)).upTo(1).options().windowUs()).isEqualTo(1);
        assertThat(within(ofDays(36_525)).upTo(1).options().windowUs()).isEqualTo(3_155_760_000_000_000L);
    }

    @Test
    void shouldRefuseLatenessAndSkewOutOfBounds() {
        final Window window = within(ofSeconds(1)).upTo(1);
        final String would = " is not possible: use whole microseconds, from 0 µs to 36525 days.";
        assertRefused(() -> window.allowedLateness(ofMillis(-1)), "allowedLateness(PT-0.001S)" + would);
        assertRefused(() -> window.skew(ofDays(40_000)), "skew(PT960000H)" + would);
        assertThat(window.allowedLateness(ZERO).skew(ZERO).options().skewUs()).isZero();
    }

    @Test
    void shouldHaveTheDefaultsThatItsDocumentationTells() {
        assertThat(within(ofSeconds(1)).upTo(7).options())
                .isEqualTo(new Retention.Options(7, 1_000_000, 0, 300_000_000, Otherwise.PASS, Otherwise.PASS, false));
    }

    @Test
    void shouldLeaveOneRetentionAsItWasWhenMakingAnother() {
        final Window window = within(ofSeconds(1)).upTo(7);
        final Retention.Options before = window.options();
        window.allowedLateness(ofSeconds(1))
                .skew(ofSeconds(1))
                .late(Otherwise.DROP)
                .keyless(Otherwise.DROP);
        window.refreshing();

        assertThat(window.options()).isEqualTo(before);
    }

    @Test
    void shouldTellDurationsInTheLargestUnitWithoutAFraction() {
        assertThat(Limits.duration(ofMinutes(10).toSeconds() * 1_000_000)).isEqualTo("10 min");
        assertThat(Limits.duration(ofMinutes(90).toSeconds() * 1_000_000)).isEqualTo("90 min");
        assertThat(Limits.duration(ofHours(48).toSeconds() * 1_000_000)).isEqualTo("2 d");
        assertThat(Limits.duration(1_500_000)).isEqualTo("1500 ms");
        assertThat(Limits.duration(7)).isEqualTo("7 µs");
        assertThat(Limits.duration(0)).isEqualTo("0 s");
    }

    private static void assertRefused(final ThrowingCallable option, final String sentence) {
        assertThatExceptionOfType(GraphException.class).isThrownBy(option).withMessage(sentence);
    }
}
