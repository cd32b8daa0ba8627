package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class PlotTest {
    private static final Plot.Axis AXIS = Plot.Axis.logarithmic("n", List.of(1.0, 100.0), Html::count);

    @Test
    void shouldPlaceEachTenfoldAtTheSameDistance() {
        final String svg = plot(new double[] {1, 1}, new double[] {10, 10}, new double[] {100, 100});

        final List<double[]> dots = dots(svg);
        assertThat(dots).hasSize(3);
        assertThat(dots.get(1)[0] - dots.get(0)[0]).isEqualTo(dots.get(2)[0] - dots.get(1)[0]);
        assertThat(dots.get(0)[1]).isGreaterThan(dots.get(1)[1]); // more is higher, and y counts downwards
    }

    @Test
    void shouldShowWhichPointsFailed() {
        assertThat(plot(new double[] {1, 1, 0}, new double[] {10, 10, 1}))
                .containsOnlyOnce("dot pinion failed")
                .contains("missed its rate");
    }

    @Test
    void shouldKeepWhatIsBeyondAnAxisAtItsEdge() {
        final List<double[]> dots = dots(plot(new double[] {100, 5}, new double[] {100_000, 5}));

        assertThat(dots.get(1)[0]).isEqualTo(dots.get(0)[0]);
    }

    @Test
    void shouldBeWellFormedWhateverALineIsCalled() throws Exception {
        final Plot plot = new Plot("<a & \"b\">", AXIS, AXIS);
        plot.add(new Plot.Line("<x> & y", "pinion", true, true, List.of(new double[] {1, 1}, new double[] {2, 2})));

        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(plot.svg())))
                        .getDocumentElement()
                        .getTagName())
                .isEqualTo("svg");
    }

    @Test
    void shouldReachFromOnePowerOfTenToAnother() {
        assertThat(Plot.Axis.logarithmic("n", List.of(3.0, 2_000.0), Html::count)
                        .ticks())
                .containsExactly(1.0, 10.0, 100.0, 1_000.0, 10_000.0);
        assertThat(Plot.Axis.logarithmic("n", List.of(10.0), Html::count).ticks())
                .containsExactly(10.0, 100.0);
    }

    @Test
    void shouldHaveItsLabelsApartAndInsideHoweverManyLinesEndTogether() {
        final Plot plot = new Plot("name", AXIS, AXIS);
        for (int i = 0; i < 12; i++) {
            plot.add(new Plot.Line(
                    "line " + i, "pinion", false, false, List.of(new double[] {1, 1}, new double[] {2, 2})));
        }

        final List<Double> labels = Pattern.compile("class=\"name pinion\" x=\"[0-9.]+\" y=\"([0-9.-]+)\"")
                .matcher(plot.svg())
                .results()
                .map(label -> Double.valueOf(label.group(1)))
                .sorted()
                .toList();
        assertThat(labels).hasSize(12).allMatch(at -> at > 12 && at < 290);
        for (int i = 1; i < labels.size(); i++) {
            assertThat(labels.get(i) - labels.get(i - 1)).isGreaterThanOrEqualTo(13);
        }
    }

    private static String plot(final double[]... points) {
        return new Plot("name", AXIS, AXIS)
                .add(new Plot.Line("line", "pinion", false, true, List.of(points)))
                .svg();
    }

    private static List<double[]> dots(final String svg) {
        final Matcher dot = Pattern.compile("cx=\"([0-9.]+)\" cy=\"([0-9.]+)\"").matcher(svg);
        final List<double[]> dots = new ArrayList<>();
        while (dot.find()) {
            dots.add(new double[] {Double.parseDouble(dot.group(1)), Double.parseDouble(dot.group(2))});
        }
        return dots;
    }
}
