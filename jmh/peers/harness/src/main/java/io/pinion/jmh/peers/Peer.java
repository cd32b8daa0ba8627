package io.pinion.jmh.peers;

/**
 * An engine that does the job: filter, dedupe, enrich, route. Started once and stopped once, by one thread. For each target
 * the outputs are those of the plain loop, in its order.
 */
public interface Peer {
    /**
     * Which version of the engine it is.
     *
     * @return as it says itself.
     */
    String version();

    /**
     * Starts the engine, or a thread that drives it, and returns.
     *
     * @param feed    where its one source takes events from.
     * @param outputs where they go; each target is for one thread.
     * @throws Exception as the engine does.
     */
    void start(EventFeed feed, Outputs outputs) throws Exception;

    /**
     * Why it stopped by itself. Any thread.
     *
     * @return null while it has not.
     */
    Throwable failure();

    /**
     * Stops the engine, whatever is still on its way.
     *
     * @throws Exception as the engine does.
     */
    void stop() throws Exception;
}
