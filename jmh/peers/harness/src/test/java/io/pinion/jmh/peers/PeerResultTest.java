package io.pinion.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PeerResultTest {
    private static final long LATE_NS = TimeUnit.SECONDS.toNanos(1);

    @Test
    void shouldTellEachFigureOnceAFork() {
        final PeerResult result = new PeerResult(Contender.JET_KEYED);
        result.add(new ForkResult("5.5.0", null, 800_000, 1.6, 257, rates(57_000, 0)), 0.55);
        result.add(new ForkResult("5.5.0", null, 900_000, 1.8, 257, rates(59_000, 0)), 0.55);

        assertThat(figuresOf(result))
                .containsEntry("peers.jet-keyed.perCore", List.of(500_000.0, 500_000.0))
                .containsEntry("peers.jet-keyed.10000.held", List.of(1.0, 1.0))
                .containsEntry("peers.jet-keyed.additions", List.of(0.55, 0.55))
                .containsEntry("peers.jet-keyed.highest", List.of(700_000.0, 700_000.0))
                .containsKeys("peers.jet-keyed.100000.p99", "peers.jet-keyed.highest.p50");
    }

    @Test
    void shouldHaveNoFiguresOfAPeerWhoseOutputsDifferedOnce() {
        final PeerResult result = new PeerResult(Contender.JET);
        result.add(new ForkResult("5.5.0", null, 800_000, 1.6, 257, rates(57_000, 0)), 0.55);
        result.add(ForkResult.failed("5.5.0", "training has 3 events, and the plain loop's has 4"), 0.55);

        assertThat(result.isRight()).isFalse();
        assertThat(figuresOf(result)).isEmpty();
        assertThat(result.median(ForkResult::throughput)).isEmpty();
    }

    @Test
    void shouldNotCallARateHeldWhenItsLastOutputCameLate() {
        final PeerResult result = new PeerResult(Contender.SIDDHI);
        result.add(new ForkResult("5.1", null, 800_000, 1.6, 257, rates(57_000, LATE_NS)), 0.55);

        assertThat(figuresOf(result))
                .containsEntry("peers.siddhi.10000.held", List.of(0.0))
                .doesNotContainKey("peers.siddhi.highest");
    }

    @Test
    void shouldPrintWhatSomeProcessesHeldAndOthersDidNot() {
        final PeerResult result = new PeerResult(Contender.SIDDHI);
        result.add(new ForkResult("5.1", null, 800_000, 1.6, 257, rates(57_000, LATE_NS)), 0.55);
        result.add(new ForkResult("5.1", null, 800_000, 1.6, 257, rates(57_000, 0)), 0.55);
        result.add(new ForkResult("5.1", null, 800_000, 1.6, 257, rates(57_000, 0)), 0.55);
        final StringWriter printed = new StringWriter();
        Table.print(List.of(result), new PrintWriter(printed, true));

        assertThat(printed.toString()).contains("57.0/57.0/57.0!").contains("0.70 M/s: not by each fork");
    }

    private static List<RateResult> rates(final long latencyNs, final long lagNs) {
        final Histogram latency = new Histogram(3);
        latency.recordValue(latencyNs);
        return List.of(
                RateResult.of(10_000, false, lagNs, latency),
                RateResult.of(100_000, false, lagNs, latency),
                RateResult.of(700_000, true, lagNs, latency));
    }

    private static Map<String, List<Double>> figuresOf(final PeerResult result) {
        return PeerResult.figures(List.of(result));
    }
}
