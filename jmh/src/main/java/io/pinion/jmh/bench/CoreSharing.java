package io.pinion.jmh.bench;

import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Additions;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/** Looks before and after each iteration of JMH's whether somebody else uses the other half of a core: see {@link Additions}. */
public final class CoreSharing implements InternalProfiler {
    /** What it adds to a result: nanoseconds for eight additions, in the iteration that was disturbed least. */
    static final String LABEL = "core.additions";

    private double beforeNs;

    /** Made by JMH, by its name. */
    public CoreSharing() {}

    /**
     * What a reader should know of a run.
     *
     * @param additionsNs of each process.
     * @return a sentence, where cores were shared in some of them.
     */
    static Optional<String> noteOn(final List<Double> additionsNs) {
        final long shared = additionsNs.stream()
                .filter(ns -> Results.isShared(ns, additionsNs))
                .count();
        return shared == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        "In %d of %d processes that measured in memory a core was slower throughout, as when somebody else uses"
                                + " its other half: additions took up to %.2f times their least. What computes is slower then, and what"
                                + " waits for memory is not: where there are others, these are left out of the targets'"
                                + " ratios. All figures are in the JSON.",
                        shared, additionsNs.size(), Collections.max(additionsNs) / Collections.min(additionsNs)));
    }

    @Override
    public void beforeIteration(final BenchmarkParams benchmark, final IterationParams iteration) {
        beforeNs = Additions.mostNs();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            final BenchmarkParams benchmark, final IterationParams iteration, final IterationResult result) {
        return List.of(new ScalarResult(LABEL, Math.max(beforeNs, Additions.mostNs()), "ns", AggregationPolicy.MIN));
    }

    @Override
    public String getDescription() {
        return "whether cores were shared with others";
    }
}
