package io.pinion.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

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
    private static final int SIGNIFICANT_DIGITS = 2;

    /** One hop. Recorded by one thread; read under the lock of {@link Latency}. */
    static final class Hop {
        private final SingleWriterRecorder recorder = new SingleWriterRecorder(MAX_NS, SIGNIFICANT_DIGITS);
        private final Histogram sinceStart = new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
        private Histogram interval;

        /** Values beyond the range are held at its ends: clocks of two processes may differ by a little. */
        void record(final long ns) {
            recorder.recordValue(Math.max(0, Math.min(ns, MAX_NS)));
        }

        private Histogram read() {
            interval = recorder.getIntervalHistogram(interval);
            sinceStart.add(interval);
            return sinceStart.copy();
        }
    }

    final Hop arrival = new Hop();
    final Hop stages = new Hop();
    final Hop egress = new Hop();
    final Hop total = new Hop();

    synchronized Map<String, Histogram> read() {
        final Map<String, Histogram> hops = new LinkedHashMap<>();
        hops.put(ARRIVAL, arrival.read());
        hops.put(STAGES, stages.read());
        hops.put(EGRESS, egress.read());
        hops.put(TOTAL, total.read());
        return hops;
    }
}
