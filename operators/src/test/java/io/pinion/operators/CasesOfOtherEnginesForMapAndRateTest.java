package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.map;
import static io.pinion.operators.Operators.perMinute;
import static io.pinion.operators.Operators.rateLimit;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.StageHarness;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** As {@link CasesOfOtherEnginesTest}, of what changes events and what limits them. */
class CasesOfOtherEnginesForMapAndRateTest {
    @Test
    @DisplayName("P26 beam nexmark SqlQuery1Test testConvertsPriceToEur")
    void shouldConvertAPriceInPlace() {
        final StageHarness<Thing> harness = StageHarness.of(map("eur", bid -> bid.value = bid.value * 89 / 100));
        final Thing[] bids = {Thing.of(1).value(100), Thing.of(2).value(500)};
        for (final Thing bid : bids) {
            assertThat(harness.give(bid)).isEqualTo(PASSED);
        }

        assertThat(Arrays.stream(bids).map(bid -> bid.value)).containsExactly(89L, 445L);
    }

    @Test
    @DisplayName(
            "P34 benthos internal/impl/pure/processor_switch_test.go TestSwitchCases, a case falling through in map")
    void shouldChangeEachByItsCaseAndKeepTheOrder() {
        final StageHarness<Thing> harness =
                StageHarness.of(map("switch", CasesOfOtherEnginesForMapAndRateTest::firstOrSecondAndThird));

        assertThat(Stream.of("A", "B", "C", "D", "B", "C", "A").map(text -> {
                    final Thing thing = Thing.of(text);
                    harness.give(thing);
                    return thing.text.toString();
                }))
                .containsExactly("0:A", "2:1:B", "2:C", "D", "2:1:B", "2:C", "0:A");
    }

    private static void firstOrSecondAndThird(final Thing thing) {
        switch (thing.text.toString()) {
            case "A" -> thing.text.set("0:A");
            case "B" -> thing.text.set("2:1:B");
            case "C" -> thing.text.set("2:C");
            default -> {
                // It stays as it is.
            }
        }
    }

    /** Two in five seconds, as 24 a minute. */
    @Test
    @DisplayName("vector src/transforms/throttle/transform.rs throttle_events")
    void shouldLetThroughWhatTheWindowAllowsAndMoreWhenItHasPassed() {
        final StageHarness<Thing> harness = StageHarness.of(
                rateLimit("calm", thing -> 0, perMinute(24).burst(2).upTo(1)));

        assertThat(harness.give(new Thing(), 0)).isEqualTo(PASSED);
        assertThat(harness.give(new Thing(), 0)).isEqualTo(PASSED);
        assertThat(harness.give(new Thing(), 2_000_000)).isEqualTo(DROPPED);
        assertThat(harness.give(new Thing(), 5_000_000)).isEqualTo(PASSED);
    }

    /** One in five seconds, as 12 a minute. */
    @Test
    @DisplayName("vector src/transforms/throttle/transform.rs throttle_buckets")
    void shouldGiveEachKeyABucketOfItsOwn() {
        final StageHarness<Thing> harness = StageHarness.of(rateLimit(
                "calm",
                (thing, key) -> key.add(thing.text),
                perMinute(12).burst(1).upTo(2)));

        assertThat(harness.give(Thing.of("a"), 0)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of("b"), 0)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of("a"), 0)).isEqualTo(DROPPED);
    }
}
