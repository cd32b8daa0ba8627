package io.pinion.engine;

/**
 * A part of a graph, a stage for example, has failed with what is no user's exception: nothing behind the slot it failed at
 * gets through.
 */
public final class PartException extends RuntimeException {
    PartException(final String part, final long position, final Throwable cause) {
        super(
                "\"" + part + "\" has failed at position " + position + " of the log: "
                        + (cause instanceof EdgeException ? cause.getMessage() : cause),
                cause);
    }
}
