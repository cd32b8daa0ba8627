package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.status.AtomicLongPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

class RoutedSlotsTest {
    /** A batch of 64 slots at most. */
    private static void route(final RoutedSlots slots, final long first, final long last, final LongPredicate isFor) {
        slots.begin(first, last);
        long bits = 0;
        for (long at = first; at <= last; at++) {
            bits |= isFor.test(at) ? 1L << at - first : 0;
        }
        slots.add(first, bits);
    }

    /** Those told of, read as a target reads them. */
    private static List<Long> read(final RoutedSlots slots, final long first, final long last) {
        final List<Long> told = new ArrayList<>();
        long at = first;
        while (at <= last) {
            final long lastInWord = RoutedSlots.lastInWord(at, last);
            final long bits = slots.from(at, lastInWord);
            for (long slot = at; slot <= lastInWord; slot++) {
                if ((bits >>> slot - at & 1) != 0) {
                    told.add(slot);
                }
            }
            assertThat(lastInWord - at == 63 ? 0 : bits >>> lastInWord - at + 1)
                    .as("bits beyond slot %d, from %d", lastInWord, at)
                    .isZero();
            at = lastInWord + 1;
        }
        return told;
    }

    private static List<Long> those(final long first, final long last, final LongPredicate isFor) {
        final List<Long> those = new ArrayList<>();
        for (long at = first; at <= last; at++) {
            if (isFor.test(at)) {
                those.add(at);
            }
        }
        return those;
    }

    @Property(tries = 300)
    void shouldTellOfThoseSlotsAndNoOthersHoweverFarTheTargetIsBehind(
            @ForAll @IntRange(min = 1, max = 9) final int ringBits, @ForAll final long seed) {
        final int ringSlots = 1 << ringBits;
        final SplittableRandom random = new SplittableRandom(seed);
        final long pattern = random.nextLong();
        final LongPredicate isFor = at -> (pattern >>> (at * 7 + (at >> 5)) & 1) != 0;
        final RoutedSlots slots = new RoutedSlots(ringSlots);
        long routed = 0;
        long read = 0;
        while (read < 5L * ringSlots + 200) {
            final long routedTo = read + random.nextInt(ringSlots + 1);
            while (routed < routedTo) {
                final long last = Math.min(routed + random.nextInt(64), routedTo - 1);
                route(slots, routed, last, isFor);
                routed = last + 1;
            }
            if (routed > read) {
                final long last = read + random.nextLong(routed - read);
                assertThat(read(slots, read, last)).isEqualTo(those(read, last, isFor));
                read = last + 1;
            }
        }
    }

    @Test
    void shouldTellWhichBitsAreBelow() {
        assertThat(RoutedSlots.below(0)).isZero();
        assertThat(RoutedSlots.below(3)).isEqualTo(0b111);
        assertThat(RoutedSlots.below(64)).isEqualTo(-1);
    }

    @Test
    void shouldLookAtAllWhereAllAreLookedAt() {
        assertThat(RoutedSlots.all(5, 5)).isEqualTo(1);
        assertThat(RoutedSlots.all(60, RoutedSlots.lastInWord(60, 200))).isEqualTo(0b1111);
        assertThat(RoutedSlots.all(64, RoutedSlots.lastInWord(64, 200))).isEqualTo(-1);
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void shouldTellAnotherThread() throws InterruptedException {
        final int ringSlots = 64;
        final long slotsInAll = 2_000_000;
        final LongPredicate isFor = at -> at % 3 == 0 || at % 64 == 63;
        final RoutedSlots slots = new RoutedSlots(ringSlots);
        final AtomicLongPosition routed = new AtomicLongPosition();
        final AtomicLongPosition read = new AtomicLongPosition();
        final Thread route = new Thread(() -> {
            long at = 0;
            while (at < slotsInAll) {
                final long free = ringSlots - (at - read.getVolatile());
                if (free == 0) {
                    Thread.onSpinWait();
                } else {
                    final long last = Math.min(at + Math.min(free, at % 64 + 1), slotsInAll) - 1;
                    route(slots, at, last, isFor);
                    at = last + 1;
                    routed.setRelease(at);
                }
            }
        });
        route.setDaemon(true);
        route.start();
        long at = 0;
        while (at < slotsInAll) {
            final long last = Math.min(at + 63, routed.getVolatile() - 1);
            if (last >= at) {
                assertThat(read(slots, at, last)).isEqualTo(those(at, last, isFor));
                at = last + 1;
                read.setRelease(at);
            }
        }
        route.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(route.isAlive()).isFalse();
    }
}
