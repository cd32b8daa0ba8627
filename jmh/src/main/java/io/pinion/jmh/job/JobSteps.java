package io.pinion.jmh.job;

/**
 * What the job's graph does, as a programmer would write it by hand, with straightforward tables: the baseline. Its
 * outputs are those of the graph, in the same order.
 *
 * <p>One thread.
 */
public final class JobSteps {
    private static final long WINDOW_US = 1_000_000;

    private final SeenKeys seen = new SeenKeys(JobEvents.KEYS);
    private final ItemPrices prices = new ItemPrices(JobEvents.ROWS);
    private final JobSink training;
    private final JobSink evaluation;
    private final JobSink analytics;

    /**
     * Makes the tables, and fills the one of the items.
     *
     * @param training   a target.
     * @param evaluation a target.
     * @param analytics  a target.
     */
    public JobSteps(final JobSink training, final JobSink evaluation, final JobSink analytics) {
        this.training = training;
        this.evaluation = evaluation;
        this.analytics = analytics;
        for (long item = 0; item < JobEvents.ROWS; item++) {
            prices.put(item, JobEvents.priceOf(item));
        }
    }

    /**
     * All four steps.
     *
     * @param event changed in place.
     */
    public void onEvent(final JobEvent event) {
        if (!event.consent || !seen.isFirst(event.eventId, event.at, WINDOW_US)) {
            return;
        }
        final int row = prices.find(event.itemId);
        if (row >= 0) {
            event.price = prices.price(row);
        }
        if (event.score >= 0.9) {
            training.accept(event.eventId, event.price);
        } else if (event.price > 64) {
            evaluation.accept(event.eventId, event.price);
        } else {
            analytics.accept(event.eventId, event.price);
        }
    }
}
