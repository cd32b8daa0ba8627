package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.results.Target.Outcome;
import org.junit.jupiter.api.Test;

class TargetsTest {
    @Test
    void shouldMeasureNothingWhereNothingRan() {
        assertThat(Targets.judge(new Results()))
                .isNotEmpty()
                .allMatch(verdict -> verdict.outcome() == Outcome.NOT_MEASURED);
    }

    @Test
    void shouldTellEachApart() {
        assertThat(Targets.all().stream().map(target -> target.part() + " " + target.name()))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldHoldTheWireAgainstTheEcho() {
        final Results results = new Results();
        results.add("wire.udp.echo.10000.p50", 10_000);
        results.add("wire.udp.pinion.10000.p50", 12_600);

        assertThat(outcomeOf(results, "over UDP at 10k/s, p50 beside the echo's"))
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void shouldTellWhatIpcAddsInTimesOfThePlainLoop() {
        final Results results = new Results();
        results.add("wire.ipc.echo.10000.p50", 300);
        results.add("wire.ipc.pinion.10000.p50", 700);
        results.add("jmh.WholeGraphBenchmark.plainLoop.median", 100);

        assertThat(outcomeOf(results, "over IPC at 10k/s, p50 added to the echo's, beside the plain loop's time"))
                .isEqualTo(Outcome.HOLDS);
    }

    @Test
    void shouldNotTakeASlowerEchoForAHeldTarget() {
        final Results results = new Results();
        results.add("wire.ipc.echo.10000.p50", 5_000_000);
        results.add("wire.ipc.pinion.10000.p50", 700);
        results.add("jmh.WholeGraphBenchmark.plainLoop.median", 100);

        assertThat(outcomeOf(results, "over IPC at 10k/s, p50 added to the echo's, beside the plain loop's time"))
                .isEqualTo(Outcome.NOT_MEASURED);
    }

    @Test
    void shouldCompareWhatDedupeAddsWithWhatAProbeAdds() {
        final Results results = new Results();
        results.add("jmh.StageBenchmark.pinion(operator=nothing)", 50);
        results.add("jmh.StageBenchmark.pinion(operator=dedupe-1m)", 171);
        results.add("jmh.StageBenchmark.bare(table=nothing)", 10);
        results.add("jmh.StageBenchmark.bare(table=probe-1m)", 110);

        assertThat(outcomeOf(results, "dedupe at 1m keys, beside a bare probe, insert and evict"))
                .isEqualTo(Outcome.MISSED);
    }

    @Test
    void shouldCompareTheMediansOfAllKills() {
        final Results results = new Results();
        for (final int seconds : new int[] {1, 2, 9}) {
            results.add("cluster.echo.failover", seconds * 1e9);
        }
        for (final int tenths : new int[] {90, 21, 10}) {
            results.add("cluster.pinion.failover", tenths * 1e8);
        }

        assertThat(outcomeOf(results, "three members, the leader killed: gap beside the echo's"))
                .isEqualTo(Outcome.HOLDS);
        results.add("cluster.pinion.failover", 1e10);
        assertThat(outcomeOf(results, "three members, the leader killed: gap beside the echo's"))
                .isEqualTo(Outcome.MISSED);
    }

    private static Outcome outcomeOf(final Results results, final String target) {
        return Targets.judge(results).stream()
                .filter(verdict -> verdict.target().name().equals(target))
                .findFirst()
                .orElseThrow()
                .outcome();
    }
}
