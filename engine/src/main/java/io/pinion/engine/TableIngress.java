package io.pinion.engine;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What comes in for tables: live updates, and the rows of a swap, one swap at a time. Stepped by the ingress.
 *
 * <pre>
 *   asked ─▶ SWAP_BEGIN ─▶ SWAP_ROW … ─┬─▶ SWAP_END
 *                                      └─▶ SWAP_CANCEL, when the rows end before their time
 * </pre>
 *
 * <p>While a table is being swapped its live updates wait with their producer: so what is put after the swap is put into
 * the new rows, and none is lost between the two sets.
 */
final class TableIngress<E> {
    private final List<TableFeed<E, ?>> feeds;
    private final Queue<TableSwap> asked = new ConcurrentLinkedQueue<>();

    private TableSwap swap;
    private TableFeed<E, ?> swapping;
    private boolean begun;
    private String swapFailure;

    TableIngress(final List<TableFeed<E, ?>> feeds) {
        this.feeds = feeds;
    }

    /** Any thread. */
    TableSwap swap(final String table, final IngressAdapter rows) {
        feedOf(table);
        final TableSwap wanted = new TableSwap(table, rows);
        asked.add(wanted);
        return wanted;
    }

    private TableFeed<E, ?> feedOf(final String table) {
        for (final TableFeed<E, ?> feed : feeds) {
            if (feed.table().name().equals(table)) {
                return feed;
            }
        }
        throw new IllegalArgumentException("No table \"" + table + "\" can change here: there is "
                + feeds.stream().map(feed -> feed.table().name()).toList() + ".");
    }

    int doWork() {
        int work = 0;
        for (int i = 0; i < feeds.size(); i++) {
            final TableFeed<E, ?> feed = feeds.get(i);
            if (feed != swapping) {
                work += feed.pollUpdates();
            }
        }
        if (swap == null) {
            swap = asked.poll();
            if (swap == null) {
                return work;
            }
            swapping = feedOf(swap.table());
            begun = false;
            swapFailure = null;
        }
        return work + goOnWithSwap();
    }

    private int goOnWithSwap() {
        if (!begun) {
            begun = swapping.publish(TableChange.SWAP_BEGIN) >= 0;
            return begun ? 1 : 0;
        }
        int work = 0;
        if (swapFailure == null) {
            try {
                work = swapping.pollSwap(swap);
            } catch (final EdgeException torn) {
                swapFailure = torn.getMessage();
            }
        }
        if (swapFailure != null) {
            if (swapping.publish(TableChange.SWAP_CANCEL) < 0) {
                return work;
            }
            swap.failed(swapFailure);
        } else if (work == 0 && swap.source().isAtEnd()) {
            final long position = swapping.publish(TableChange.SWAP_END);
            if (position < 0) {
                return work;
            }
            swapping.swapped();
            swap.succeeded(position);
        } else {
            return work;
        }
        swap = null;
        swapping = null;
        return work + 1;
    }

    /** Nothing more comes in: a swap that has not ended never will. */
    void end() {
        final String why = "the graph has come to its end.";
        if (swap != null) {
            swap.failed(why);
            swap = null;
        }
        for (TableSwap next = asked.poll(); next != null; next = asked.poll()) {
            next.failed(why);
        }
    }
}
