package io.pinion.operators;

import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TableTest {
    @Property
    void shouldHoldWhatAMapWouldHold(
            @ForAll("ids") final List<Long> ids, @ForAll @IntRange(min = 1, max = 20) final int capacity) {
        final Table<Thing> table = table("things", Thing::new, thing -> thing.id, upTo(capacity));
        table.open();
        final Map<Long, Thing> map = new LinkedHashMap<>();
        for (final long id : ids) {
            final Thing row = Thing.of(id);
            final boolean hasRoom = map.containsKey(id) || map.size() < capacity;
            assertThat(table.put(row) == null).isEqualTo(hasRoom);
            if (hasRoom) {
                map.put(id, row);
            }
        }
        assertThat(table.size()).isEqualTo(map.size());
        for (long id = -1; id <= 30; id++) {
            assertThat(table.find(id, 0)).isSameAs(map.get(id));
        }
    }

    @Provide
    Arbitrary<List<Long>> ids() {
        return Arbitraries.longs().between(0, 29).list().ofMaxSize(60);
    }

    @Test
    void shouldReplaceARowOfTheSameKeyEvenWhenFull() {
        final Table<Thing> table = table("things", Thing::new, (thing, key) -> key.add(thing.text), upTo(1));
        table.open();
        final Thing newer = Thing.of("a");

        assertThat(table.put(Thing.of("a"))).isNull();
        assertThat(table.put(newer)).isNull();
        assertThat(table.size()).isEqualTo(1);
        table.keyOf().read(Thing.of("a"));
        assertThat(table.find(table.keyOf().lo, table.keyOf().hi)).isSameAs(newer);
    }

    @Test
    void shouldSayWhyItRefusesARow() {
        final Table<Thing> table = table("things", Thing::new, (thing, key) -> key.add(thing.text), upTo(1));
        table.open();
        table.put(Thing.of("a"));

        assertThat(table.put(Thing.of("b"))).isEqualTo("The table \"things\" is full with 1 row: raise upTo(…).");
        assertThat(table.put(Thing.of("")))
                .isEqualTo("A row of the table \"things\" has no key: each field of its key is empty.");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldKeepItsRowsWhenOpenedAgain() {
        final Table<Thing> table = table("things", Thing::new, thing -> thing.id, upTo(3));
        table.open();
        table.put(Thing.of(1));
        table.open();

        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldTellItsMemoryBeforeItTakesIt() {
        assertThat(table("things", Thing::new, thing -> thing.id, upTo(1_024)).stateBytes())
                .isEqualTo(2 * (1_024 * 28 + 4_096 * 4));
        final Table<Thing> enrichedFrom = table("things", Thing::new, thing -> thing.id, upTo(1_024));
        enrich("item", enrichedFrom, (Thing thing) -> thing.id, (thing, row) -> {}, orKeep());
        assertThat(enrichedFrom.stateBytes()).isEqualTo(2 * (1_024 * 28 + 4_096 * 4 + 4_096 * 4));
        assertThat(table("things", Thing::new, (thing, key) -> key.add(thing.id), upTo(1_024))
                        .stateBytes())
                .isEqualTo(2 * (1_024 * 36 + 4_096 * 4));
    }
}
