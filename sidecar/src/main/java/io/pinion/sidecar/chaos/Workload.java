package io.pinion.sidecar.chaos;

import io.pinion.engine.Frame;
import java.util.List;

/** Makes up what one producer sends, and knows where each event has to go. One thread. */
public interface Workload {
    /**
     * Makes the next event.
     *
     * @param nowUs the time it is given, in microseconds since 1970.
     * @param to    gets its bytes.
     */
    void next(long nowUs, Frame to);

    /**
     * The event that was made last.
     *
     * @return as {@link DeliveryAccount#id}, or {@link DeliveryAccount#UNNAMED}.
     */
    long id();

    /**
     * Where the event that was made last has to go, once it is acknowledged with all before it.
     *
     * @return names of targets; none when the graph drops it.
     */
    List<String> targets();

    /** Makes workloads. */
    interface Source {
        /**
         * One producer's.
         *
         * @param producer from 0.
         * @param seed     the same seed makes the same.
         * @return a new one.
         */
        Workload of(int producer, long seed);
    }
}
