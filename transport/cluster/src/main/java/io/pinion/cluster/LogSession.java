package io.pinion.cluster;

import io.pinion.engine.EdgeException;
import org.agrona.DirectBuffer;

/** A way to say something to the log, which is opened again when it is lost. Used by one thread. */
interface LogSession extends AutoCloseable {
    /**
     * Connects, hears answers, and keeps the session open.
     *
     * @param nowNs of {@link System#nanoTime}.
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when its Aeron client was closed.
     */
    int doWork(long nowNs);

    /** Counts sessions, and leaders within them: what was sent under an earlier number may not have arrived. */
    long generation();

    /** Whether there is a session. What is offered may still find no way. */
    boolean isConnected();

    /**
     * Offers one message.
     *
     * @return false when it can't be taken now. Where it was, it has arrived unless {@link #generation} changes.
     */
    boolean offer(DirectBuffer buffer, int offset, int lengthBytes);

    /** Why nothing can be sent; null when it can. Any thread. */
    String whyWaiting();

    @Override
    void close();
}
