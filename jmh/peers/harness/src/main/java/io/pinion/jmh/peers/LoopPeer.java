package io.pinion.jmh.peers;

import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import java.util.concurrent.TimeUnit;

/** The plain loop, on one thread: the steps of {@link io.pinion.jmh.job.JobSteps}, and the latency of each. */
public final class LoopPeer extends FedPeer {
    /** The window of dedupe. */
    public static final long WINDOW_US = TimeUnit.SECONDS.toMicros(1);

    private final SeenKeys seen = new SeenKeys(JobEvents.KEYS);
    private final ItemPrices prices = prices();
    private final JobEvents events = new JobEvents();
    private final JobEvent event = new JobEvent();

    /** Makes one. */
    public LoopPeer() {}

    /**
     * The table of the items, for engines that leave it to their user's code.
     *
     * @return with all items.
     */
    public static ItemPrices prices() {
        final ItemPrices prices = new ItemPrices(JobEvents.ROWS);
        for (long item = 0; item < JobEvents.ROWS; item++) {
            prices.put(item, JobEvents.priceOf(item));
        }
        return prices;
    }

    @Override
    public String version() {
        return System.getProperty("java.version");
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) {
        drive(feed, (number, dueNs) -> {
            events.fill(event, number);
            if (event.consent && seen.isFirst(event.eventId, event.at, WINDOW_US)) {
                final int row = prices.find(event.itemId);
                if (row >= 0) {
                    event.price = prices.price(row);
                }
                outputs.route(event.eventId, event.score, event.price, dueNs);
            }
        });
    }
}
