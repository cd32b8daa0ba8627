package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Property
    void shouldHaveEachEventInItsOwnPieceOfTimeWithoutDrift(
            @ForAll @LongRange(min = 1, max = 10_000_000) final long rate,
            @ForAll @LongRange(min = 0, max = 3_600) final long second) {
        final Schedule schedule = new Schedule(5, rate);
        final long n = rate * second;

        assertThat(schedule.dueNs(n)).isBetween(5 + second * SECOND_NS, 5 + second * SECOND_NS + SECOND_NS / rate);
        assertThat(schedule.dueNs(n + rate - 1)).isLessThan(5 + (second + 1) * SECOND_NS);
    }

    /** Of a tick of the machine that comes as often, all parts are met equally. */
    @Test
    void shouldMeetEachMomentOfWhatRepeatsAtTheSameRate() {
        final Schedule schedule = new Schedule(0, 1_000);
        final int[] met = new int[10];
        for (long n = 0; n < 10_000; n++) {
            met[(int) (schedule.dueNs(n) % 1_000_000 / 100_000)]++;
        }

        assertThat(met).isNotEmpty().matches(all -> Arrays.stream(all).allMatch(times -> times > 900 && times < 1_100));
    }

    @Property
    void shouldNeverHaveOneDueBeforeTheLast(
            @ForAll @LongRange(min = 1, max = 10_000_000) final long rate,
            @ForAll @LongRange(min = 0, max = 1_000_000_000) final long n) {
        final Schedule schedule = new Schedule(0, rate);

        assertThat(schedule.dueNs(n + 1)).isGreaterThanOrEqualTo(schedule.dueNs(n));
    }

    @Property
    void shouldHaveAsManyEventsInATimeAsAreDueInIt(
            @ForAll @LongRange(min = 1, max = 1_000_000) final long rate,
            @ForAll @LongRange(min = 0, max = 10_000_000_000L) final long durationNs) {
        final Schedule schedule = new Schedule(0, rate);
        final long events = schedule.events(durationNs);

        if (events > 0) {
            assertThat(schedule.dueNs(events - 1)).isLessThanOrEqualTo(durationNs);
        }
        assertThat(schedule.dueNs(events + 1)).isGreaterThanOrEqualTo(durationNs);
    }
}
