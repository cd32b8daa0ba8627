package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.BatchStage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    private static final int CAPACITY = 16;

    /** An index of 16 has 64 slots, so of 40 keys some collide, around the end of the slots too. */
    @Property
    void shouldFindWhatIsInItAndNothingElse(@ForAll("keys") final List<Long> keys) {
        final long[] keysOf = new long[CAPACITY];
        final KeyIndex index = new KeyIndex(keysOf, false, CAPACITY);
        final RowIndex<Integer> rows = new RowIndex<>(row -> keysOf[row], KeyIndex.slotsFor(CAPACITY));
        index.keep(rows);
        final Map<Long, Integer> recordOf = new HashMap<>();
        int record = 0;
        for (final long key : keys) {
            if (recordOf.containsKey(key)) {
                index.remove(recordOf.remove(key));
            } else {
                while (recordOf.containsValue(record)) {
                    record = (record + 1) % CAPACITY;
                }
                keysOf[record] = key;
                index.insert(record);
                rows.put(index.slotOf(record), record);
                recordOf.put(key, record);
                if (recordOf.size() == CAPACITY) {
                    index.remove(recordOf.remove(key));
                }
            }
            for (final long each : keys) {
                assertThat(index.find(each, 0)).isEqualTo(recordOf.getOrDefault(each, KeyIndex.NONE));
            }
            shouldFindRows(rows, keys, recordOf);
        }
    }

    private static void shouldFindRows(
            final RowIndex<Integer> rows, final List<Long> keys, final Map<Long, Integer> recordOf) {
        final int[] slots = find(rows, keys);
        for (int i = 0; i < slots.length; i++) {
            rows.prefetch(keys.get(i));
            assertThat(slots[i] == RowIndex.NONE ? null : rows.row(slots[i])).isEqualTo(recordOf.get(keys.get(i)));
            assertThat(find(rows, keys.subList(i, i + 1))).containsExactly(slots[i]);
        }
    }

    private static int[] find(final RowIndex<Integer> rows, final List<Long> keys) {
        final int[] slots = new int[Math.min(keys.size(), BatchStage.MOST_GATHERED)];
        rows.find(keys.stream().mapToLong(Long::longValue).toArray(), slots.length, slots);
        return slots;
    }

    @Test
    void shouldForgetRowsThatWereClearedAway() {
        final KeyIndex index = new KeyIndex(new long[] {5, 6}, false, 2);
        final RowIndex<Integer> rows = new RowIndex<>(row -> 5 + row, KeyIndex.slotsFor(2));
        index.keep(rows);
        index.insert(0);
        rows.put(index.slotOf(0), 0);

        index.clear();

        assertThat(find(rows, List.of(5L))).containsExactly(RowIndex.NONE);
    }

    @Test
    void shouldSayThatARowsOwnFunctionOfItsKeyThrew() {
        final RowIndex<Integer> rows = new RowIndex<>(
                row -> {
                    throw new IllegalStateException("no key");
                },
                KeyIndex.slotsFor(2));
        final int home = KeyIndex.hash(5) & KeyIndex.slotsFor(2) - 1;
        rows.put(home, 0);

        assertThat(find(rows, List.of(5L, 5L))).containsExactly(Gathered.UNDECIDED, Gathered.UNDECIDED);
        assertThatThrownBy(() -> rows.ask(home)).hasMessage("no key");
    }

    @Test
    void shouldSayThatTheFunctionOfARowInTheWayThrew() {
        final RowIndex<Integer> rows = new RowIndex<>(
                row -> {
                    if (row == 0) {
                        throw new IllegalStateException("no key");
                    }
                    return row;
                },
                KeyIndex.slotsFor(2));
        final int mask = KeyIndex.slotsFor(2) - 1;
        final int home = KeyIndex.hash(5) & mask;
        rows.put(home, 7);
        rows.put(home + 1 & mask, 0);
        rows.put(home + 2 & mask, 5);

        assertThat(find(rows, List.of(5L, 5L))).containsExactly(Gathered.UNDECIDED, Gathered.UNDECIDED);
        assertThat(find(rows, List.of(5L))).containsExactly(Gathered.UNDECIDED);
    }

    @Test
    void shouldTellKeysApartThatNothingInASlotTellsApart() {
        final Map<Integer, Long> keyOfHash = new HashMap<>();
        long second = 0;
        while (keyOfHash.putIfAbsent(KeyIndex.hash(second), second) == null) {
            second++;
        }
        final long first = keyOfHash.get(KeyIndex.hash(second));
        final long[] keysOf = {first, second};
        final KeyIndex index = new KeyIndex(keysOf, false, keysOf.length);
        index.insert(0);
        assertThat(index.find(second, 0)).isEqualTo(KeyIndex.NONE);
        index.insert(1);
        assertThat(index.find(second, 0)).isEqualTo(1);
        assertThat(index.find(first, 0)).isZero();
    }

    /** Searches for the fifteen keys that fit begin at one of two slots, so most are further away than a slot can note. */
    @Property
    void shouldFindKeysFarFromWhereTheirSearchBegins(@ForAll("crowded") final List<Long> keys) {
        shouldFindWhatIsInItAndNothingElse(keys);
    }

    @Provide
    Arbitrary<List<Long>> crowded() {
        final int slots = 4 * CAPACITY;
        final List<Long> few = LongStream.range(0, 5_000)
                .filter(key -> (KeyIndex.hash(key) & slots - 1) % 32 == 31)
                .boxed()
                .limit(40)
                .toList();
        return Arbitraries.of(few).list().ofMaxSize(120);
    }

    @Provide
    Arbitrary<List<Long>> keys() {
        return Arbitraries.longs().between(0, 39).list().ofMaxSize(120);
    }

    @Test
    void shouldCompareBothHalvesOfAWideKey() {
        final KeyIndex index = new KeyIndex(new long[] {5, 1, 5, 2}, true, 2);
        index.insert(0);

        assertThat(index.find(5, 1)).isEqualTo(0);
        assertThat(index.find(5, 2)).isEqualTo(KeyIndex.NONE);

        index.insert(1);
        index.remove(0);

        assertThat(index.find(5, 1)).isEqualTo(KeyIndex.NONE);
        assertThat(index.find(5, 2)).isEqualTo(1);
    }

    @Test
    void shouldNeverBeMoreThanAQuarterFull() {
        for (final int capacity : new int[] {1, 2, 3, 4, 5, 100_000, 262_144, 1_000_000, Limits.MAX_CAPACITY}) {
            assertThat(KeyIndex.bytesFor(capacity) / Integer.BYTES).isBetween(4L * capacity, 8L * capacity);
        }
    }
}
