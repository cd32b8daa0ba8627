package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyIndexTest {
    private static final int CAPACITY = 16;

    /** A full index of 16 has 32 slots, so of 40 keys many collide, around the end of the slots too. */
    @Property
    void shouldFindWhatIsInItAndNothingElse(@ForAll("keys") final List<Long> keys) {
        final long[] keysOf = new long[CAPACITY];
        final KeyIndex index = new KeyIndex(keysOf, false, CAPACITY);
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
            for (long each = 0; each < 40; each++) {
                assertThat(index.find(each, 0)).isEqualTo(recordOf.getOrDefault(each, KeyIndex.NONE));
            }
        }
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
    void shouldNeverBeMoreThanHalfFull() {
        for (final int capacity : new int[] {524_289, 1_000_000, Limits.MAX_CAPACITY}) {
            assertThat(KeyIndex.bytesFor(capacity) / Long.BYTES).isBetween(2L * capacity, 4L * capacity);
        }
    }

    @Test
    void shouldNeverBeMoreThanAQuarterFullWhereItIsSmall() {
        for (final int capacity : new int[] {1, 2, 3, 4, 5, 100_000, 262_144}) {
            assertThat(KeyIndex.bytesFor(capacity) / Long.BYTES).isBetween(4L * capacity, 8L * capacity);
        }
    }
}
