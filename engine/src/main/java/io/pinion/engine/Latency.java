package io.pinion.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long events took, by hop, in nanoseconds. Each hop has one writer, which readers do not disturb.
 *
 * <pre>
 *   due ──arrival──▶ in the ring ──stages──▶ taken up by a target ──egress──▶ accepted
 *    └────────────────────────────── total ──────────────────────────────────────┘
 * </pre>
 */
final class Latency {
    static final String ARRIVAL = "arrival";
    static final String STAGES = "stages";
    static final String EGRESS = "egress";
    static final String TOTAL = "total";

    private static final long MAX_NS = TimeUnit.MINUTES.toNanos(10);

    final LatencyCounts arrival = new LatencyCounts(MAX_NS);
    final LatencyCounts stages = new LatencyCounts(MAX_NS);
    final LatencyCounts egress = new LatencyCounts(MAX_NS);
    final LatencyCounts total = new LatencyCounts(MAX_NS);

    Map<String, Histogram> read() {
        final Map<String, Histogram> hops = new LinkedHashMap<>();
        hops.put(ARRIVAL, arrival.read());
        hops.put(STAGES, stages.read());
        hops.put(EGRESS, egress.read());
        hops.put(TOTAL, total.read());
        return hops;
    }
}
