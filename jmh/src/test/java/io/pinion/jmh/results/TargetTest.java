package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.results.Target.Outcome;
import io.pinion.jmh.results.Target.Sense;
import org.junit.jupiter.api.Test;

class TargetTest {
    private final Results results = new Results();

    @Test
    void shouldHoldExactlyAtItsBound() {
        results.add("a", 2);

        assertThat(target(Sense.AT_MOST, 2).judge(results).outcome()).isEqualTo(Outcome.HOLDS);
        assertThat(target(Sense.AT_LEAST, 2).judge(results).outcome()).isEqualTo(Outcome.HOLDS);
    }

    @Test
    void shouldBeMissedOnTheWrongSideOfItsBound() {
        results.add("a", 2);

        assertThat(target(Sense.AT_MOST, 1.99).judge(results).outcome()).isEqualTo(Outcome.MISSED);
        assertThat(target(Sense.AT_LEAST, 2.01).judge(results).outcome()).isEqualTo(Outcome.MISSED);
    }

    @Test
    void shouldSayThatItWasNotMeasured() {
        assertThat(target(Sense.AT_MOST, 1).judge(results).outcome()).isEqualTo(Outcome.NOT_MEASURED);
        assertThat(target(Sense.AT_MOST, 1).judge(results).valueText()).isEqualTo("–");
    }

    @Test
    void shouldNotHoldBecauseOfWhatIsNoNumber() {
        results.add("a", Double.NaN);

        assertThat(target(Sense.AT_MOST, 1).judge(results).outcome()).isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void shouldTellValueAndBoundForPeople() {
        results.add("a", 1.234);

        assertThat(target(Sense.AT_MOST, 1.25).boundText()).isEqualTo("≤ 1.25 ×");
        assertThat(target(Sense.AT_MOST, 1.25).judge(results).valueText()).isEqualTo("1.23 ×");
    }

    private static Target target(final Sense sense, final double bound) {
        return new Target("part", "name", results -> results.median("a"), sense, bound, "×");
    }
}
