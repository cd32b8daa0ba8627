package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GrowthTest {
    private final Growth growth = new Growth("stages", "StagesBenchmark.graph", "stages");
    private final Results results = new Results();

    @Test
    void shouldTellThatTimeGrowsAsItsCauseDoes() {
        point(1, 20);
        point(16, 320);

        assertThat(growth.exponent(results).orElseThrow()).isCloseTo(1, within(1e-9));
    }

    @Test
    void shouldTellThatTimeDoesNotGrow() {
        point(1, 20);
        point(4, 90);
        point(16, 20);

        assertThat(growth.exponent(results).orElseThrow()).isCloseTo(0, within(1e-9));
    }

    @Test
    void shouldKnowNothingFromOnePoint() {
        point(1, 20);
        results.add("jmh.StagesBenchmark.graph(stages=16).bytes", 3);
        results.add("jmh.OtherBenchmark.graph(stages=16)", 3);

        assertThat(growth.exponent(results)).isEmpty();
    }

    private void point(final int stages, final double ns) {
        results.add("jmh.StagesBenchmark.graph(stages=" + stages + ")", ns);
    }
}
