package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DedupeTest {
    private static final long S = 1_000_000;
    /** An ordinary now, in microseconds since 1970. */
    private static final long T0 = 1_760_000_000 * S;

    private StageHarness<Thing> harness;

    @Test
    void shouldKeepTheFirstEventOfEachKey() {
        open(upTo(10));

        assertThat(give(1, 0)).isEqualTo(PASSED);
        assertThat(give(2, 0)).isEqualTo(PASSED);
        assertThat(give(1, 0)).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("repeat");
        assertThat(harness.dropped("repeat")).isEqualTo(1);
        assertThat(harness.counter("keys")).isEqualTo(2);
    }

    @Test
    void shouldDropARepeatJustInsideTheWindow() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);

        assertThat(harness.give(Thing.of(1), T0 + 10 * S - 1)).isEqualTo(DROPPED);
    }

    @Test
    void shouldPassAnEventExactlyAtTheWindow() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);

        assertThat(give(1, 10)).isEqualTo(PASSED);
    }

    @Test
    void shouldTakeAnEventThatPassedAfterTheWindowForTheNewFirst() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);
        give(1, 10);

        assertThat(give(1, 19)).isEqualTo(DROPPED);
        assertThat(give(1, 20)).isEqualTo(PASSED);
    }

    @Test
    void shouldNotLetARepeatExtendTheWindow() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);
        give(1, 9);

        assertThat(give(1, 10)).isEqualTo(PASSED);
    }

    @Test
    void shouldLetARepeatExtendTheWindowWhenRefreshing() {
        open(within(ofSeconds(10)).upTo(10).refreshing());
        give(1, 0);
        give(1, 9);

        assertThat(give(1, 18)).isEqualTo(DROPPED);
        assertThat(give(1, 28)).isEqualTo(PASSED);
    }

    @Test
    void shouldNotLetAnEarlierRepeatShortenTheWindowWhenRefreshing() {
        open(within(ofSeconds(10)).upTo(10).refreshing());
        give(1, 8);
        give(1, 0);

        assertThat(give(1, 17)).isEqualTo(DROPPED);
    }

    @Test
    void shouldDropAnEarlierRepeatThatComesAfterTheFirst() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 5);

        assertThat(give(1, 0)).isEqualTo(DROPPED);
    }

    @Test
    void shouldPassAndNotRememberAnEventThatIsEarlierByTheWindow() {
        open(within(ofSeconds(10)).upTo(10).allowedLateness(ofSeconds(60)));
        give(1, 30);

        assertThat(give(1, 20)).isEqualTo(PASSED);
        assertThat(give(1, 20)).isEqualTo(PASSED);
        assertThat(give(1, 39)).isEqualTo(DROPPED);
        assertThat(harness.counter("late")).isZero();
    }

    @Test
    void shouldPassCountAndNotRememberALateEvent() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 30);

        assertThat(give(2, 20)).isEqualTo(PASSED);
        assertThat(harness.counter("late")).isZero();
        assertThat(harness.give(Thing.of(3), T0 + 20 * S - 1)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(3), T0 + 20 * S - 1)).isEqualTo(PASSED);
        assertThat(harness.counter("late")).isEqualTo(2);
        assertThat(harness.counter("keys")).isEqualTo(2);
    }

    @Test
    void shouldPassALateEventEvenOfAKeyThatItStillRemembers() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);
        give(2, 11);

        assertThat(give(1, 0)).isEqualTo(PASSED);
        assertThat(harness.counter("late")).isEqualTo(1);
    }

    @Test
    void shouldMoveTheHorizonByTheAllowedLateness() {
        open(within(ofSeconds(10)).upTo(10).allowedLateness(ofSeconds(5)).late(orDrop()));
        give(1, 30);

        assertThat(give(2, 15)).isEqualTo(PASSED);
        assertThat(give(2, 14)).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("late");
        assertThat(harness.dropped("late")).isEqualTo(1);
    }

    @Test
    void shouldSayWhyALateEventIsADeadLetter() {
        open(within(ofSeconds(10)).upTo(10).late(orDeadLetter()));
        give(1, 30);

        assertThat(give(2, 19)).isEqualTo(DEAD);
        assertThat(harness.reason())
                .isEqualTo("The event's time is more than 10 s, the window and the lateness that the stage \"once\""
                        + " allows, behind the highest it has seen.");
        assertThat(harness.counter("late")).isEqualTo(1);
    }

    @Test
    void shouldNotLetOneEventFromTheYear3000SwitchDedupeOff() {
        open(within(ofSeconds(10)).upTo(10));
        give(1, 0);

        assertThat(harness.give(Thing.of(2), 32_503_680_000L * S, T0)).isEqualTo(DEAD);
        assertThat(harness.reason())
                .isEqualTo("The event's time is further ahead of the log's than 5 min, the skew that the stage \"once\""
                        + " allows.");
        assertThat(give(1, 1)).isEqualTo(DROPPED);
        assertThat(harness.counter("late")).isZero();
    }

    @Test
    void shouldAllowAnEventToBeAheadOfTheLogByExactlyTheSkew() {
        open(within(ofSeconds(10)).upTo(10).skew(ofSeconds(3)));

        assertThat(harness.give(Thing.of(1), T0 + 3 * S, T0)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(2), T0 + 3 * S + 1, T0)).isEqualTo(DEAD);
    }

    @Test
    void shouldEvictTheKeyFirstSeenLongestAgoInLogOrderAndCountIt() {
        open(within(ofSeconds(10)).upTo(2));
        give(1, 5);
        give(2, 0);
        give(3, 5);

        assertThat(harness.counter("evicted_early")).isEqualTo(1);
        assertThat(give(2, 5)).isEqualTo(DROPPED);
        assertThat(give(1, 5)).isEqualTo(PASSED);
    }

    @Test
    void shouldKeepAKeyUntilItIsEvictedWhereThereIsNoWindow() {
        open(upTo(2));
        give(1, 0);
        give(2, 0);

        assertThat(give(1, 1_000_000)).isEqualTo(DROPPED);
        assertThat(give(3, 1_000_000)).isEqualTo(PASSED);
        assertThat(give(1, 1_000_000)).isEqualTo(PASSED);
        assertThat(harness.counter("evicted_early")).isEqualTo(2);
    }

    @Test
    void shouldSaveARefreshedKeyFromBeingTheNextToGo() {
        open(upTo(2).refreshing());
        give(1, 0);
        give(2, 0);
        give(1, 0);
        give(3, 0);

        assertThat(give(1, 0)).isEqualTo(DROPPED);
        assertThat(give(2, 0)).isEqualTo(PASSED);
    }

    @Test
    void shouldMoveANewFirstToTheYoungEnd() {
        open(within(ofSeconds(10)).upTo(2));
        give(1, 0);
        give(2, 5);
        give(1, 10);
        give(3, 10);

        assertThat(give(1, 10)).isEqualTo(DROPPED);
        assertThat(give(2, 10)).isEqualTo(PASSED);
    }

    @Test
    void shouldTellHowFullItIsAndHowOldItsOldestKeyIs() {
        open(within(ofSeconds(10)).upTo(4));

        give(1, 0);
        assertThat(harness.counter("fill_percent")).isEqualTo(25);
        assertThat(harness.counter("oldest_age_us")).isZero();

        give(2, 3);
        give(2, 4);
        assertThat(harness.counter("fill_percent")).isEqualTo(50);
        assertThat(harness.counter("oldest_age_us")).isEqualTo(4_000_000);

        give(3, 25);
        assertThat(harness.counter("keys")).isEqualTo(1);
        assertThat(harness.counter("fill_percent")).isEqualTo(25);
        assertThat(harness.counter("oldest_age_us")).isZero();
    }

    @Test
    void shouldForgetExpiredKeysAFewAtATimeWithoutCountingThem() {
        open(within(ofSeconds(10)).upTo(100));
        for (int i = 0; i < 50; i++) {
            give(i, 0);
        }

        give(100, 20);
        assertThat(harness.counter("keys")).isEqualTo(49);
        for (int i = 1; i < 25; i++) {
            give(100, 20);
        }
        assertThat(harness.counter("keys")).isEqualTo(1);
        assertThat(harness.counter("evicted_early")).isZero();
    }

    @Test
    void shouldKeepAKeyAsLongAsAnEventThatIsNotLateCanRepeatIt() {
        open(within(ofSeconds(10)).upTo(100));
        give(1, 0);
        harness.give(Thing.of(2), T0 + 20 * S - 1);

        assertThat(harness.give(Thing.of(1), T0 + 10 * S - 1)).isEqualTo(DROPPED);
    }

    @Test
    void shouldPassAndCountAnEventWithoutAKey() {
        harness = StageHarness.of(byText(upTo(10)));

        assertThat(harness.give(Thing.of(""))).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(""))).isEqualTo(PASSED);
        assertThat(harness.counter("keyless")).isEqualTo(2);
        assertThat(harness.counter("keys")).isZero();
    }

    @Test
    void shouldDropOrBuryAnEventWithoutAKeyAsTheUserChose() {
        harness = StageHarness.of(byText(upTo(10).keyless(orDrop())));
        assertThat(harness.give(Thing.of(""))).isEqualTo(DROPPED);
        assertThat(harness.dropped("keyless")).isEqualTo(1);

        harness = StageHarness.of(byText(within(ofSeconds(1)).upTo(10).keyless(orDeadLetter())));
        assertThat(harness.give(Thing.of(""))).isEqualTo(DEAD);
        assertThat(harness.reason())
                .isEqualTo("The event has no key for the stage \"once\": each field of its key is empty.");
        assertThat(harness.counter("keyless")).isEqualTo(1);
    }

    @Test
    void shouldTakeANumberForAKeyWhateverItIs() {
        open(upTo(10));

        assertThat(give(0, 0)).isEqualTo(PASSED);
        assertThat(give(0, 0)).isEqualTo(DROPPED);
    }

    @Test
    void shouldLeaveItsStateUntouchedWhenTheUsersFunctionThrows() throws IOException {
        harness = StageHarness.of(
                dedupe("once", thing -> 10 / thing.id, within(ofSeconds(10)).upTo(10)));
        give(1, 0);
        final byte[] before = harness.save();

        assertThat(give(0, 1)).isEqualTo(DEAD);
        assertThat(harness.reason()).contains("ArithmeticException");
        assertThat(harness.save()).isEqualTo(before);
    }

    @Test
    void shouldSayWhatItIs() {
        final Stage<Thing> byText = byText(within(ofSeconds(1800)).upTo(1_000_000));

        assertThat(byText.describe()).isEqualTo("dedupe by a key of fields, within 30 min, up to 1,000,000 keys");
        assertThat(byText.scope()).isEqualTo(Stage.Scope.KEYED);
        assertThat(dedupe("once", (Thing thing) -> thing.id, upTo(1).refreshing())
                        .describe())
                .isEqualTo("dedupe by a number, up to 1 key, refreshing");
    }

    /** Places for three quarters as many gaps as keys and 128, down to whole words of bits for them; and lines for five keys each. */
    @Test
    void shouldTellItsMemoryBeforeItTakesIt() {
        assertThat(dedupe("once", (Thing thing) -> thing.id, upTo(1_000_000)).stateBytes())
                .isEqualTo(1_750_080 * 16 + 1_750_080 / 8 + 200_001 * 64);
        final long largest = (1 << 28) + (1 << 27) + (1 << 26) + 128;
        assertThat(byText(upTo(Limits.MAX_CAPACITY)).stateBytes())
                .isEqualTo(largest * 24 + largest / 8 + (Integer.MAX_VALUE / 64 - 1L) * 64);
        assertThat(dedupe("once", (Thing thing) -> thing.id, upTo(1_000_000).refreshing())
                        .stateBytes())
                .isEqualTo(KeyMemory.bytesFor(1_000_000, false, 1));
    }

    private void open(final Retention retention) {
        harness = StageHarness.of(dedupe("once", thing -> thing.id, retention));
    }

    private Outcome give(final long id, final long seconds) {
        return harness.give(Thing.of(id), T0 + seconds * S);
    }

    private static Stage<Thing> byText(final Retention retention) {
        return dedupe("once", (thing, key) -> key.add(thing.text), retention);
    }
}
