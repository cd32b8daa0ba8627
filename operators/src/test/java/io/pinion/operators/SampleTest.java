package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.oneIn;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.percent;
import static io.pinion.operators.Operators.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SampleTest {
    private static final int KEYS = 20_000;

    @Property
    void shouldKeepTheKeysWhoseHashIsBelowTheShare(
            @ForAll final long id,
            @ForAll @DoubleRange(min = 0, max = 100) final double percent,
            @ForAll final String salt) {
        final byte[] saltBytes = salt.getBytes(StandardCharsets.UTF_8);
        final SipHash128 saltHash = new SipHash128();
        saltHash.bytes(saltBytes, 0, saltBytes.length);
        final SipHash128 hash = new SipHash128();
        hash.reset(saltHash.lo(), saltHash.hi());
        final byte[] key = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(id)
                .array();
        hash.bytes(key, 0, key.length);
        final BigInteger unsigned = new BigInteger(Long.toUnsignedString(hash.lo())).shiftRight(2);
        final BigInteger limit = new BigDecimal(percent / 100)
                .multiply(new BigDecimal(BigInteger.ONE.shiftLeft(62)))
                .toBigInteger();

        assertThat(StageHarness.of(sample(
                                "some",
                                (Thing thing) -> thing.id,
                                percent(percent).salt(salt)))
                        .give(Thing.of(id)))
                .isEqualTo(unsigned.compareTo(limit) < 0 ? PASSED : DROPPED);
    }

    @Property(tries = 20)
    void shouldKeepAllThatASmallerShareKeeps(
            @ForAll @DoubleRange(min = 0, max = 100) final double one,
            @ForAll @DoubleRange(min = 0, max = 100) final double other) {
        final BitSet smaller = kept(percent(Math.min(one, other)));
        smaller.andNot(kept(percent(Math.max(one, other))));

        assertThat(smaller.isEmpty()).isTrue();
    }

    @Property(tries = 20)
    void shouldKeepAboutItsShare(@ForAll @IntRange(min = 1, max = 100) final int n, @ForAll final String salt) {
        final double expected = KEYS / (double) n;

        assertThat((double) kept(oneIn(n).salt(salt)).cardinality())
                .isCloseTo(expected, within(6 * Math.sqrt(expected) + 1));
    }

    @Test
    void shouldKeepTheSameKeysInEveryVersionAndOnEveryMachine() {
        assertThat(kept(percent(10)).get(0, 100)).hasToString("{9, 12, 36, 40, 42, 56, 62, 73, 83, 97}");
    }

    @Test
    void shouldTakeOneInAHundredAndOnePercentForTheSame() {
        for (final int n : new int[] {1, 2, 4, 5, 10, 20, 50, 100}) {
            assertThat(kept(oneIn(n))).isEqualTo(kept(percent(100.0 / n)));
        }
    }

    @Test
    void shouldKeepAllOrNothingAtTheEnds() {
        assertThat(kept(percent(100)).cardinality()).isEqualTo(KEYS);
        assertThat(kept(oneIn(1)).cardinality()).isEqualTo(KEYS);
        assertThat(kept(percent(0)).isEmpty()).isTrue();
        assertThat(kept(oneIn(Integer.MAX_VALUE)).isEmpty()).isTrue();
    }

    @Test
    void shouldChooseIndependentlyUnderAnotherSalt() {
        final BitSet both = kept(percent(10));
        both.and(kept(percent(10).salt("b")));

        assertThat((double) both.cardinality()).isCloseTo(KEYS / 100.0, within(6 * Math.sqrt(KEYS / 100.0)));
    }

    @Test
    void shouldKeepOrDropAllEventsOfAKeyOfFields() {
        final Stage<Thing> stage =
                sample("some", (thing, key) -> key.add(thing.text).add(thing.id), percent(50));
        final StageHarness<Thing> harness = StageHarness.of(stage);
        int passed = 0;
        for (int id = 0; id < 1_000; id++) {
            final StageHarness.Outcome first = harness.give(Thing.of("anna").value(id));
            assertThat(harness.give(Thing.of("anna").value(id + 1))).isEqualTo(first);
            final Thing bert = Thing.of("bert");
            bert.id = id;
            passed += harness.give(bert) == PASSED ? 1 : 0;
        }
        assertThat(passed).isBetween(400, 600);
        assertThat(stage.describe()).isEqualTo("sample 50.0 % by key");
        assertThat(stage.scope()).isEqualTo(Stage.Scope.STATELESS);
        assertThat(stage.stateBytes()).isZero();
    }

    @Test
    void shouldDoWithAnEventWithoutAKeyWhatWasChosen() {
        final Share none = percent(0).salt("a");
        final StageHarness<Thing> passing = StageHarness.of(sample("s", (thing, key) -> key.add(thing.text), none));
        final StageHarness<Thing> dropping =
                StageHarness.of(sample("s", (thing, key) -> key.add(thing.text), none.keyless(orDrop())));

        assertThat(passing.give(Thing.of(""))).isEqualTo(PASSED);
        assertThat(passing.counter("keyless")).isEqualTo(1);
        assertThat(dropping.give(Thing.of(""))).isEqualTo(DROPPED);
        assertThat(dropping.reason()).isEqualTo("keyless");
        assertThat(dropping.give(Thing.of("a"))).isEqualTo(DROPPED);
        assertThat(dropping.reason()).isEqualTo("not_sampled");
        assertThat(none.describe()).isEqualTo("0.0 % by key, salt \"a\"");
    }

    @Test
    void shouldMakeAnExceptionOfTheKeyADeadLetter() {
        final StageHarness<Thing> harness = StageHarness.of(sample("some", thing -> 1 / thing.id, percent(100)));

        assertThat(harness.give(Thing.of(0))).isEqualTo(DEAD);
        assertThat(harness.give(Thing.of(1))).isEqualTo(PASSED);
    }

    @Test
    void shouldRefuseAShareOutOfBounds() {
        assertRefused(() -> oneIn(0), "oneIn(0) is not possible: use 1 (every key) or more.");
        assertRefused(() -> percent(-0.1), "percent(-0.1) is not possible: use 0 to 100.");
        assertRefused(() -> percent(100.1), "percent(100.1) is not possible: use 0 to 100.");
        assertRefused(() -> percent(Double.NaN), "percent(NaN) is not possible: use 0 to 100.");
    }

    private static void assertRefused(final ThrowingCallable option, final String sentence) {
        assertThatExceptionOfType(GraphException.class).isThrownBy(option).withMessage(sentence);
    }

    private static BitSet kept(final Share share) {
        final StageHarness<Thing> harness = StageHarness.of(sample("some", thing -> thing.id, share));
        final BitSet kept = new BitSet();
        final Thing thing = new Thing();
        for (int id = 0; id < KEYS; id++) {
            thing.id = id;
            kept.set(id, harness.give(thing) == PASSED);
        }
        return kept;
    }
}
