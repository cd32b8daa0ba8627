package io.pinion.jmh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgainstTest {
    @Test
    void shouldSayWhatIsSlowerInEveryRound() {
        assertThat(text(List.of(110.0, 220.0, 108.0), List.of(100.0, 200.0, 100.0)))
                .contains("1.10 ×  (1.08 to 1.10)  slower", "1 moved by more than the noise.");
    }

    @Test
    void shouldTakeWhatOneRoundContradictsForNoise() {
        assertThat(text(List.of(150.0, 150.0, 99.0), List.of(100.0, 100.0, 100.0)))
                .doesNotContain("slower")
                .contains("Nothing moved by more than the noise.");
    }

    @Test
    void shouldNotTellOfAlmostNothing() {
        assertThat(text(List.of(98.0, 98.0, 98.0), List.of(100.0, 100.0, 100.0)))
                .doesNotContain("faster");
        assertThat(text(List.of(90.0, 90.0, 90.0), List.of(100.0, 100.0, 100.0)))
                .contains("faster");
    }

    @Test
    void shouldTakeForNoiseWhatIsLessThanWhatIsByHandHasMoved() {
        final String baseline = "StageBenchmark.bare{table=items}";
        final Map<String, List<Double>> before = Map.of("A.b", List.of(100.0, 100.0), baseline, List.of(50.0, 50.0));

        assertThat(Against.text("REV", Map.of("A.b", List.of(106.0, 106.0), baseline, List.of(46.0, 46.0)), before))
                .contains(
                        "moved by up to 0.08",
                        "0.92 ×  (0.92 to 0.92)  by hand",
                        "Nothing moved by more than the noise.");
        assertThat(Against.text("REV", Map.of("A.b", List.of(110.0, 110.0), baseline, List.of(46.0, 46.0)), before))
                .contains("1.10 ×  (1.10 to 1.10)  slower", "1 moved by more than the noise.");
    }

    @Test
    void shouldSayWhatTheOtherRevisionDoesNotHave() {
        assertThat(Against.text("REV", Map.of("New.one", List.of(1.0)), Map.of()))
                .contains("New.one", "only here");
    }

    private static String text(final List<Double> ours, final List<Double> theirs) {
        return Against.text("REV", Map.of("A.b", ours), Map.of("A.b", theirs));
    }
}
