package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class EnrichTest {
    private final Table<Thing> byNumber = table("items", Thing::new, item -> item.id, upTo(10));
    private final Table<Thing> byText =
            table("items", Thing::new, (item, key) -> key.add(item.text).add(item.other), upTo(10));

    @Property
    void shouldDoWhatALookUpInAMapDoes(
            @ForAll("fewKeys") final List<String> rows,
            @ForAll("fewKeys") final List<String> events,
            @ForAll final Otherwise otherwise) {
        final Table<Thing> items = table("items", Thing::new, (item, key) -> key.add(item.text), upTo(30));
        items.open();
        final Map<String, Long> map = new HashMap<>();
        for (final String row : rows) {
            items.put(Thing.of(row).value(map.size() + 1));
            map.put(row, map.size() + 1L);
        }
        map.remove("");
        final StageHarness<Thing> harness = StageHarness.of(
                enrich("item", items, (event, key) -> key.add(event.text), EnrichTest::copy, otherwise));

        for (final String text : events) {
            final Thing event = Thing.of(text);
            final Outcome onMiss = List.of(PASSED, DROPPED, DEAD).get(otherwise.ordinal());
            assertThat(harness.give(event)).isEqualTo(map.containsKey(text) ? PASSED : onMiss);
            assertThat(event.value).isEqualTo(map.getOrDefault(text, 0L));
        }
    }

    @Provide
    Arbitrary<List<String>> fewKeys() {
        return Arbitraries.strings().withChars('a', 'b').ofMaxLength(3).list().ofMaxSize(30);
    }

    @Test
    void shouldCopyFieldsOfTheRowByItsNumber() {
        fill(byNumber, Thing.of(7).value(70));
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", byNumber, event -> event.id, (event, item) -> event.value = item.value));
        final Thing event = Thing.of(7);

        assertThat(harness.give(event)).isEqualTo(PASSED);
        assertThat(event.value).isEqualTo(70);
    }

    /** In a batch too: who else is in it differs from replica to replica. */
    @Test
    void shouldMakeADeadLetterOnlyOfTheEventAtWhichTheRowsOwnKeyThrows() {
        final Set<Long> broken = new HashSet<>();
        final Table<Thing> items = table("items", Thing::new, item -> unlessBroken(item.id, broken), upTo(10));
        fill(items, Thing.of(1).value(10), Thing.of(2).value(20), Thing.of(3).value(30));
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", items, event -> event.id, (event, item) -> event.value = item.value));
        broken.add(2L);
        final List<Thing> events = List.of(Thing.of(1), Thing.of(2), Thing.of(3));

        assertThat(harness.giveTogether(events, List.of(0L, 0L, 0L), List.of(0L, 0L, 0L)))
                .containsExactly(PASSED, DEAD, PASSED);
        assertThat(events).extracting(event -> event.value).containsExactly(10L, 0L, 30L);
        assertThat(harness.give(Thing.of(2))).isEqualTo(DEAD);
    }

    /** Its search passes the broken one, or does not, by where rows came to lie. */
    @Test
    void shouldFindARowWhoseSearchPassesOneThatThrows() {
        final Set<Long> broken = new HashSet<>();
        final Table<Thing> items = table("items", Thing::new, item -> unlessBroken(item.id, broken), upTo(10));
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", items, event -> event.id, (event, item) -> event.value = item.value));
        final int slots = KeyIndex.slotsFor(10);
        final long behind = LongStream.iterate(3, id -> id + 1)
                .filter(id -> (KeyIndex.hash(id) & slots - 1) == (KeyIndex.hash(2) & slots - 1))
                .findFirst()
                .orElseThrow();
        fill(items, Thing.of(2), Thing.of(behind).value(30));
        broken.add(2L);
        final Thing event = Thing.of(behind);

        assertThat(harness.give(event)).isEqualTo(PASSED);
        assertThat(event.value).isEqualTo(30);
        assertThat(harness.give(Thing.of(2))).isEqualTo(DEAD);
    }

    private static long unlessBroken(final long id, final Set<Long> broken) {
        if (broken.contains(id)) {
            throw new IllegalStateException("broken");
        }
        return id;
    }

    @Test
    void shouldCopyFieldsOfTheRowByItsTexts() {
        fill(byText, Thing.of("ab").other("c").value(70));
        final StageHarness<Thing> harness = StageHarness.of(enrich(
                "item", byText, (event, key) -> key.add(event.text).add(event.other), EnrichTest::copy, orDrop()));

        assertThat(harness.give(Thing.of("ab").other("c"))).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of("a").other("bc"))).isEqualTo(DROPPED);
    }

    @Test
    void shouldKeepAndCountAnEventWithoutARowUnlessToldOtherwise() {
        fill(byNumber);
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", byNumber, event -> event.id, EnrichTest::copy));
        final Thing event = Thing.of(7).value(3);

        assertThat(harness.give(event)).isEqualTo(PASSED);
        assertThat(event.value).isEqualTo(3);
        assertThat(harness.counter("miss")).isEqualTo(1);
    }

    @Test
    void shouldDropAnEventWithoutARowAsMiss() {
        fill(byNumber);
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", byNumber, event -> event.id, EnrichTest::copy, orDrop()));

        assertThat(harness.give(Thing.of(7))).isEqualTo(DROPPED);
        assertThat(harness.dropped("miss")).isEqualTo(1);
    }

    @Test
    void shouldSayInWhichTableThereWasNoRow() {
        fill(byNumber);
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", byNumber, event -> event.id, EnrichTest::copy, orDeadLetter()));

        assertThat(harness.give(Thing.of(7))).isEqualTo(DEAD);
        assertThat(harness.reason())
                .isEqualTo("The table \"items\" has no row for the key of this event, which the stage \"item\" looked"
                        + " up.");
    }

    @Test
    void shouldMissWhereTheEventHasNoKey() {
        fill(byText, Thing.of("a"));
        final StageHarness<Thing> harness =
                StageHarness.of(enrich("item", byText, (event, key) -> key.add(event.text), EnrichTest::copy));

        harness.give(Thing.of(""));

        assertThat(harness.counter("miss")).isEqualTo(1);
    }

    @Test
    void shouldRefuseATableOfAnotherKindOfKey() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> enrich("item", byText, (Thing event) -> event.id, EnrichTest::copy))
                .withMessage(
                        "The stage \"item\" looks up a number in the table \"items\", whose rows are found by a key of"
                                + " fields: give both the same kind of key.");
    }

    @Test
    void shouldSayWhatItIs() {
        final Stage<Thing> keeps = enrich("item", byNumber, event -> event.id, EnrichTest::copy, orKeep());
        final Stage<Thing> buries = enrich("item", byNumber, event -> event.id, EnrichTest::copy, orDeadLetter());

        assertThat(keeps.describe()).isEqualTo("enrich from the table items, or keep as it is");
        assertThat(buries.describe()).isEqualTo("enrich from the table items, or dead letter");
        assertThat(keeps.scope()).isEqualTo(Stage.Scope.STATELESS);
        assertThat(keeps.tables()).hasSize(1);
    }

    private static void copy(final Thing event, final Thing item) {
        event.value = item.value;
    }

    private static void fill(final Table<Thing> table, final Thing... rows) {
        table.open();
        for (final Thing row : rows) {
            assertThat(table.put(row)).isNull();
        }
    }
}
