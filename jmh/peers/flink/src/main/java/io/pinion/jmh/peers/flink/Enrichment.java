package io.pinion.jmh.peers.flink;

import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.PeerEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Enrich, from a table that each task holds: the plain loop's. */
final class Enrichment extends RichMapFunction<PeerEvent, PeerEvent> {
    private static final long serialVersionUID = 1;

    private transient ItemPrices prices;

    @Override
    public void open(final OpenContext context) {
        prices = LoopPeer.prices();
    }

    @Override
    public PeerEvent map(final PeerEvent event) {
        final int row = prices.find(event.itemId);
        if (row >= 0) {
            event.price = prices.price(row);
        }
        return event;
    }
}
