package io.pinion.jmh.peers;

import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.operators.BatchedSteps;
import java.util.Arrays;

/**
 * Pinion's tables by hand, what is due at once in a batch, on one thread: {@link BatchedSteps}, and the latency of each. No engine, but
 * the floor of one that has these tables.
 */
public final class BatchedPeer extends FedPeer {
    private final BatchedSteps steps = new BatchedSteps();
    private final JobEvents events = new JobEvents();
    private final JobEvent[] batch = new JobEvent[BatchedSteps.MOST];

    /** Makes one. */
    public BatchedPeer() {
        Arrays.setAll(batch, i -> new JobEvent());
    }

    @Override
    public String version() {
        return System.getProperty("java.version");
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) {
        drive(feed, (number, due) -> {
            int count = 0;
            long next = number;
            while (next != EventFeed.NONE) {
                events.fill(batch[count++], next);
                next = count < BatchedSteps.MOST ? feed.poll() : EventFeed.NONE;
            }
            put(outputs, count, due);
        });
    }

    /** When the first of a batch was due counts for all of it. */
    private void put(final Outputs outputs, final int count, final long dueNs) {
        final int kept = steps.keep(batch, count);
        for (int i = 0; i < kept; i++) {
            outputs.route(batch[i].eventId, batch[i].score, batch[i].price, dueNs);
        }
    }
}
