package io.pinion.sidecar;

/**
 * A command can't go on, for a reason that its user can do something about. The message is a sentence (or, below a first
 * line that ends in a colon, several) that says what; it is shown without a stack trace.
 */
final class SidecarException extends RuntimeException {
    SidecarException(final String sentence) {
        super(sentence);
    }

    SidecarException(final String sentence, final Throwable cause) {
        super(sentence, cause);
    }
}
