package io.pinion.jmh.results;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the time an event takes grows with something: one benchmark with one parameter.
 *
 * @param title     of what grows.
 * @param benchmark the name of the class and method.
 * @param parameter of the benchmark.
 */
public record Growth(String title, String benchmark, String parameter) {
    /** All that may grow. */
    public static final List<Growth> ALL = List.of(
            new Growth("keys", "KeysBenchmark.graph", "keys"),
            new Growth("rows", "RowsBenchmark.graph", "rows"),
            new Growth("bytes of an event", "EventSizeBenchmark.graph", "bytes"),
            new Growth("fields", "FieldsBenchmark.graph", "fields"),
            new Growth("stages", "StagesBenchmark.graph", "stages"),
            new Growth("routes", "RoutesBenchmark.graph", "routes"),
            new Growth("producers", "ProducersBenchmark.ingress", "producers"));

    /**
     * What was measured.
     *
     * @param results of a run.
     * @return nanoseconds an event, by the parameter.
     */
    public Map<Double, Double> points(final Results results) {
        final Pattern name =
                Pattern.compile(Pattern.quote("jmh." + benchmark) + "\\(" + Pattern.quote(parameter) + "=(\\d+)\\)");
        final Map<Double, Double> points = new TreeMap<>();
        results.figures().forEach((figure, values) -> {
            final Matcher matcher = name.matcher(figure);
            if (matcher.matches()) {
                points.put(Double.parseDouble(matcher.group(1)), Results.medianOf(values));
            }
        });
        return points;
    }

    /**
     * The power of the parameter that the time grows with, from its least to its greatest value.
     *
     * @param results of a run.
     * @return 1 where it grows as its cause does; empty where fewer than two were measured.
     */
    public OptionalDouble exponent(final Results results) {
        final TreeMap<Double, Double> points = new TreeMap<>(points(results));
        if (points.size() < 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(
                Math.log(points.lastEntry().getValue() / points.firstEntry().getValue())
                        / Math.log(points.lastKey() / points.firstKey()));
    }
}
