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
