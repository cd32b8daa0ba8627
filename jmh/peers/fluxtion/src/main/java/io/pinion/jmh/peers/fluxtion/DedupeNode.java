package io.pinion.jmh.peers.fluxtion;

import com.fluxtion.runtime.annotations.OnTrigger;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import io.pinion.jmh.peers.LoopPeer;

/** Dedupe, with the plain loop's table of keys. */
public class DedupeNode {
    private final FilterNode source;
    private final transient SeenKeys seen = new SeenKeys(JobEvents.KEYS);

    /**
     * Made by the generated code.
     *
     * @param source the node before.
     */
    public DedupeNode(final FilterNode source) {
        this.source = source;
    }

    /**
     * The node before let an event pass.
     *
     * @return whether it goes on.
     */
    @OnTrigger
    public boolean onFiltered() {
        return seen.isFirst(source.event().eventId, source.event().at, LoopPeer.WINDOW_US);
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
