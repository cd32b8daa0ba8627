package io.pinion.jmh.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;

/**
 * Lines between two axes, as SVG. Colours are classes, which the page's style gives a colour: {@code pinion}, {@code
 * echo}, {@code floor}, {@code hand}, {@code loop}, {@code counted}.
 */
final class Plot {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 330;
    private static final int LEFT = 64;
    private static final int RIGHT = 130;
    private static final int TOP = 12;
    private static final int BOTTOM = 46;
    private static final int LABEL_STEP = 3;
    /** How far below the axis the label of a line may stand that ends there. */
    private static final int LABEL_BELOW = 4;

    private final String name;
    private final Axis x;
    private final Axis y;
    private final List<Line> lines = new ArrayList<>();

    /**
     * Makes an empty one.
     *
     * @param name for those who can't see it.
     */
    Plot(final String name, final Axis x, final Axis y) {
        this.name = name;
        this.x = x;
        this.y = y;
    }

    /**
     * How a number becomes a place.
     *
     * @param label of the axis.
     * @param place of a value, in units of its own.
     * @param min   the least value shown.
     * @param max   the greatest.
     * @param ticks the values that are written.
     * @param words a value for people.
     */
    record Axis(
            String label,
            DoubleUnaryOperator place,
            double min,
            double max,
            List<Double> ticks,
            DoubleFunction<String> words) {
        /** Each step ten times as much; from a power of ten to another, around these values. */
        static Axis logarithmic(final String label, final List<Double> values, final DoubleFunction<String> words) {
            final double least =
                    values.stream().filter(v -> v > 0).min(Double::compare).orElse(1.0);
            final double most = values.stream().max(Double::compare).orElse(10.0);
            final int from = (int) Math.floor(Math.log10(least) + 1e-9);
            final int to = Math.max(from + 1, (int) Math.ceil(Math.log10(most) - 1e-9));
            final List<Double> ticks = new ArrayList<>();
            for (int power = from; power <= to; power++) {
                ticks.add(Math.pow(10, power));
            }
            return new Axis(label, Math::log10, Math.pow(10, from), Math.pow(10, to), ticks, words);
        }

        /** Percentiles, of which each nine is one step. */
        static Axis percentiles() {
            return new Axis(
                    "percentile",
                    p -> -Math.log10(1 - p / 100),
                    0,
                    99.99,
                    List.of(50.0, 90.0, 99.0, 99.9, 99.99),
                    p -> p == Math.rint(p) ? String.valueOf((int) p) : String.valueOf(p));
        }

        private double share(final double value) {
            final double from = place.applyAsDouble(min);
            final double to = place.applyAsDouble(max);
            final double at = (place.applyAsDouble(value) - from) / (to - from);
            return Math.max(0, Math.min(1, at));
        }
    }

    /**
     * One line.
     *
     * @param label  that stands at its end.
     * @param colour the class.
     * @param dashed whether it is.
     * @param dots   whether its points are drawn.
     * @param points each x, y, and 1 where it failed.
     */
    record Line(String label, String colour, boolean dashed, boolean dots, List<double[]> points) {}

    Plot add(final Line line) {
        if (!line.points().isEmpty()) {
            lines.add(line);
        }
        return this;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String svg() {
        final StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                HEIGHT,
                Html.escaped(name)));
        addAxes(svg);
        final List<Double> taken = new ArrayList<>();
        for (final Line line : lines) {
            addLine(svg, line, taken);
        }
        return svg.append("</svg>\n").toString();
    }

    private void addAxes(final StringBuilder svg) {
        for (final double tick : x.ticks()) {
            final double at = px(tick);
            line(svg, "grid", at, TOP, at, HEIGHT - BOTTOM);
            text(svg, "tick", at, HEIGHT - BOTTOM + 16, "middle", x.words().apply(tick));
        }
        for (final double tick : y.ticks()) {
            final double at = py(tick);
            line(svg, "grid", LEFT, at, WIDTH - RIGHT, at);
            text(svg, "tick", LEFT - 8, at + 4, "end", y.words().apply(tick));
        }
        text(svg, "label", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", x.label());
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"label\" text-anchor=\"middle\" transform=\"translate(14 %.1f) rotate(-90)\">%s</text>%n",
                (TOP + HEIGHT - BOTTOM) / 2.0,
                Html.escaped(y.label())));
    }

    private void addLine(final StringBuilder svg, final Line line, final List<Double> taken) {
        final StringBuilder path = new StringBuilder();
        for (final double[] point : line.points()) {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.length() == 0 ? "M" : " L", px(point[0]), py(point[1])));
        }
        svg.append("<path class=\"line ")
                .append(line.colour())
                .append(line.dashed() ? " dashed" : "")
                .append("\" d=\"")
                .append(path)
                .append("\"/>\n");
        if (line.dots()) {
            for (final double[] point : line.points()) {
                final boolean failed = point.length > 2 && point[2] > 0;
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"dot %s%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s: %s, %s%s</title></circle>%n",
                        line.colour(),
                        failed ? " failed" : "",
                        px(point[0]),
                        py(point[1]),
                        Html.escaped(line.label()),
                        x.words().apply(point[0]),
                        y.words().apply(point[1]),
                        failed ? ", missed its rate" : ""));
            }
        }
        final double[] last = line.points().get(line.points().size() - 1);
        final double below = freeFrom(py(last[1]) + 4, LABEL_STEP, taken);
        final boolean hasRoom = below <= HEIGHT - BOTTOM + LABEL_BELOW;
        final double labelY = hasRoom ? below : freeFrom(py(last[1]) + 4, -LABEL_STEP, taken);
        taken.add(labelY);
        text(svg, "name " + line.colour(), px(last[0]) + 8, labelY, "start", line.label());
    }

    private static double freeFrom(final double at, final int step, final List<Double> taken) {
        double free = at;
        while (isNear(free, taken)) {
            free += step;
        }
        return free;
    }

    private static boolean isNear(final double at, final List<Double> taken) {
        return taken.stream().anyMatch(other -> Math.abs(other - at) < 13);
    }

    private double px(final double value) {
        return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
    }

    private double py(final double value) {
        return HEIGHT - BOTTOM - y.share(value) * (HEIGHT - TOP - BOTTOM);
    }

    private static void line(
            final StringBuilder svg,
            final String style,
            final double x1,
            final double y1,
            final double x2,
            final double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(
            final StringBuilder svg,
            final String style,
            final double x,
            final double y,
            final String anchor,
            final String words) {
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                style,
                x,
                y,
                anchor,
                Html.escaped(words)));
    }
}
