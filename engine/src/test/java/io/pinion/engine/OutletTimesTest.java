package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OutletTimesTest {
    private static final long DUE_NS = 5;
    private static final long PUBLISHED_NS = 10;

    private final Latency latency = new Latency();
    private long nowNs;
    private final OutletTimes times = new OutletTimes(() -> nowNs, latency);

    private static long[] valuesOf(final LatencyCounts counts) {
        final Histogram histogram = counts.read();
        return new long[] {histogram.getMinValue(), histogram.getMaxValue(), histogram.getTotalCount()};
    }

    @Test
    void shouldCountAllThatABatchTakesForEachOfItsFrames() {
        nowNs = 30;
        times.accepted(DUE_NS, PUBLISHED_NS, times.takenUpNs());
        nowNs = 40;
        times.accepted(DUE_NS, PUBLISHED_NS, times.takenUpNs());
        nowNs = 50;
        times.endBatch();
        assertThat(valuesOf(latency.stages)).containsExactly(20, 20, 2);
        assertThat(valuesOf(latency.egress)).containsExactly(20, 20, 2);
        assertThat(valuesOf(latency.total)).containsExactly(45, 45, 2);
    }

    /** Both came in together; the one was held from one batch to the next. */
    @Test
    void shouldTellAFrameThatWasHeldFromThoseOfTheBatchThatItLeavesWith() {
        nowNs = 30;
        final long heldSinceNs = times.takenUpNs();
        times.endBatch();
        nowNs = 100;
        times.accepted(DUE_NS, PUBLISHED_NS, heldSinceNs);
        times.accepted(DUE_NS, PUBLISHED_NS, times.takenUpNs());
        nowNs = 110;
        times.endBatch();
        assertThat(valuesOf(latency.stages)).containsExactly(20, 90, 2);
        assertThat(valuesOf(latency.egress)).containsExactly(10, 80, 2);
        assertThat(valuesOf(latency.total)).containsExactly(105, 105, 2);
    }
}
