package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
    private static final long MAX_NS = 600_000_000_000L;

    private final LatencyCounts counts = new LatencyCounts(MAX_NS);

    @Property
    void shouldCountAsAHistogramDoes(
            @ForAll @Size(max = 200) final List<@LongRange(min = 0, max = MAX_NS) Long> durations) {
        final LatencyCounts all = new LatencyCounts(MAX_NS);
        final Histogram model = new Histogram(MAX_NS, LatencyCounts.SIGNIFICANT_DIGITS);
        for (final long ns : durations) {
            all.record(ns);
            model.recordValue(ns);
        }
        assertThat(all.read()).isEqualTo(model);
    }

    @Property
    void shouldCountSmallDurationsExactly(@ForAll @LongRange(min = 0, max = 255) final long ns) {
        final LatencyCounts one = new LatencyCounts(MAX_NS);
        one.record(ns);
        assertThat(one.read().getValueAtPercentile(50)).isEqualTo(ns);
    }

    @Test
    void shouldHoldWhatIsBeyondTheRangeAtItsEnds() {
        counts.record(-5);
        counts.record(Long.MAX_VALUE);
        final Histogram read = counts.read();
        assertThat(read.getTotalCount()).isEqualTo(2);
        assertThat(read.getMinValue()).isZero();
        assertThat(read.getMaxValue()).isEqualTo(read.highestEquivalentValue(MAX_NS));
    }
}
