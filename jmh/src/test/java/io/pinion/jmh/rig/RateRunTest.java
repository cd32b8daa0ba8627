package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RateRunTest {
    @Test
    void shouldBeHeldWhereNearlyAllLeftInTimeAndNothingPiledUp() {
        assertThat(run(1_000, 990, 990, 50_000_000).isHeld()).isTrue();
        assertThat(run(1_000, 990, 990, 50_000_000).failure()).isNull();
    }

    @Test
    void shouldSayWhyItWasMissed() {
        assertThat(run(1_000, 989, 989, 0).failure()).isEqualTo("only 98.90 % left in time");
        assertThat(run(1_000, 1_000, 1_000, 51_000_000).failure()).isEqualTo("what had piled up took 51 ms to drain");
        assertThat(run(1_000, 1_000, 0, 0).failure()).isEqualTo("nothing came back");
    }

    @Test
    void shouldComeBackFromJsonAsItWas() throws Exception {
        final ObjectMapper mapper = new ObjectMapper();
        final RateRun run = run(10, 10, 10, 3);

        final RateRun read = mapper.readValue(mapper.writeValueAsString(run), RateRun.class);
        assertThat(read).isEqualTo(run);
        assertThat(read.histogram().getValueAtPercentile(100)).isEqualTo(1_234);
    }

    private static RateRun run(final long intended, final long sent, final long returned, final long drainNs) {
        final Histogram latency = new Histogram(60_000_000_000L, 3);
        latency.recordValue(1_234);
        return new RateRun(100, intended, sent, returned, drainNs, RateRun.compressed(latency));
    }
}
