package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Privacy.consent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ConsentTest {
    private final Table<Thing> numbers = table("revocations", Thing::new, row -> row.id, upTo(100));
    private final Table<Thing> texts = table("revocations", Thing::new, (row, key) -> key.add(row.text), upTo(100));

    /** Of each two numbers the first is revoked, then an event of the second comes. */
    @Property
    void shouldDropWhatWasRevokedBefore(@ForAll("fewIds") final List<Integer> ids) {
        final Table<Thing> revocations = table("revocations", Thing::new, row -> row.id, upTo(100));
        final StageHarness<Thing> harness = StageHarness.of(
                consent("consent", revocations, (Thing event) -> event.id, event -> event.value % 3 > 0));
        final Set<Integer> revoked = new HashSet<>();
        for (int i = 0; i + 1 < ids.size(); i += 2) {
            revocations.put(Thing.of(ids.get(i)));
            revoked.add(ids.get(i));
            final String expected = i % 3 == 0 ? "no_consent" : revoked.contains(ids.get(i + 1)) ? "revoked" : null;

            assertThat(harness.give(Thing.of(ids.get(i + 1)).value(i))).isEqualTo(expected == null ? PASSED : DROPPED);
            assertThat(harness.reason()).isEqualTo(expected);
        }
    }

    @Provide
    Arbitrary<List<Integer>> fewIds() {
        return Arbitraries.integers().between(0, 20).list().ofMaxSize(40);
    }

    @Test
    void shouldNoticeARevocationBetweenTwoEvents() {
        final StageHarness<Thing> harness =
                StageHarness.of(consent("consent", texts, (event, key) -> key.add(event.text)));

        assertThat(harness.give(Thing.of("anna"))).isEqualTo(PASSED);
        texts.put(Thing.of("anna"));
        assertThat(harness.give(Thing.of("anna"))).isEqualTo(DROPPED);
        assertThat(harness.dropped("revoked")).isEqualTo(1);
        assertThat(harness.give(Thing.of("bert"))).isEqualTo(PASSED);
    }

    @Test
    void shouldDropWhatCarriesNoConsentWhetherRevokedOrNot() {
        final Stage<Thing> stage =
                consent("consent", texts, (event, key) -> key.add(event.text), (Thing event) -> event.value == 1);
        final StageHarness<Thing> harness = StageHarness.of(stage);
        texts.put(Thing.of("anna"));

        assertThat(harness.give(Thing.of("anna"))).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("no_consent");
        assertThat(harness.give(Thing.of("bert"))).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("no_consent");
        assertThat(harness.give(Thing.of("anna").value(1))).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("revoked");
        assertThat(harness.give(Thing.of("bert").value(1))).isEqualTo(PASSED);
    }

    @Test
    void shouldDropWhatNobodyKnowsWhoseItIs() {
        final StageHarness<Thing> harness =
                StageHarness.of(consent("consent", texts, (event, key) -> key.add(event.text)));

        assertThat(harness.give(Thing.of(""))).isEqualTo(DROPPED);
        assertThat(harness.reason()).isEqualTo("keyless");
    }

    @Test
    void shouldLetNothingThroughWhenAFunctionThrows() {
        final StageHarness<Thing> harness = StageHarness.of(
                consent("consent", numbers, (Thing event) -> 1 / event.id, event -> 1 / event.value > 0));

        assertThat(harness.give(Thing.of(0).value(1))).isEqualTo(DEAD);
        assertThat(harness.give(Thing.of(1).value(0))).isEqualTo(DEAD);
        assertThat(harness.give(Thing.of(1).value(1))).isEqualTo(PASSED);
    }

    @Test
    void shouldRefuseATableOfAnotherKindOfKey() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> consent("consent", texts, (Thing event) -> event.id))
                .withMessage(
                        "The stage \"consent\" looks up a number in the table \"revocations\", whose rows are found"
                                + " by a key of fields: give both the same kind of key.");
    }

    @Test
    void shouldTellItsTable() {
        final Stage<Thing> stage = consent("consent", numbers, event -> event.id);

        assertThat(stage.tables()).hasSize(1);
        assertThat(stage.describe()).isEqualTo("drop what is without consent, revocations in the table revocations");
        assertThat(stage.scope()).isEqualTo(Stage.Scope.STATELESS);
    }
}
