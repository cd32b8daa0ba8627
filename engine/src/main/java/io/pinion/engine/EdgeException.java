package io.pinion.engine;

/** An ingress or egress has failed for good, or can't be opened. The message is a sentence that says what to do. */
public final class EdgeException extends RuntimeException {
    /**
     * Makes one.
     *
     * @param sentence names the thing, and what would help.
     */
    public EdgeException(final String sentence) {
        super(sentence);
    }

    /**
     * Makes one.
     *
     * @param sentence names the thing, and what would help.
     * @param cause    what was thrown.
     */
    public EdgeException(final String sentence, final Throwable cause) {
        super(sentence, cause);
    }
}
