package io.pinion.engine;

import org.agrona.DirectBuffer;

/** Turns what arrives at an {@link Ingress} into frames. Polled by one thread. */
public interface IngressAdapter extends AutoCloseable {
    /** Takes the frames. */
    @FunctionalInterface
    interface FrameHandler {
        /**
         * One frame, valid during the call.
         *
         * @param buffer where it lies.
         * @param offset where it begins there.
         * @param length how many bytes it has.
         * @param dueNs  when it was due to be sent, in nanoseconds since 1970; 0 where that is not known.
         * @return false when there is no room: the same frame must be given again at the next poll, before any other.
         */
        boolean onFrame(DirectBuffer buffer, int offset, int length, long dueNs);
    }

    /**
     * Hands over frames, in order, until there are none, {@code limit} is reached or the handler has no room. Never
     * blocks on a peer.
     *
     * @param handler takes them.
     * @param limit   the most to hand over.
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when no frame can ever come again though the end was not reached.
     */
    int poll(FrameHandler handler, int limit);

    /**
     * Whether the input has an end and that was reached.
     *
     * @return always false for what is open-ended.
     */
    boolean isAtEnd();

    @Override
    void close();
}
