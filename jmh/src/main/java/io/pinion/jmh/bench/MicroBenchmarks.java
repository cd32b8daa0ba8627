package io.pinion.jmh.bench;

import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs JMH benchmarks and takes their results over: time and garbage an event. All that match run once before any
 * runs again, so that each fork of one stands beside a fork of the others. Of each fork it is the least of its many short
 * iterations: where a stranger takes the other half of a core, now and then, for a part of a second or for a minute, the median
 * of one fork says what a shared core does, that of the next what a whole one does, and their ratio which of them it was.
 */
final class MicroBenchmarks {
    private static final String GARBAGE = "gc.alloc.rate.norm";

    /**
     * How long a fork takes.
     *
     * @param warmups    iterations before it is measured.
     * @param warmupMs   of each.
     * @param iterations that are measured.
     * @param measuredMs of each.
     */
    record Pace(int warmups, int warmupMs, int iterations, int measuredMs) {
        static final Pace BRIEF = new Pace(3, 400, 12, 100);
        static final Pace STEADY = new Pace(5, 500, 16, 150);
        /** For a curve: many points, of which each counts little. */
        static final Pace GLANCE = new Pace(3, 300, 10, 60);
        /** For what is soon as quick as it gets: more forks in the same time see more of the machine. */
        static final Pace SHORT = new Pace(6, 300, 16, 60);
    }

    /** What a heap of 8 GiB asks for, with all else that runs. */
    private static final long MUCH_MEMORY_MIB = 16 * 1_024;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;

    MicroBenchmarks(final Workplace place, final Results results, final Consumer<String> progress) {
        this.place = place;
        this.results = results;
        this.progress = progress;
    }

    /** Whether a hundred million keys have room here. */
    static boolean hasMuchMemory() {
        return MeasuredOn.memoryMib() >= MUCH_MEMORY_MIB;
    }

    /**
     * Runs what is there.
     *
     * @param include    a pattern of names; where nothing matches, nothing is measured.
     * @param parameters that take the place of the benchmarks' own, by name.
     * @param forks      of each.
     * @param pace       of each fork.
     */
    void run(final String include, final Map<String, String[]> parameters, final int forks, final Pace pace) {
        for (int fork = 0; fork < forks; fork++) {
            progress.accept(
                    "in memory, " + include.replaceAll("[^A-Za-z|]", "") + ", fork " + (fork + 1) + " of " + forks);
            try {
                add(new Runner(options(include, parameters, pace)).run());
            } catch (final NoBenchmarksException none) {
                return;
            } catch (final RunnerException e) {
                throw new IllegalStateException("JMH failed on " + include + ": " + e.getMessage(), e);
            }
        }
    }

    private org.openjdk.jmh.runner.options.Options options(
            final String include, final Map<String, String[]> parameters, final Pace pace) {
        final List<String> flags = new ArrayList<>(Workplace.jvmFlags());
        flags.add("-Xms2g");
        if (hasMuchMemory()) {
            flags.add("-Xmx8g");
        }
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include(include)
                .forks(1)
                .warmupIterations(pace.warmups())
                .warmupTime(TimeValue.milliseconds(pace.warmupMs()))
                .measurementIterations(pace.iterations())
                .measurementTime(TimeValue.milliseconds(pace.measuredMs()))
                .shouldFailOnError(true)
                .addProfiler(CoreSharing.class) // around the other, which would count what this one leaves
                .addProfiler(GCProfiler.class)
                .output(place.folder().resolve("jmh.log").toString())
                .jvmArgs(flags.toArray(String[]::new));
        parameters.forEach(options::param);
        return options.build();
    }

    private void add(final Collection<RunResult> runs) {
        for (final RunResult run : runs) {
            final String name = "jmh." + nameOf(run.getParams());
            final Statistics iterations = run.getPrimaryResult().getStatistics();
            final String unit = run.getPrimaryResult().getScoreUnit();
            results.add(name, nanoseconds(iterations.getMin(), unit));
            results.add(name + Results.MEDIAN, nanoseconds(iterations.getPercentile(50), unit));
            final Result<?> garbage = run.getSecondaryResults().get(GARBAGE);
            if (garbage != null) {
                results.add(name + ".bytes", garbage.getScore());
            }
            final Result<?> additions = run.getSecondaryResults().get(CoreSharing.LABEL);
            if (additions != null) {
                results.add(name + Results.ADDITIONS, additions.getScore());
            }
        }
    }

    private static double nanoseconds(final double time, final String unit) {
        return switch (unit) {
            case "ns/op" -> time;
            case "us/op" -> time * 1e3;
            case "ms/op" -> time * 1e6;
            default -> throw new IllegalStateException("a benchmark tells " + unit + ": let it tell the average time");
        };
    }

    /** Class, method and parameters, such as {@code StageBenchmark.dedupe(keys=1000)}. */
    static String nameOf(final BenchmarkParams params) {
        final String[] path = params.getBenchmark().split("\\.");
        final String name = path[path.length - 2] + "." + path[path.length - 1];
        final List<String> values = new ArrayList<>();
        params.getParamsKeys().forEach(key -> values.add(key + "=" + params.getParam(key)));
        return values.isEmpty() ? name : name + "(" + String.join(",", values) + ")";
    }
}
