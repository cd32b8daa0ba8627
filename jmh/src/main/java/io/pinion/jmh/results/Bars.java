package io.pinion.jmh.results;

import java.util.List;
import java.util.Locale;

/** Numbers beside each other, as SVG: one bar each, from zero. */
final class Bars {
    private static final int WIDTH = 620;
    private static final int NAME = 210;
    private static final int VALUE = 110;
    private static final int STEP = 30;

    /**
     * One bar.
     *
     * @param name   before it.
     * @param colour its class, as for {@link Plot}.
     * @param value  from 0.
     * @param words  behind it.
     */
    record Bar(String name, String colour, double value, String words) {}

    private Bars() {}

    static String svg(final String name, final List<Bar> bars) {
        final double most = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        final StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH,
                bars.size() * STEP + 8,
                Html.escaped(name)));
        for (int i = 0; i < bars.size(); i++) {
            final Bar bar = bars.get(i);
            final double length = Math.max(1, bar.value() / most * (WIDTH - NAME - VALUE));
            final int y = i * STEP + 6;
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"label\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                            + "<rect class=\"bar %s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\"/>"
                            + "<text class=\"label\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    NAME - 8,
                    y + 15,
                    Html.escaped(bar.name()),
                    bar.colour(),
                    NAME,
                    y,
                    length,
                    NAME + length + 8,
                    y + 15,
                    Html.escaped(bar.words())));
        }
        return svg.append("</svg>\n").toString();
    }
}
