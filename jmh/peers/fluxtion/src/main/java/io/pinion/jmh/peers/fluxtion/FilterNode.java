package io.pinion.jmh.peers.fluxtion;

import com.fluxtion.runtime.annotations.OnEventHandler;
import io.pinion.jmh.job.JobEvent;

/** Filter: true goes on. */
public class FilterNode {
    private transient JobEvent event;

    /** Made by the generated code. */
    public FilterNode() {}

    /**
     * An event.
     *
     * @param newEvent that came.
     * @return whether it goes on.
     */
    @OnEventHandler
    public boolean onEvent(final JobEvent newEvent) {
        event = newEvent;
        return newEvent.consent;
    }

    /**
     * The event that came.
     *
     * @return the last one.
     */
    public JobEvent event() {
        return event;
    }
}
