package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.perHour;
import static io.pinion.operators.Operators.perMinute;
import static io.pinion.operators.Operators.perSecond;
import static io.pinion.operators.Operators.rateLimit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final long SECOND_US = 1_000_000;
    private static final int PERIOD_AT = 1;
    private static final int FIRST_PARTS_AT = PERIOD_AT + Long.BYTES + Integer.BYTES + Long.BYTES;

    @Test
    void shouldPassABurstAndThenAsManyAsTheRate() {
        final StageHarness<Thing> harness =
                StageHarness.of(of(perSecond(2).burst(3).upTo(10)));

        assertThat(passed(harness, 1, 0, 10)).isEqualTo(3);
        assertThat(passed(harness, 1, SECOND_US / 2 - 1, 10)).isZero();
        assertThat(passed(harness, 1, SECOND_US / 2, 10)).isEqualTo(1);
        assertThat(passed(harness, 1, SECOND_US, 10)).isEqualTo(1);
        assertThat(passed(harness, 1, 10 * SECOND_US, 10)).isEqualTo(3);
        assertThat(harness.dropped("limited")).isEqualTo(7 + 10 + 9 + 9 + 7);
    }

    @Test
    void shouldLimitEachKeyByItself() {
        final StageHarness<Thing> harness = StageHarness.of(of(perSecond(1).upTo(10)));

        assertThat(passed(harness, 1, 0, 5)).isEqualTo(1);
        assertThat(passed(harness, 2, 0, 5)).isEqualTo(1);
        assertThat(harness.counter("keys")).isEqualTo(2);
    }

    @Test
    void shouldNotDriftOverManyEvents() {
        final StageHarness<Thing> harness =
                StageHarness.of(of(perSecond(3).burst(1).upTo(1)));
        int passed = 0;
        for (long us = 0; us <= 1_000 * SECOND_US; us += 997) {
            passed += passed(harness, 1, us, 1);
        }

        assertThat(passed).isBetween(2_990, 3_001);
    }

    @Test
    void shouldCountAnEvictedBucketOnlyWhenItWasNotFull() {
        final StageHarness<Thing> harness = StageHarness.of(of(perSecond(1).upTo(2)));
        passed(harness, 1, 0, 1);
        passed(harness, 2, 0, 1);
        passed(harness, 1, 0, 1); // dropped, and yet a use: 2 was used longest ago

        assertThat(passed(harness, 3, SECOND_US / 2, 1)).isEqualTo(1);
        assertThat(harness.counter("evicted_early")).isEqualTo(1);
        assertThat(passed(harness, 1, SECOND_US / 2, 1)).isZero();
        assertThat(passed(harness, 4, 10 * SECOND_US, 1)).isEqualTo(1);
        assertThat(harness.counter("evicted_early")).isEqualTo(1);
        assertThat(harness.counter("keys")).isEqualTo(1);
    }

    @Test
    void shouldDoWithAnEventWithoutAKeyWhatWasChosen() {
        final StageHarness<Thing> passing = StageHarness.of(rateLimit(
                "calm", (thing, key) -> key.add(thing.text), perSecond(1).upTo(1)));
        final StageHarness<Thing> dying = StageHarness.of(rateLimit(
                "calm",
                (thing, key) -> key.add(thing.text),
                perSecond(1).upTo(1).keyless(orDeadLetter())));

        assertThat(passing.give(Thing.of(""))).isEqualTo(PASSED);
        assertThat(passing.give(Thing.of(""))).isEqualTo(PASSED);
        assertThat(passing.counter("keyless")).isEqualTo(2);
        assertThat(dying.give(Thing.of(""))).isEqualTo(DEAD);
        assertThat(dying.reason())
                .isEqualTo("The event has no key for the stage \"calm\": each field of its key is empty.");
    }

    @Test
    void shouldStillLimitAfterARestart() throws IOException {
        final StageHarness<Thing> before = StageHarness.of(of(perSecond(1).upTo(10)));
        passed(before, 1, 0, 1);
        final StageHarness<Thing> after =
                StageHarness.of(of(perSecond(1).upTo(10))).restore(before.save());

        assertThat(passed(after, 1, SECOND_US - 1, 1)).isZero();
        assertThat(passed(after, 1, SECOND_US, 1)).isEqualTo(1);
    }

    @Test
    void shouldSaveInTheOrderOfUseWhateverPlacesItsRecordsHave() throws IOException {
        final byte[] afterEvictions = saved(perSecond(1).upTo(3), 7, 8, 9, 1, 2, 3);

        assertThat(afterEvictions)
                .isEqualTo(saved(perSecond(1).upTo(3), 1, 2, 3))
                .isNotEqualTo(saved(perSecond(1).upTo(3), 3, 2, 1));
    }

    @Test
    void shouldKeepTheTokensOfABucketWhenTheRateChanges() throws IOException {
        final byte[] threeLeft = saved(perSecond(5).upTo(9), 1, 1);

        assertThat(passedAfterRestart(perMinute(6).burst(100).upTo(9), threeLeft))
                .isEqualTo(3);
        assertThat(passedAfterRestart(perSecond(5).burst(2).upTo(9), threeLeft)).isEqualTo(2);
        assertThat(passedAfterRestart(perHour(1_000_000_000).upTo(9), threeLeft))
                .isEqualTo(3);
        final byte[] ofHours = saved(perHour(1_000_000_000).upTo(9), 1);
        assertThat(passedAfterRestart(perSecond(1).burst(7).upTo(9), ofHours)).isEqualTo(7);
    }

    @Test
    void shouldRestoreIntoALargerCapacityAndRefuseASmallerOne() throws IOException {
        final byte[] state = saved(perSecond(1).upTo(3), 1, 2, 3);

        assertThat(StageHarness.of(of(perSecond(1).upTo(5))).restore(state).counter("keys"))
                .isEqualTo(3);
        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(of(perSecond(1).upTo(2))).restore(state))
                .withMessage("The saved state has 3 keys, and there is room for 2: raise upTo(…).");
    }

    @Test
    void shouldRefuseStateThatIsNotItsOwn() throws IOException {
        final byte[] state = saved(perSecond(1).upTo(3), 1, 2);
        final Stage<Thing> byText = rateLimit(
                "calm", (thing, key) -> key.add(thing.text), perSecond(1).upTo(3));

        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(byText).restore(state))
                .withMessageContaining("its saved state by another kind");
        assertThatIOException()
                .isThrownBy(() -> restore(Arrays.copyOf(state, state.length - 1)))
                .isInstanceOf(EOFException.class);
        assertThatIOException()
                .isThrownBy(() -> restore(with(state, PERIOD_AT, 0)))
                .withMessageContaining("is of a rate per 0 µs");
        assertThatIOException()
                .isThrownBy(() -> restore(with(state, FIRST_PARTS_AT, -1)))
                .withMessageContaining("has a bucket with -1 parts of a token");
        final Stage<Thing> stage = of(perSecond(1).upTo(3));
        StageHarness.of(stage);
        assertThatIOException()
                .isThrownBy(() -> stage.restore(new DataInputStream(new ByteArrayInputStream(state)), 2))
                .withMessage("The stage \"calm\" reads state of version 1, and this is of version 2.");
    }

    @Test
    void shouldRefuseARateOutOfBounds() {
        assertRefused(() -> perSecond(0), "perSecond(0) is not possible: use 1 to 1,000,000,000.");
        assertRefused(() -> perMinute(-1), "perMinute(-1) is not possible: use 1 to 1,000,000,000.");
        assertRefused(() -> perHour(1_000_000_001), "perHour(1,000,000,001) is not possible: use 1 to 1,000,000,000.");
        assertRefused(() -> perSecond(1).burst(0), "burst(0) is not possible: use 1 to 1,000,000,000.");
        assertRefused(() -> perSecond(1).upTo(0), "upTo(0) is not possible: use 1 to 268,435,456.");
    }

    @Test
    void shouldTellItsRateAndItsMemory() {
        final Stage<Thing> stage = of(perMinute(1_000).burst(20).upTo(1_024));

        assertThat(stage.describe())
                .isEqualTo("limit the rate by a number to 1,000 a minute, burst 20, up to 1,024 keys");
        assertThat(stage.stateBytes()).isEqualTo(1_024 * 32 + 4_096 * 4);
        assertThat(stage.scope()).isEqualTo(Stage.Scope.KEYED);
        assertThat(of(perSecond(7).upTo(1)).describe()).contains("7 a second, burst 7, up to 1 key");
    }

    private static Stage<Thing> of(final Rate.Limited limit) {
        return rateLimit("calm", thing -> thing.id, limit);
    }

    /** How many of so many events of a key pass at a time. */
    private static int passed(final StageHarness<Thing> harness, final long key, final long atUs, final int events) {
        int passed = 0;
        for (int i = 0; i < events; i++) {
            if (harness.give(Thing.of(key), atUs) == PASSED) {
                passed++;
            } else {
                assertThat(harness.reason()).isEqualTo("limited");
            }
        }
        return passed;
    }

    private static byte[] saved(final Rate.Limited limit, final long... keys) throws IOException {
        final StageHarness<Thing> harness = StageHarness.of(of(limit));
        for (final long key : keys) {
            assertThat(harness.give(Thing.of(key), 0)).isNotEqualTo(DROPPED);
        }
        return harness.save();
    }

    private static int passedAfterRestart(final Rate.Limited limit, final byte[] state) throws IOException {
        return passed(StageHarness.of(of(limit)).restore(state), 1, 0, 10);
    }

    private static void restore(final byte[] state) throws IOException {
        StageHarness.of(of(perSecond(1).upTo(3))).restore(state);
    }

    private static byte[] with(final byte[] state, final int at, final long value) {
        final byte[] changed = state.clone();
        ByteBuffer.wrap(changed).putLong(at, value);
        return changed;
    }

    private static void assertRefused(final ThrowingCallable option, final String sentence) {
        assertThatExceptionOfType(GraphException.class).isThrownBy(option).withMessage(sentence);
    }
}
