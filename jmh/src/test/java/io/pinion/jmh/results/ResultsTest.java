package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @Test
    void shouldTellTheMedianOfTheForks() {
        add("odd", 9, 1, 5);
        add("even", 4, 1, 2, 9);

        assertThat(results.median("odd")).hasValue(5);
        assertThat(results.median("even")).hasValue(3);
        assertThat(results.median("none")).isEmpty();
    }

    @Test
    void shouldCompareEachForkWithTheOneThatRanInTurn() {
        // The machine was ten times as slow in the second fork: the ratio of the medians would be 0.2.
        add("ours", 2, 20, 2);
        add("theirs", 1, 10, 10);

        assertThat(results.ratio("ours", "theirs")).hasValue(2);
    }

    @Test
    void shouldCompareMediansWhereForksAreMissing() {
        add("ours", 4, 6);
        add("theirs", 1);

        assertThat(results.ratio("ours", "theirs")).hasValue(5);
        assertThat(results.ratio("ours", "none")).isEmpty();
    }

    @Test
    void shouldLeaveOutForksWhereACoreWasShared() {
        add("peers.ours.perCore", 2, 9, 2.2, 2.4);
        add("peers.ours.additions", 0.55, 0.77, 0.56, 0.55);
        add("peers.theirs.perCore", 1, 1, 7, 1);
        add("peers.theirs.additions", 0.56, 0.55, 0.80, 0.55);

        assertThat(results.median("peers.ours.perCore")).hasValue(2.2);
        assertThat(results.ratio("peers.ours.perCore", "peers.theirs.perCore")).hasValue(2.2); // of 2 and 2.4
    }

    @Test
    void shouldCompareForksThatDidNotRunInTurnWhereNoPairHadItsCoresToItself() {
        add("jmh.ours", 3, 2, 3);
        add("jmh.ours.additions", 0.80, 0.55, 0.80);
        add("jmh.theirs", 1, 1.5, 1);
        add("jmh.theirs.additions", 0.55, 0.80, 0.55);

        assertThat(results.ratio("jmh.ours", "jmh.theirs")).hasValue(2);
    }

    @Test
    void shouldTakeAllForksWhereACoreWasSharedInAll() {
        add("jmh.ours", 2, 4, 6);
        add("jmh.ours.additions", 0.80, 0.77, 0.79);
        add("jmh.theirs", 1, 1, 1);
        add("jmh.theirs.additions", 0.55, 0.55, 0.55);

        assertThat(results.ratio("jmh.ours", "jmh.theirs")).hasValue(4);
    }

    @Test
    void shouldAddUpTheLatenciesOfTheForks() {
        final Histogram one = new Histogram(3);
        one.recordValue(100);
        final Histogram other = new Histogram(3);
        other.recordValue(900);

        results.addLatency("a", one);
        results.addLatency("a", other);

        assertThat(results.latencies().get("a").getTotalCount()).isEqualTo(2);
        assertThat(one.getTotalCount()).isEqualTo(1);
    }

    private void add(final String name, final double... values) {
        for (final double value : values) {
            results.add(name, value);
        }
    }
}
