package io.pinion.jmh.job;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

/**
 * What the job's graph does, by hand with straightforward tables as {@link JobSteps} has it, but with rows of a class of the user's, and
 * with counts of what comes to a step and what it drops where other threads can read them.
 *
 * <p>One thread.
 */
public final class CountedSteps {
    private static final int MOST_COUNTERS = 64;
    private static final int TARGETS = 3;

    private final SeenKeys seen = new SeenKeys(JobEvents.KEYS);
    private final ItemRows items = new ItemRows(JobEvents.ROWS);

    private final CountersManager counters = new CountersManager(
            direct(MOST_COUNTERS * CountersManager.METADATA_LENGTH),
            direct(MOST_COUNTERS * CountersManager.COUNTER_LENGTH));
    private final AtomicCounter came = counters.newCounter("came");
    private final AtomicCounter withoutConsent = counters.newCounter("without consent");
    private final AtomicCounter consented = counters.newCounter("consented");
    private final AtomicCounter repeats = counters.newCounter("repeats");
    private final AtomicCounter firsts = counters.newCounter("firsts");
    private final AtomicCounter withoutRow = counters.newCounter("without row");
    private final AtomicCounter[] routed = IntStream.range(0, TARGETS)
            .mapToObj(i -> counters.newCounter("routed to " + i))
            .toArray(AtomicCounter[]::new);

    /** Makes the tables, and fills the one of the items. */
    public CountedSteps() {
        for (long item = 0; item < JobEvents.ROWS; item++) {
            final Item row = new Item();
            row.itemId = item;
            row.price = JobEvents.priceOf(item);
            items.put(row);
        }
    }

    private static UnsafeBuffer direct(final int bytes) {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(bytes));
    }

    /**
     * All four steps but for the handing over.
     *
     * @param event changed in place.
     * @return which of the three targets it goes to, from 0; below that where it is dropped.
     */
    public int targetOf(final JobEvent event) {
        came.incrementRelease();
        if (!event.consent) {
            withoutConsent.incrementRelease();
            return JobSteps.DROPPED;
        }
        consented.incrementRelease();
        if (!seen.isFirst(event.eventId, event.at, JobSteps.WINDOW_US)) {
            repeats.incrementRelease();
            return JobSteps.DROPPED;
        }
        firsts.incrementRelease();
        final Item item = items.find(event.itemId);
        if (item == null) {
            withoutRow.incrementRelease();
        } else {
            event.price = item.price;
        }
        final int target = JobSteps.targetOfKept(event);
        routed[target].incrementRelease();
        return target;
    }

    /**
     * What was dropped. Any thread.
     *
     * @return events.
     */
    public long dropped() {
        return withoutConsent.get() + repeats.get();
    }

    /**
     * What goes to a target. Any thread.
     *
     * @param target from 0.
     * @return events.
     */
    public long routedTo(final int target) {
        return routed[target].get();
    }
}
