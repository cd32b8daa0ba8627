package io.pinion.jmh.peers.fluxtion;

import com.fluxtion.runtime.annotations.OnTrigger;
import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.peers.LoopPeer;

/** Enrich, from the plain loop's table. */
public class EnrichNode {
    private final DedupeNode source;
    private final transient ItemPrices prices = LoopPeer.prices();

    /**
     * Made by the generated code.
     *
     * @param source the node before.
     */
    public EnrichNode(final DedupeNode source) {
        this.source = source;
    }

    /**
     * The node before let an event pass.
     *
     * @return true.
     */
    @OnTrigger
    public boolean onFirst() {
        final JobEvent event = source.event();
        final int row = prices.find(event.itemId);
        if (row >= 0) {
            event.price = prices.price(row);
        }
        return true;
    }

    /**
     * The event that came.
     *
     * @return the last one.
     */
    public JobEvent event() {
        return source.event();
    }
}
