package io.pinion.operators;

import io.pinion.engine.BatchStage;
import io.pinion.jmh.job.Item;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;

/**
 * The first three of the job's steps by hand on the operators' own tables, a batch at once, and nothing else: no ring, slots, counters,
 * policies, clock or user's functions. What is left is what this machine takes for the tables and their memory, a floor for who does
 * the job with them. In the package of the operators, whose tables nobody else sees.
 *
 * <p>One thread.
 */
public final class BatchedSteps {
    /** The most events in a batch. */
    public static final int MOST = BatchStage.MOST_GATHERED;

    private static final long WINDOW_US = 1_000_000;

    private final KeyLog seen = new KeyLog(JobEvents.KEYS, false);
    private final RowIndex<Item> rows = rowIndex();
    private final long[] keys = new long[MOST];
    private final int[] slots = new int[MOST];

    /** Makes the tables, and fills the one of the items. */
    public BatchedSteps() {}

    private static RowIndex<Item> rowIndex() {
        final int length = KeyIndex.slotsFor(JobEvents.ROWS);
        final RowIndex<Item> index = new RowIndex<>(item -> item.itemId, length);
        for (long itemId = 0; itemId < JobEvents.ROWS; itemId++) {
            final Item item = new Item();
            item.itemId = itemId;
            item.price = JobEvents.priceOf(itemId);
            int at = KeyIndex.hash(itemId) & length - 1;
            while (index.row(at) != null) {
                at = at + 1 & length - 1;
            }
            index.put(at, item);
        }
        return index;
    }

    /**
     * Filters, dedupes and enriches a batch.
     *
     * @param events in the order of their times; those that are left are at the front after it, in their order, with their prices.
     * @param count  how many, {@link #MOST} at most.
     * @return how many are left.
     */
    public int keep(final JobEvent[] events, final int count) {
        final int kept = dedupe(events, filter(events, count));
        enrich(events, kept);
        return kept;
    }

    private int filter(final JobEvent[] events, final int count) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (events[i].consent) {
                keys[kept] = events[i].eventId;
                swap(events, kept++, i);
            }
        }
        return kept;
    }

    private int dedupe(final JobEvent[] events, final int count) {
        seen.prefetchComing(keys, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (isFirst(keys[i], events[i].at)) {
                swap(events, kept++, i);
            }
        }
        return kept;
    }

    /** As {@link Dedupe} with a window and no lateness: a key is kept for two windows, or until there is no room. */
    private boolean isFirst(final long key, final long timeUs) {
        while (seen.size() > 0 && timeUs - seen.number(seen.oldest()) >= 2 * WINDOW_US) {
            seen.removeOldest();
        }
        final int known = seen.find(key, 0);
        if (known != RememberedKeys.NONE) {
            final boolean isExpired = timeUs - seen.number(known) >= WINDOW_US;
            if (isExpired) {
                seen.renew(known, timeUs);
            }
            return isExpired;
        }
        if (seen.isFull()) {
            seen.addInsteadOfOldest(key, 0, timeUs);
        } else {
            seen.add(key, 0, timeUs);
        }
        return true;
    }

    private void enrich(final JobEvent[] events, final int count) {
        for (int i = 0; i < count; i++) {
            keys[i] = events[i].itemId;
        }
        rows.find(keys, count, slots);
        for (int i = 0; i < count; i++) {
            if (slots[i] != RowIndex.NONE) {
                events[i].price = rows.row(slots[i]).price;
            }
        }
    }

    /** None is lost, so that the array can be filled again. */
    private static void swap(final JobEvent[] events, final int a, final int b) {
        final JobEvent event = events[a];
        events[a] = events[b];
        events[b] = event;
    }
}
