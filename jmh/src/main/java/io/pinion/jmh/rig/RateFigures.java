package io.pinion.jmh.rig;

import io.pinion.jmh.results.Results;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What came of rates, as figures. */
public final class RateFigures {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private RateFigures() {}

    /**
     * Adds one fork's: latencies, what came back, whether each rate was held, and the highest that was where that was looked
     * for.
     *
     * @param results to add to.
     * @param prefix  of the figures' names, with its dot.
     * @param who     was measured, for notes.
     * @param rates   that had to be held.
     * @param runs    those rates', and the search's.
     */
    public static void add(
            final Results results,
            final String prefix,
            final String who,
            final List<Long> rates,
            final List<RateRun> runs) {
        long highest = 0;
        for (final RateRun run : runs) {
            final Histogram latency = run.histogram();
            final String name = prefix + run.ratePerSecond();
            results.addLatency(name, latency);
            for (final double percentile : PERCENTILES) {
                results.add(name + "." + percentileName(percentile), latency.getValueAtPercentile(percentile));
            }
            results.add(name + ".returned", (double) run.returned() / Math.max(1, run.sent()));
            results.add(name + ".held", run.isHeld() ? 1 : 0);
            if (run.isHeld()) {
                highest = Math.max(highest, run.ratePerSecond());
            } else if (rates.contains(run.ratePerSecond())) {
                results.note(who + " did not hold " + run.ratePerSecond() + "/s: " + run.failure());
            }
        }
        if (runs.size() > rates.size()) {
            results.add(prefix + "highest", highest);
        }
    }

    private static String percentileName(final double percentile) {
        return percentile == 100 ? "max" : "p" + String.valueOf(percentile).replace(".0", "");
    }
}
