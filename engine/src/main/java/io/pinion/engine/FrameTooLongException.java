package io.pinion.engine;

/** A frame would be longer than its maximum. */
public final class FrameTooLongException extends RuntimeException {
    /**
     * Makes one.
     *
     * @param lengthBytes what it would have.
     * @param maxBytes    what it may have.
     */
    public FrameTooLongException(final int lengthBytes, final int maxBytes) {
        super("a frame of " + lengthBytes + " bytes is longer than the maximum of " + maxBytes);
    }
}
