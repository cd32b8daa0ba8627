package io.pinion.jmh.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A report as one page, which needs nothing else. */
final class Page {
    private static final int[] CURVE_RATES = {10_000, 50_000};
    private static final int[] CLUSTER_RATES = {1_000, 10_000};
    private static final String FLOOR =
            "The floor is how long an event at any moment would wait for this machine alone.";
    private static final String LOAD = "p50 solid, p90 dashed. Hollow points missed their rate.";
    private static final String HIGHEST = "Highest rate held";
    private static final String HELD = "At least 99 % left when they were due, and no backlog at the end.";
    private static final String[] IN_MEMORY = {
        "WholeGraphBenchmark", "TwoThreadsBenchmark", "StageBenchmark", "DecodeBenchmark", "EncodeBenchmark"
    };
    private static final String[] WIRES = {"udp", "ipc"};
    private static final Map<String, String> CONTENDERS = new LinkedHashMap<>();

    static {
        CONTENDERS.put("echo", "echo");
        CONTENDERS.put("loop", "plain loop");
        CONTENDERS.put("counted", "rows and counts");
        CONTENDERS.put("hand", "sidecar by hand");
        CONTENDERS.put("pinion", "Pinion");
    }

    private final Report report;
    private final Results results;
    private final Map<String, String> drawn = new LinkedHashMap<>();

    Page(final Report report) {
        this.report = report;
        results = report.results();
    }

