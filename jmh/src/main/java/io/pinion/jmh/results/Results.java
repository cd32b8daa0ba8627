package io.pinion.jmh.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * All that a run measured: figures by name, one value a fork; and the latencies behind them, for the plots. One thread.
 *
 * <p>Names are paths, such as {@code wire.udp.pinion.10000.p50} or {@code jmh.WholeGraphBenchmark.pinion}; times are
 * nanoseconds, rates events a second, and {@code .bytes} is garbage an event.
 */
public final class Results {
    /** What follows a figure's name, or the beginning of it, where its processes' additions are told. */
    public static final String ADDITIONS = ".additions";

    /** Ends the name of the median of what a figure is the least of. */
    public static final String MEDIAN = ".median";

    /** So much more than the least of a run is not noise. */
    private static final double SHARED = 1.15;

    private final Map<String, List<Double>> figures = new TreeMap<>();
    private final Map<String, Histogram> latencies = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    /** Makes empty ones. */
    public Results() {}

    /**
     * Adds what one fork showed.
     *
     * @param name  of the figure.
     * @param value of this fork.
     */
    public void add(final String name, final double value) {
        figures.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }

    /**
     * Adds the latencies of one fork to those of the others.
     *
     * @param name    of what was measured.
     * @param latency in nanoseconds.
     */
    public void addLatency(final String name, final Histogram latency) {
        final Histogram sum = latencies.get(name);
        if (sum == null) {
            latencies.put(name, latency.copy());
        } else {
            sum.add(latency);
        }
    }

    /**
     * Adds what a reader should know, such as a run that missed its rate.
     *
     * @param sentence that is printed with the targets.
     */
    public void note(final String sentence) {
        notes.add(sentence);
    }

    /**
     * The median over the forks that had their cores to themselves, in memory, or over all
     * where none had.
     *
     * @param name of the figure.
     * @return empty where it was not measured.
     */
    public OptionalDouble median(final String name) {
        final List<Double> values = figures.get(name);
        return values == null ? OptionalDouble.empty() : OptionalDouble.of(medianOf(undisturbed(values, name)));
    }

    /**
     * The ratio of two figures: the median of the forks' own ratios where both have as many, since what ran in turn saw the
     * same machine; otherwise that of the medians. Of forks that had their cores to themselves, where there are such.
     *
     * @param of   a figure.
     * @param over another.
     * @return empty where one was not measured.
     */
    public OptionalDouble ratio(final String of, final String over) {
        final List<Double> above = figures.get(of);
        final List<Double> below = figures.get(over);
        if (above == null || below == null) {
            return OptionalDouble.empty();
        }
        if (above.size() != below.size()) {
            return OptionalDouble.of(medianOf(undisturbed(above, of)) / medianOf(undisturbed(below, over)));
        }
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        final List<Double> undisturbed = undisturbed(ratios, of, over);
        final boolean isNoPairUndisturbed = undisturbed == ratios && undisturbed(above, of) != above;
        return OptionalDouble.of(
                isNoPairUndisturbed && undisturbed(below, over) != below
                        ? medianOf(undisturbed(above, of)) / medianOf(undisturbed(below, over))
                        : medianOf(undisturbed));
    }

    /** Of values of forks those where nobody else used a core, by the {@link #ADDITIONS} of all these figures; the same list where that are none or all. */
    private List<Double> undisturbed(final List<Double> values, final String... names) {
        final List<Double> all = additions();
        final List<Double> kept = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            final int fork = i;
            if (Arrays.stream(names)
                    .map(this::additionsOf)
                    .noneMatch(additions -> additions.size() == values.size() && isShared(additions.get(fork), all))) {
                kept.add(values.get(i));
            }
        }
        return kept.isEmpty() || kept.size() == values.size() ? values : kept;
    }

    /**
     * What additions took in each process that was looked at.
     *
     * @return nanoseconds, in no order that matters.
     */
    public List<Double> additions() {
        return figures.entrySet().stream()
                .filter(figure -> figure.getKey().endsWith(ADDITIONS))
                .flatMap(figure -> figure.getValue().stream())
                .toList();
    }

    /** Those of the figure's own processes: its name, or the beginning of that, has them. */
    private List<Double> additionsOf(final String figure) {
        for (String name = figure; ; name = name.substring(0, name.lastIndexOf('.'))) {
            final List<Double> additions = figures.get(name + ADDITIONS);
            if (additions != null || name.lastIndexOf('.') < 0) {
                return additions == null ? List.of() : additions;
            }
        }
    }

    /**
     * Whether somebody else used a core.
     *
     * @param additionsNs of one process.
     * @param all         of all on the same machine.
     * @return whether it is more than noise over the least of all.
     */
    public static boolean isShared(final double additionsNs, final List<Double> all) {
        return additionsNs > SHARED * Collections.min(all);
    }

    /**
     * The median of values.
     *
     * @param values at least one.
     * @return the middle, or the mean of the two there.
     */
    public static double medianOf(final List<Double> values) {
        final double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /**
     * All figures.
     *
     * @return by name, sorted; each a value a fork.
     */
    public Map<String, List<Double>> figures() {
        return Collections.unmodifiableMap(figures);
    }

    /**
     * All latencies.
     *
     * @return by name, sorted.
     */
    public Map<String, Histogram> latencies() {
        return Collections.unmodifiableMap(latencies);
    }

    /**
     * What a reader should know.
     *
     * @return sentences.
     */
    public List<String> notes() {
        return Collections.unmodifiableList(notes);
    }
}
