package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void shouldSpreadEventsEvenly() {
        final Schedule schedule = new Schedule(1_000, 3);

        assertThat(schedule.dueNs(0)).isEqualTo(1_000);
        assertThat(schedule.dueNs(1)).isEqualTo(333_334_333);
        assertThat(schedule.dueNs(2)).isEqualTo(666_667_666);
        assertThat(schedule.dueNs(3)).isEqualTo(1_000_001_000);
    }

    @Property
    void shouldNotDriftOverAnHour(@ForAll @LongRange(min = 1, max = 10_000_000) final long rate) {
        assertThat(new Schedule(5, rate).dueNs(rate * 3_600)).isEqualTo(5 + 3_600_000_000_000L);
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

        assertThat(schedule.dueNs(events)).isLessThanOrEqualTo(durationNs);
        assertThat(schedule.dueNs(events + 1)).isGreaterThanOrEqualTo(durationNs);
    }
}
