package io.pinion.engine;

/** Puts frames out at an {@link Egress}. Used by one thread. Never blocks on a peer. */
public interface EgressPublisher extends AutoCloseable {
    /**
     * Offers one frame.
     *
     * @param frame the bytes; taken over whole during the call, or not at all.
     * @param dueNs when the event was due, to be passed on; nanoseconds since 1970, 0 where that is not known.
     * @return false when it can't be taken now: the same frame is offered again before any other.
     * @throws EdgeException when it can never be taken.
     */
    boolean offer(Frame frame, long dueNs);

    /**
     * What there is to do between offers, such as flushing when nothing else came.
     *
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when what was accepted can't be put out.
     */
    int doWork();

    /**
     * Called when no frame will follow, again and again until it says true.
     *
     * @return true when all that was accepted has left: is on disk, or with the consumer.
     */
    boolean isDrained();

    /**
     * The longest frame it takes.
     *
     * @return in bytes.
     */
    int maxFrameBytes();

    /**
     * What a person should know when {@link #offer} says false for long. May be called on any thread.
     *
     * @return a sentence, such as that no consumer is connected, and where.
     */
    String whyWaiting();

    /**
     * What it had put out, in this run or an earlier one, and has removed again because it keeps to a bound. May be called on
     * any thread.
     *
     * @return events; 0 where nothing is ever removed.
     */
    default long retired() {
        return 0;
    }

    @Override
    void close();
}
