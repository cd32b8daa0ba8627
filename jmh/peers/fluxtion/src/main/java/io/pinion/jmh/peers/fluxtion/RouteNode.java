package io.pinion.jmh.peers.fluxtion;

import com.fluxtion.runtime.annotations.OnTrigger;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.peers.Outputs;

/** Route, to the targets. */
public class RouteNode {
    private final EnrichNode source;
    private transient Outputs outputs;
    private transient long dueNs;

    /**
     * Made by the generated code.
     *
     * @param source the node before.
     */
    public RouteNode(final EnrichNode source) {
        this.source = source;
    }

    void outputs(final Outputs newOutputs) {
        outputs = newOutputs;
    }

    /** When the next event was due. */
    void dueNs(final long newDueNs) {
        dueNs = newDueNs;
    }

    /**
     * The node before has done with an event.
     *
     * @return true.
     */
    @OnTrigger
    public boolean onEnriched() {
        final JobEvent event = source.event();
        outputs.route(event.eventId, event.score, event.price, dueNs);
        return true;
    }
}
