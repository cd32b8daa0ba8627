package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NoiseFloorTest {
    private static final long SECOND_NS = 1_000_000_000;

    @Test
    void shouldLetNobodyWaitWhereNothingWasTaken() {
        assertThat(NoiseFloor.waits(SECOND_NS, gaps()).getMaxValue()).isZero();
    }

    @Test
    void shouldLetThoseWaitWhoArriveInAGapUntilItsEnd() {
        final Histogram waits = NoiseFloor.waits(SECOND_NS, gaps(new long[] {0, SECOND_NS / 10}));

        assertThat(waits.getValueAtPercentile(89)).isZero();
        assertThat(waits.getValueAtPercentile(95)).isCloseTo(SECOND_NS / 20, within(SECOND_NS / 500));
        assertThat(waits.getMaxValue()).isCloseTo(SECOND_NS / 10, within(SECOND_NS / 500));
    }

    @Test
    void shouldAddWhatTwoThreadsTake() {
        final Histogram waits =
                NoiseFloor.waits(SECOND_NS, gaps(new long[] {0, SECOND_NS / 10}), gaps(new long[] {0, SECOND_NS / 10}));

        assertThat(waits.getMaxValue()).isCloseTo(SECOND_NS / 5, within(SECOND_NS / 200));
    }

    @Test
    void shouldSeeTheGapsOfThisMachine() {
        final NoiseFloor.Gaps gaps = new NoiseFloor.Gaps(-1, 20_000_000);
        gaps.run();

        assertThat(gaps.gaps).allSatisfy(gap -> assertThat(gap[1]).isGreaterThan(gap[0]));
        assertThat(gaps.countOver(Long.MAX_VALUE)).isZero();
    }

    private static org.assertj.core.data.Offset<Long> within(final long ns) {
        return Assertions.within(ns);
    }

    private static NoiseFloor.Gaps gaps(final long[]... gaps) {
        final NoiseFloor.Gaps thread = new NoiseFloor.Gaps(-1, SECOND_NS);
        thread.gaps.addAll(java.util.List.of(gaps));
        return thread;
    }
}
