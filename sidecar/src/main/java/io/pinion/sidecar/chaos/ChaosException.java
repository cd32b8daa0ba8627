package io.pinion.sidecar.chaos;

/** A round can't be run, or its cluster did not do what it had to in time. The message is a sentence. */
public final class ChaosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChaosException(final String sentence) {
        super(sentence);
    }

    ChaosException(final String sentence, final Throwable cause) {
        super(sentence, cause);
    }
}
