package io.pinion.jmh.rig;

/** What a rig sends to, and what comes back from there. All on the rig's thread. */
public interface FarEnd extends AutoCloseable {
    /** Takes what came back. */
    @FunctionalInterface
    interface ReturnHandler {
        /**
         * One event is back.
         *
         * @param dueEpochNs when it was due to be sent, as {@link #send} was told.
         */
        void onReturn(long dueEpochNs);
    }

    /**
     * Does what has to be done besides: drivers, sessions.
     *
     * @throws Exception as Aeron does.
     */
    void work() throws Exception;

    /**
     * Whether events can be sent, and come back.
     *
     * @return whether.
     */
    boolean isConnected();

    /**
     * Hands over what came back.
     *
     * @param handler takes it.
     * @param limit   about so many at most.
     * @return how many fragments.
     */
    int poll(ReturnHandler handler, int limit);

    /**
     * Sends the nth event.
     *
     * @param frames     has it.
     * @param n          counted from 0, never one again.
     * @param dueEpochNs when it was due, in nanoseconds since 1970.
     * @return false when it can't leave now.
     */
    boolean send(FramePool frames, long n, long dueEpochNs);

    @Override
    void close();
}
