package io.pinion.jmh.job;

/**
 * What the job's graph does, as a programmer would write it by hand, with straightforward tables: the baseline. Its
 * outputs are those of the graph, in the same order.
 *
 * <p>One thread.
 */
public final class JobSteps {
    /** For how long a key is remembered. */
    public static final long WINDOW_US = 1_000_000;

    static final int DROPPED = -1;

    private static final int TRAINING = 0;
    private static final int EVALUATION = 1;
    private static final int ANALYTICS = 2;

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
        switch (targetOf(event)) {
            case TRAINING -> training.accept(event.eventId, event.price);
            case EVALUATION -> evaluation.accept(event.eventId, event.price);
            case ANALYTICS -> analytics.accept(event.eventId, event.price);
            default -> {} // dropped
        }
    }

    /**
     * All four steps but for the handing over.
     *
     * @param event changed in place.
     * @return which of the three targets it goes to, from 0; below that where it is dropped.
     */
    public int targetOf(final JobEvent event) {
        if (!event.consent || !seen.isFirst(event.eventId, event.at, WINDOW_US)) {
            return DROPPED;
        }
        final int row = prices.find(event.itemId);
        if (row >= 0) {
            event.price = prices.price(row);
        }
        return targetOfKept(event);
    }

    /**
     * The last step alone.
     *
     * @param event its price known.
     * @return which of the three targets it goes to, from 0.
     */
    public static int targetOfKept(final JobEvent event) {
        return event.score >= 0.9 ? TRAINING : event.price > 64 ? EVALUATION : ANALYTICS;
    }
}
