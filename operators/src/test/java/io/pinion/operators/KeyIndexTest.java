package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
        final Integer[] rows = IntStream.range(0, CAPACITY).boxed().toArray(Integer[]::new);
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
                recordOf.put(key, record);
                if (recordOf.size() == CAPACITY) {
                    index.remove(recordOf.remove(key));
                }
            }
            for (final long each : keys) {
                assertThat(index.find(each, 0)).isEqualTo(recordOf.getOrDefault(each, KeyIndex.NONE));
                assertThat(index.findRow(each, rows, row -> keysOf[row]))
                        .isEqualTo(recordOf.getOrDefault(each, KeyIndex.NONE));
            }
        }
    }

    @Test
    void shouldTellOfSeveralKeysWhichRecordsTheySeemToHave() {
        final long[] keysOf = {5, 6, 7};
        final KeyIndex index = new KeyIndex(keysOf, false, keysOf.length);
        index.insert(0);
        index.insert(2);
        final int[] records = new int[4];

        index.touch(new long[] {7, 8, 5, 6}, 4);
        index.findLikely(4, records);

        assertThat(records).containsExactly(2, KeyIndex.NONE, 0, KeyIndex.NONE);
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
        final Integer[] rows = {0, 1};
        final KeyIndex index = new KeyIndex(keysOf, false, keysOf.length);
        index.insert(0);
        assertThat(index.find(second, 0)).isEqualTo(KeyIndex.NONE);
        assertThat(index.findRow(second, rows, row -> keysOf[row])).isEqualTo(KeyIndex.NONE);
        index.insert(1);
        assertThat(index.find(second, 0)).isEqualTo(1);
        assertThat(index.findRow(second, rows, row -> keysOf[row])).isEqualTo(1);
        assertThat(index.findRow(first, rows, row -> keysOf[row])).isZero();
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
