package io.pinion.jmh.bench;

import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.openhft.affinity.Affinity;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Tells whether somebody else used the other half of a core while JMH measured: before and after each iteration it takes the
 * time of additions that don't need each other, on each core that this process may use, up to four.
 *
 * <p>A virtual core is often one of two threads of a core, and the other one a stranger's. While that computes, what computes
 * here takes 1.4 to 1.6 times as long, and what waits for memory as long as before: ratios of the two change by that.
 */
public final class CoreSharing implements InternalProfiler {
    /** What it adds to a result: nanoseconds for eight additions, the most of all times it looked. */
    static final String LABEL = "core.additions";

    private static final int MOST_CORES = 4;
    private static final int TIMES = 20;
    private static final int STEPS = 50_000;
    /** So much more than the least of a run is not noise. */
    private static final double SHARED = 1.15;

    private double beforeNs;
    /** Keeps what was added from being found useless. */
    private long added;

    /** Made by JMH, by its name. */
    public CoreSharing() {}

    /**
     * What a reader should know of a run.
     *
     * @param additionsNs of each fork.
     * @return a sentence, where cores were shared in some of them.
     */
    static Optional<String> noteOn(final List<Double> additionsNs) {
        if (additionsNs.isEmpty()) {
            return Optional.empty();
        }
        final double least = Collections.min(additionsNs);
        final long shared =
                additionsNs.stream().filter(ns -> ns > SHARED * least).count();
        return shared == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        "In %d of %d processes that measured in memory a core was slower, as when somebody else uses its other"
                                + " half: additions took up to %.2f times their least. What computes is slower then, and what"
                                + " waits for memory is not: where a ratio matters, measure again.",
                        shared, additionsNs.size(), Collections.max(additionsNs) / least));
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
        beforeNs = mostNs();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            final BenchmarkParams benchmark, final IterationParams iteration, final IterationResult result) {
        return List.of(new ScalarResult(LABEL, Math.max(beforeNs, mostNs()), "ns", AggregationPolicy.MAX));
    }

    /** Of the core where they take longest. */
    double mostNs() {
        final BitSet before = Affinity.getAffinity();
        try {
            return before.stream()
                    .limit(MOST_CORES)
                    .mapToDouble(core -> {
                        Affinity.setAffinity(core);
                        return leastNs();
                    })
                    .max()
                    .orElse(0);
        } finally {
            Affinity.setAffinity(before);
        }
    }

    /** The least, since gaps are another matter. */
    private double leastNs() {
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            final long fromNs = System.nanoTime();
            added += additions();
            leastNs = Math.min(leastNs, System.nanoTime() - fromNs);
        }
        return leastNs / (double) STEPS;
    }

    private static long additions() {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        long e = 5;
        long f = 6;
        long g = 7;
        long h = 8;
        for (int i = 0; i < STEPS; i++) {
            a += i;
            b ^= i;
            c += 7;
            d ^= i;
            e += i;
            f ^= 3;
            g += i;
            h ^= i;
        }
        return a + b + c + d + e + f + g + h;
    }

    @Override
    public String getDescription() {
        return "whether cores were shared with others";
    }
}
