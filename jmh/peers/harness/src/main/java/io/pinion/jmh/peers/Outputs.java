package io.pinion.jmh.peers;

import java.util.List;
import org.HdrHistogram.Histogram;

/** The targets of the job. */
public final class Outputs {
    /** Their names, in the order of the graph. */
    public static final List<String> TARGETS = List.of("training", "evaluation", "analytics");

    private final TargetOutput[] targets = {new TargetOutput(), new TargetOutput(), new TargetOutput()};

    /** Makes empty ones. */
    public Outputs() {}

    /**
     * A target.
     *
     * @param index in {@link #TARGETS}.
     * @return it.
     */
    public TargetOutput target(final int index) {
        return targets[index];
    }

    /**
     * The job's last step, for engines that leave it to their user's code.
     *
     * @param eventId of the event.
     * @param score   of the event.
     * @param price   that was added to it.
     * @param dueNs   as for {@link TargetOutput#accept}.
     */
    public void route(final long eventId, final double score, final double price, final long dueNs) {
        target(indexFor(score, price)).accept(eventId, price, dueNs);
    }

    /**
     * Where an event goes.
     *
     * @param score of the event.
     * @param price that was added to it.
     * @return the index in {@link #TARGETS}.
     */
    public static int indexFor(final double score, final double price) {
        return score >= 0.9 ? 0 : price > 64 ? 1 : 2;
    }

    /** How many came to all of them. Any thread. */
    long count() {
        return targets[0].count() + targets[1].count() + targets[2].count();
    }

    /** Forgets the latencies so far. While nothing comes. */
    void resetLatency() {
        for (final TargetOutput target : targets) {
            target.latency().reset();
        }
    }

    /** The latencies of all, while nothing comes. */
    Histogram latency() {
        final Histogram all = targets[0].latency().copy();
        all.add(targets[1].latency());
        all.add(targets[2].latency());
        return all;
    }
}