    String html() {
        final StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escaped(report.title()))
                .append("</title>\n<style>\n")
                .append(PageStyle.PAGE)
                .append("</style>\n<main>\n<h1>")
                .append(Html.escaped(report.title()))
                .append("</h1>\n<p><a href=\"#targets\">")
                .append(report.summary())
                .append("</a></p>\n");
        addEnvironment(html);
        addWire(html);
        addGraph(html);
        addGrowth(html);
        addCluster(html);
        addFigures(html);
        addTargets(html);
        return html.append("</main>\n</html>\n").toString();
    }

    private void addEnvironment(final StringBuilder html) {
        html.append("<table class=\"environment\">\n");
        report.environment().forEach((name, value) -> html.append("<tr><th>")
                .append(Html.escaped(name))
                .append("<td>")
                .append(Html.escaped(value))
                .append('\n'));
        html.append("</table>\n");
        if (!results.notes().isEmpty()) {
            html.append("<ul>\n");
            results.notes()
                    .forEach(note ->
                            html.append("<li>").append(Html.escaped(note)).append('\n'));
            html.append("</ul>\n");
        }
    }

    private void addWire(final StringBuilder html) {
        final StringBuilder plots = new StringBuilder();
        for (final String wire : WIRES) {
            for (final int rate : CURVE_RATES) {
                addFigure(
                        plots,
                        curves("wire." + wire, rate),
                        "Latency over " + wire.toUpperCase(Locale.ROOT) + " at " + rate / 1000 + "k events/s",
                        FLOOR);
            }
        }
        for (final String wire : WIRES) {
            addFigure(plots, load("wire." + wire), "Latency against load over " + wire.toUpperCase(Locale.ROOT), LOAD);
        }
        final List<Bars.Bar> bars = new ArrayList<>();
        for (final String wire : WIRES) {
            addHighest(bars, "wire." + wire, wire.toUpperCase(Locale.ROOT));
        }
        addBars(plots, bars, HIGHEST, HELD);
        addSection(
                html,
                plots,
                "Wire to wire",
                "From the time an event was due to leave the rig to the time it was back. The echo is a bare Aeron process"
                        + " in the sidecar's place, with Aeron's own media driver and the sidecar's settings. The plain loop is the"
                        + " job by hand on such; with rows and counts it is the same with rows of a class, and counts of what comes"
                        + " and is dropped; and the sidecar by hand has a ring and latencies besides.");
    }

    private void addCluster(final StringBuilder html) {
        final StringBuilder plots = new StringBuilder();
        final List<Bars.Bar> bars = new ArrayList<>();
        for (final int sync : new int[] {0, 1}) {
            final String at = ", file sync level " + sync;
            final String prefix = "cluster.sync" + sync;
            for (final int rate : CLUSTER_RATES) {
                addFigure(plots, curves(prefix, rate), "Latency at " + rate / 1000 + "k events/s" + at, FLOOR);
            }
            addFigure(plots, load(prefix), "Latency against load" + at, LOAD);
            addHighest(bars, prefix, "file sync level " + sync);
        }
        addBars(plots, bars, HIGHEST + " by three members", HELD);
        addSection(
                html,
                plots,
                "Three members",
                "From the time an event was due at the producer to the time it was at its target. The echo is a bare Aeron"
                        + " Cluster of as many members with the same threads, idle strategies (those of the profile"
                        + " cluster-0), term lengths, checksums and time-outs. All members, their media drivers and the"
                        + " rig, on one thread with its own, share the cores of this one machine, unpinned.");
    }

    private void addHighest(final List<Bars.Bar> bars, final String prefix, final String title) {
        CONTENDERS.forEach((contender, label) -> results.median(prefix + "." + contender + ".highest")
                .ifPresent(rate ->
                        bars.add(new Bars.Bar(title + ", " + label, contender, rate, Html.count(rate) + "/s"))));
    }

    private Plot curves(final String prefix, final int rate) {
        final List<Plot.Line> lines = new ArrayList<>();
        final Histogram floor = results.latencies().get("noise");
        if (floor != null) {
            lines.add(new Plot.Line("floor", "floor", true, false, curve(floor)));
        }
        boolean isMeasured = false;
        for (final Map.Entry<String, String> contender : CONTENDERS.entrySet()) {
            final Histogram latency = results.latencies().get(prefix + "." + contender.getKey() + "." + rate);
            if (latency != null) {
                isMeasured = true;
                lines.add(new Plot.Line(contender.getValue(), contender.getKey(), false, false, curve(latency)));
            }
        }
        return plot("Latency by percentile", Plot.Axis.percentiles(), isMeasured ? lines : List.of());
    }

    private static List<double[]> curve(final Histogram latency) {
        final List<double[]> points = new ArrayList<>();
        for (double nines = 0.05; nines <= 4.0001; nines += 0.05) {
            final double percentile = 100 - 100 * Math.pow(10, -nines);
            final double value = latency.getValueAtPercentile(percentile);
            if (value > 0) {
                points.add(new double[] {percentile, value});
            }
        }
        return points;
    }

    private Plot load(final String prefix) {
        final List<Plot.Line> lines = new ArrayList<>();
        final List<Double> rates = new ArrayList<>();
        CONTENDERS.forEach((contender, label) -> {
            for (final String percentile : new String[] {"p50", "p90"}) {
                final List<double[]> points = points(prefix + "." + contender + ".", "." + percentile);
                points.forEach(point -> rates.add(point[0]));
                if (!points.isEmpty()) {
                    lines.add(
                            new Plot.Line(label + " " + percentile, contender, percentile.equals("p90"), true, points));
                }
            }
        });
        return plot("Latency by load", Plot.Axis.logarithmic("events a second, intended", rates, Html::count), lines);
    }

    /** The figures between two ends of a name, by the number in the middle. */
    private List<double[]> points(final String prefix, final String suffix) {
        final Map<Double, double[]> points = new TreeMap<>();
        results.figures().forEach((name, values) -> {
            if (name.startsWith(prefix) && name.endsWith(suffix)) {
                final String middle = name.substring(prefix.length(), name.length() - suffix.length());
                final boolean isHeld = results.median(prefix + middle + ".held").orElse(1) >= 0.5;
                points.put(Double.parseDouble(middle), new double[] {
                    Double.parseDouble(middle), Math.max(1, Results.medianOf(values)), isHeld ? 0 : 1
                });
            }
        });
        return List.copyOf(points.values());
    }

    private static Plot plot(final String name, final Plot.Axis x, final List<Plot.Line> lines) {
        final List<Double> times = new ArrayList<>();
        lines.forEach(line -> line.points().forEach(point -> times.add(point[1])));
        final Plot plot = new Plot(name, x, Plot.Axis.logarithmic("time", times, Html::time));
        lines.forEach(plot::add);
        return plot;
    }

    private void addGraph(final StringBuilder html) {
        final StringBuilder plots = new StringBuilder();
        for (final String group : IN_MEMORY) {
            final String prefix = "jmh." + group + ".";
            final List<Bars.Bar> bars = new ArrayList<>();
            results.figures().forEach((name, values) -> {
                if (name.startsWith(prefix)
                        && !name.endsWith(".bytes")
                        && !name.endsWith(Results.ADDITIONS)
                        && !name.endsWith(Results.MEDIAN)) {
                    final String benchmark = name.substring(prefix.length());
                    final double ns = Results.medianOf(values);
                    bars.add(new Bars.Bar(
                            benchmark, benchmark.startsWith("pinion") ? "pinion" : "hand", ns, Html.time(ns)));
                }
            });
            addBars(plots, bars, group.replace("Benchmark", ""), "Time an event; median of the forks.");
        }
        addSection(html, plots, "In memory", "The graph, its stages and the codec alone.");
    }

    private void addGrowth(final StringBuilder html) {
        final StringBuilder plots = new StringBuilder();
        for (final Growth growth : Growth.ALL) {
            final List<double[]> points = new ArrayList<>();
            growth.points(results).forEach((parameter, ns) -> points.add(new double[] {parameter, ns}));
            if (points.size() < 2) {
                continue;
            }
            final List<double[]> ideal = new ArrayList<>();
            final double[] first = points.get(0);
            points.forEach(point -> ideal.add(new double[] {point[0], first[1] * point[0] / first[0]}));
            final List<Double> parameters =
                    points.stream().map(point -> point[0]).toList();
            final List<Plot.Line> lines = List.of(
                    new Plot.Line("in proportion", "floor", true, false, ideal),
                    new Plot.Line("Pinion", "pinion", false, true, points));
            addFigure(
                    plots,
                    plot(growth.title(), Plot.Axis.logarithmic(growth.title(), parameters, Html::count), lines),
                    "Time an event, by " + growth.title(),
                    "");
        }
        addSection(html, plots, "How cost grows", "Nothing may grow faster than its cause, but for cache effects.");
    }

    private void addFigure(final StringBuilder html, final Plot plot, final String title, final String explanation) {
        if (!plot.isEmpty()) {
            addDrawing(html, plot.svg(), title, explanation);
        }
    }

    private void addBars(
            final StringBuilder html, final List<Bars.Bar> bars, final String title, final String explanation) {
        if (!bars.isEmpty()) {
            addDrawing(html, Bars.svg(title, bars), title, explanation);
        }
    }

    private void addDrawing(final StringBuilder html, final String svg, final String title, final String explanation) {
        drawn.put(title, svg);
        html.append("<figure><figcaption><b>")
                .append(Html.escaped(title))
                .append("</b> ")
                .append(Html.escaped(explanation))
                .append("</figcaption>\n")
                .append(svg)
                .append("</figure>\n");
    }

    /** The plots of the page that was made last, as pictures that stand alone, by the name of a file. */
    Map<String, String> plots() {
        final Map<String, String> files = new LinkedHashMap<>();
        drawn.forEach((title, svg) -> files.put(
                title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg",
                svg.replaceFirst(
                        "<svg ([^>]*)>",
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" $1>\n<style>\n" + PageStyle.PLOT
                                + "</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>")));
        return files;
    }

    private static void addSection(
            final StringBuilder html, final StringBuilder plots, final String title, final String explanation) {
        if (plots.length() > 0) {
            html.append("<h2>")
                    .append(Html.escaped(title))
                    .append("</h2>\n<p>")
                    .append(Html.escaped(explanation))
                    .append("</p>\n<div class=\"plots\">\n")
                    .append(plots)
                    .append("</div>\n");
        }
    }

    private void addFigures(final StringBuilder html) {
        html.append("<h2>All figures</h2>\n<details><summary>")
                .append(results.figures().size())
                .append(" figures; times in nanoseconds, a value a fork</summary>\n<table>\n");
        results.figures().forEach((name, values) -> {
            html.append("<tr><td>").append(Html.escaped(name)).append("<td class=\"number\">");
            html.append(Html.number(Results.medianOf(values))).append("<td class=\"number quiet\">");
            values.forEach(value -> html.append(Html.number(value)).append(' '));
            html.append('\n');
        });
        html.append("</table>\n</details>\n");
    }

    private void addTargets(final StringBuilder html) {
        html.append("<h2 id=\"targets\">Targets</h2>\n<p>")
                .append(report.summary())
                .append("</p>\n<table class=\"targets\">\n")
                .append("<tr><th>Part<th>Target<th class=\"number\">Value<th>Bound<th>Outcome\n");
        String part = "";
        for (final Target.Verdict verdict : Targets.judge(results)) {
            final Target target = verdict.target();
            html.append("<tr class=\"")
                    .append(verdict.outcome().name().toLowerCase(Locale.ROOT))
                    .append("\"><td>")
                    .append(target.part().equals(part) ? "" : target.part())
                    .append("<td>")
                    .append(Html.escaped(target.name()))
                    .append("<td class=\"number\">")
                    .append(Html.escaped(verdict.valueText()))
                    .append("<td>")
                    .append(Html.escaped(target.boundText()))
                    .append("<td class=\"outcome\">")
                    .append(verdict.outcome())
                    .append('\n');
            part = target.part();
        }
        html.append("</table>\n");
    }
}
