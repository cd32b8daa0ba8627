package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes wrong here is apt to look for a key, or for room, without end. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KeyLogTest {
    private static final int WORDS_OF_A_LINE = 11;

    private KeyLog log = new KeyLog(100, false);

    @Test
    void shouldForgetKeysInTheOrderInWhichTheyCame() throws IOException {
        add(7, 5, 6);
        log.removeOldest();

        assertThat(keys()).containsExactly(5, 6);
        assertThat(isFound(7)).isFalse();
        assertThat(numberOf(5)).isEqualTo(50);
        assertThat(log.number(log.oldest())).isEqualTo(50);
    }

    @Test
    void shouldMoveAKeyThatIsRenewedToTheYoungEnd() throws IOException {
        add(1, 2, 3, 4);
        renew(2, 21);

        assertThat(keys()).containsExactly(1, 3, 4, 2);
        assertThat(numberOf(2)).isEqualTo(21);
        assertThat(log.size()).isEqualTo(4);
    }

    @Test
    void shouldHaveAnotherOldestWhenTheOldestIsRenewed() throws IOException {
        add(1, 2, 3, 4);
        renew(2, 21);
        renew(1, 11);

        assertThat(log.number(log.oldest())).isEqualTo(30);
        assertThat(keys()).containsExactly(3, 4, 2, 1);
    }

    @Test
    void shouldLeaveTheYoungestWhereItIsWhenItIsRenewed() throws IOException {
        add(1, 2);
        final int place = log.find(2, 0);
        log.renew(place, 21);

        assertThat(log.find(2, 0)).isEqualTo(place);
        assertThat(numberOf(2)).isEqualTo(21);
        assertThat(keys()).containsExactly(1, 2);
    }

    @Test
    void shouldPassOverGapsWhenTheOldestLeaves() throws IOException {
        add(1, 2, 3, 4);
        renew(2, 21);
        renew(3, 31);
        log.removeOldest();

        assertThat(log.number(log.oldest())).isEqualTo(40);
        assertThat(keys()).containsExactly(4, 2, 3);
    }

    /** More gaps than a word has bits, in words that are not their own to begin with. */
    @Test
    void shouldPassOverManyGapsAtOnce() throws IOException {
        log = new KeyLog(1_000, false);
        add(LongStream.range(0, 300).toArray());
        for (long key = 1; key < 250; key++) {
            renew(key, key);
        }
        log.removeOldest();

        assertThat(log.number(log.oldest())).isEqualTo(2_500);
        assertThat(keys()).startsWith(250, 251).endsWith(248, 249).hasSize(299);
        final long[] more = LongStream.range(1_000, 4_000).toArray();
        for (final long key : more) { // once round, over where the gaps were
            add(key);
            if (log.isFull()) {
                log.removeOldest();
            }
        }
        assertThat(keys())
                .containsExactly(LongStream.of(more).skip(more.length - 999).toArray());
    }

    @Test
    void shouldHaveRoomForOneKey() throws IOException {
        log = new KeyLog(1, false);
        for (long key = 0; key < 1_000; key++) {
            add(key);
            assertThat(log.isFull()).isTrue();
            renew(key, key);
            assertThat(keys()).containsExactly(key);
            log.removeOldest();
            assertThat(isFound(key)).isFalse();
            assertThat(log.size()).isZero();
        }
    }

    @Test
    void shouldRenewAllKeysForEver() throws IOException {
        log = new KeyLog(100, false);
        add(LongStream.range(0, 100).toArray());
        for (int round = 0; round < 1_000; round++) {
            for (long key = 0; key < 100; key++) {
                renew(key * 37 % 100, round); // each time in another order than they lie in
                renew(key, round);
            }
        }

        assertThat(keys()).hasSize(100).endsWith(99);
        for (long key = 0; key < 100; key++) {
            assertThat(isFound(key)).isTrue();
        }
    }

    /** The last entry that is looked at before others have their turn can be the oldest, which then moves. */
    @Test
    void shouldForgetTheOldestEvenIfItWasTheLastToBeMovedWhenGapsAreClosed() throws IOException {
        for (int capacity = 3; capacity < 40; capacity++) {
            for (int removals = 1; removals < capacity; removals++) {
                log = new KeyLog(capacity, false);
                add(LongStream.range(0, capacity).toArray());
                for (long key = capacity - 2; key > 0 && removals <= key; key--) {
                    renew(key, key);
                }
                final long[] before = keys();
                log.removeOldest();
                assertThat(keys())
                        .as("of %d", capacity)
                        .containsExactly(LongStream.of(before).skip(1).toArray());
                assertThat(isFound(before[0])).isFalse();
            }
        }
    }

    /** The two words of the index's one line whose turn it is are of keys that never leave; there are others. */
    @Test
    void shouldFindRoomForAKeyBesideKeysThatAreAlwaysRenewed() throws IOException {
        log = new KeyLog(4, false);
        add(1, 2, 3);
        for (long key = 10; key < 100; key++) {
            add(key);
            renew(1, key);
            renew(2, key);
            renew(3, key);
            log.removeOldest();
        }

        assertThat(keys()).containsExactly(1, 2, 3);
    }

    @Test
    void shouldSaveTheSameBytesWhateverHappenedBefore() throws IOException {
        add(1, 2, 3);
        final byte[] saved = saved();
        log = new KeyLog(50, false);
        add(3, 1, 4, 2);
        log.removeOldest();
        renew(4, 0);
        renew(1, 10);
        renew(2, 20);
        log.removeOldest();
        add(3);

        assertThat(saved()).isEqualTo(saved);
    }

    @Test
    void shouldRestoreWhatItSavedAndNothingElse() throws IOException {
        add(1, 2, 3);
        renew(2, 21);
        final byte[] saved = saved();
        add(4, 5);
        renew(1, 11);
        restore(saved);

        assertThat(keys()).containsExactly(1, 3, 2);
        assertThat(saved()).isEqualTo(saved);
        assertThat(isFound(4)).isFalse();
        log.removeOldest();
        assertThat(keys()).containsExactly(3, 2);
    }

    @Test
    void shouldRefuseAKeyTwiceAndMoreKeysThanThereIsRoomFor() throws IOException {
        add(1, 2, 3);
        final byte[] saved = saved();
        log = new KeyLog(2, false);
        assertThatIOException().isThrownBy(() -> restore(saved)).withMessageContaining("has 3 keys");

        System.arraycopy(saved, Integer.BYTES, saved, Integer.BYTES + 2 * Long.BYTES, Long.BYTES);
        log = new KeyLog(3, false);
        assertThatIOException().isThrownBy(() -> restore(saved)).withMessageContaining("a key twice, as number 1 of 3");
    }

    @Test
    void shouldTellKeysOfTheSameHashApart() throws IOException {
        final Map<Integer, Long> keyOfHash = new HashMap<>();
        long second = 0;
        while (keyOfHash.putIfAbsent(KeyIndex.hash(second), second) == null) {
            second++;
        }
        final long first = keyOfHash.get(KeyIndex.hash(second));
        add(first);
        assertThat(isFound(second)).isFalse();
        add(second);
        renew(first, 1);

        assertThat(keys()).containsExactly(second, first);
        assertThat(numberOf(second)).isEqualTo(second * 10);
        log.removeOldest();
        assertThat(isFound(second)).isFalse();
        assertThat(numberOf(first)).isEqualTo(1);
    }

    /** They go on over several lines of the index, from where they are renewed, too. */
    @Test
    void shouldFindManyKeysWhoseSearchBeginsInOneLineUntilTheyLeave() throws IOException {
        final long[] keys = KeyLogIndexTest.keysOfLine(3, 100, 4 * WORDS_OF_A_LINE);
        add(keys);
        for (int i = keys.length - 1; i >= 0; i--) {
            renew(keys[i], i);
        }
        for (int i = keys.length - 1; i >= 0; i--) {
            assertThat(isFound(keys[i])).isTrue();
            log.removeOldest();
            assertThat(isFound(keys[i])).isFalse();
        }
        add(keys);
        assertThat(keys()).containsExactly(keys);
    }

    @Test
    void shouldTellWideKeysApartByTheirSecondHalf() throws IOException {
        log = new KeyLog(40, true);
        for (long hi = 0; hi < 40; hi++) {
            log.add(5, hi, hi * 10);
        }
        log.renew(log.find(5, 7), 71);
        for (int i = 0; i < 30; i++) {
            log.removeOldest();
        }

        for (long hi = 0; hi < 50; hi++) {
            final int place = log.find(5, hi);
            if (hi == 7) {
                assertThat(log.number(place)).isEqualTo(71);
            } else if (hi > 30 && hi < 40) {
                assertThat(log.number(place)).isEqualTo(hi * 10);
            } else {
                assertThat(place).isEqualTo(RememberedKeys.NONE);
            }
        }
    }

    /** The array of the largest has an index for each of its longs, and the index of it one for each of its bytes. */
    @Test
    void shouldHaveRoomForTheLargestCapacity() {
        final long places = (1L << 28) + (1L << 27) + (1L << 26) + 128;
        assertThat(places * KeyLog.WIDE_STRIDE).isLessThan(Integer.MAX_VALUE - 8);
        assertThat(KeyLog.bytesFor(Limits.MAX_CAPACITY, true))
                .isEqualTo(places * 24 + places / 8 + KeyLogIndex.bytesFor(Limits.MAX_CAPACITY));
    }

    /** So a dedupe that is made {@code refreshing()}, or no longer, goes on with what it knew. */
    @Test
    void shouldSaveWhatALinkedMemoryOfTheSameKeysSaves() throws IOException {
        final RememberedKeys memory = new KeyMemory(8, false, 1);
        log = new KeyLog(8, false);
        for (final RememberedKeys keys : List.of(memory, log)) {
            for (long key = 1; key <= 8; key++) {
                keys.add(key, 0, key * 10);
            }
            keys.renew(keys.find(3, 0), 99);
            keys.removeOldest();
        }

        assertThat(saved(log)).isEqualTo(saved(memory));
    }

    private static byte[] saved(final RememberedKeys keys) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        keys.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** Each with its tenfold for a number. */
    private void add(final long... keys) {
        for (final long key : keys) {
            log.add(key, 0, key * 10);
        }
    }

    private void renew(final long key, final long number) {
        log.renew(log.find(key, 0), number);
    }

    private boolean isFound(final long key) {
        return log.find(key, 0) != RememberedKeys.NONE;
    }

    private long numberOf(final long key) {
        return log.number(log.find(key, 0));
    }

    /** In the order of the log. */
    private long[] keys() throws IOException {
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved()));
        final long[] keys = new long[in.readInt()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = in.readLong();
            in.readLong();
        }
        return keys;
    }

    private byte[] saved() throws IOException {
        return saved(log);
    }

    private void restore(final byte[] saved) throws IOException {
        log.restore(new DataInputStream(new ByteArrayInputStream(saved)));
    }
}
