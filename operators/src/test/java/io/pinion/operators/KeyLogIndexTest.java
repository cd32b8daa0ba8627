package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyLogIndexTest {
    /** So many that a line is refreshed after few serial numbers, and few enough for an array. */
    private static final int CAPACITY = 1_000_000;

    private static final int LINES = lines(CAPACITY);
    private static final int SERIALS_PER_LINE = Integer.MAX_VALUE / LINES;
    private static final int PLACES = 1 << 16;
    private static final int WORDS = 11;

    private final long[] entries = new long[PLACES * KeyLog.STRIDE];
    private final Serials serials = new Serials(PLACES);
    private KeyLogIndex index;

    @BeforeEach
    void setUp() {
        index = new KeyLogIndex(entries, false, CAPACITY, serials);
    }

    /** As if 2³² keys had come in since: the first line's word of a key that left has been looked at. */
    @Test
    void shouldKnowWhatIsOutOfDateWhenSerialNumbersBeginAgainAfterManyKeys() {
        final long key = keysOfLine(0, CAPACITY, 1)[0];
        final int left = insert(key);
        serials.drop(1);
        for (int i = 0; i < SERIALS_PER_LINE; i++) {
            insert(1_000_000_000_000L + i);
            serials.drop(1);
        }

        shouldNotFindWhatLeft(key, left);
    }

    @Test
    void shouldKnowWhatIsOutOfDateWhenSerialNumbersBeginAgainAfterManyRenewals() {
        final long key = keysOfLine(0, CAPACITY, 1)[0];
        final int left = insert(key);
        final long renewed = 1_000_000_000_000L;
        int serial = insert(renewed);
        serials.drop(1);
        for (int i = 0; i < SERIALS_PER_LINE; i++) {
            final int before = serial;
            serial = append(renewed);
            index.renumber(renewed, before, serial);
            serials.drop(1);
        }
        serials.drop(1);

        shouldNotFindWhatLeft(key, left);
    }

    private void shouldNotFindWhatLeft(final long key, final int itsSerial) {
        serials.startAt(itsSerial);
        append(key);
        assertThat(index.find(key, 0)).isEqualTo(RememberedKeys.NONE);
    }

    @Test
    void shouldKeepWhatIsCurrentWhenItLooksForWhatIsOutOfDate() {
        final long[] keys = keysOfLine(0, CAPACITY, 3 * WORDS);
        insertAll(keys);
        for (int i = 0; i < SERIALS_PER_LINE; i++) {
            insert(1_000_000_000_000L + i);
        }

        assertThat(LongStream.of(keys)).allMatch(key -> index.find(key, 0) != RememberedKeys.NONE);
    }

    /** Two lines full, and a key in the third. That is still found when all that made it go on have left. */
    @Test
    void shouldGoOnFromTheLastLineToTheFirst() {
        final long[] keys = keysOfLine(LINES - 1, CAPACITY, 2 * WORDS + 1);
        insertAll(keys);

        assertThat(LongStream.of(keys)).allMatch(key -> index.find(key, 0) != RememberedKeys.NONE);
        serials.drop(keys.length - 1);
        assertThat(LongStream.of(keys).filter(key -> index.find(key, 0) != RememberedKeys.NONE))
                .containsExactly(keys[keys.length - 1]);
    }

    @Test
    void shouldEndTheSearchForAKeyWhenEachLineGoesOn() {
        final int capacity = 14;
        index = new KeyLogIndex(entries, false, capacity, serials);
        assertThat(lines(capacity)).isEqualTo(3);
        insertAll(keysOfLine(2, capacity, WORDS));
        final long[] ofLine1 = keysOfLine(1, capacity, WORDS + 1);
        insertAll(Arrays.copyOf(ofLine1, WORDS));
        final long[] ofLine0 = keysOfLine(0, capacity, 2 * WORDS);
        insertAll(Arrays.copyOf(ofLine0, WORDS - 1));
        insert(ofLine1[WORDS]); // by way of line 2 to line 0, where it takes the last word there is
        serials.drop(1);
        insert(ofLine0[WORDS]); // by way of line 1 to line 2, where it takes that of the key that left

        assertThat(index.find(ofLine1[WORDS], 0)).isNotEqualTo(RememberedKeys.NONE);
        assertThat(index.find(ofLine0[WORDS], 0)).isNotEqualTo(RememberedKeys.NONE);
        for (int i = WORDS + 1; i < ofLine0.length; i++) {
            assertThat(index.find(ofLine0[i], 0)).isEqualTo(RememberedKeys.NONE);
        }
    }

    @Test
    void shouldHaveRoomForTwiceAsManyKeysAsThereAreUpToAGreatCapacityAndAlwaysForAll() {
        for (final int capacity : new int[] {1, 2, 3, 4, 5, 100_000, 1_000_000, 100_000_000}) {
            assertThat(words(capacity)).isBetween(2L * capacity, 2L * capacity + capacity / 4 + WORDS);
        }
        assertThat(words(Limits.MAX_CAPACITY)).isGreaterThan(Limits.MAX_CAPACITY + Limits.MAX_CAPACITY / 4);
        assertThat(KeyLogIndex.bytesFor(Limits.MAX_CAPACITY)).isLessThan(Integer.MAX_VALUE - 64);
    }

    private static long words(final int capacity) {
        return KeyLogIndex.bytesFor(capacity) / 64 * WORDS;
    }

    private void insertAll(final long[] keys) {
        for (final long key : keys) {
            insert(key);
        }
    }

    private int insert(final long key) {
        final int serial = append(key);
        index.insert(key, serial);
        return serial;
    }

    private int append(final long key) {
        entries[serials.nextPlace() * KeyLog.STRIDE] = key;
        return serials.append();
    }

    static long[] keysOfLine(final int line, final int capacity, final int count) {
        return LongStream.iterate(0, key -> key + 1)
                .filter(key -> homeOf(key, capacity) == line)
                .limit(count)
                .toArray();
    }

    /** The line in which the search for a key begins. */
    static int homeOf(final long key, final int capacity) {
        return (int) (Integer.toUnsignedLong(KeyIndex.hash(key)) * lines(capacity) >>> Integer.SIZE);
    }

    static int lines(final int capacity) {
        return (int) (KeyLogIndex.bytesFor(capacity) / 64);
    }
}
