package io.pinion.jmh.peers;

/** An engine's outputs are not those of the plain loop, or don't come. */
final class WrongOutputException extends RuntimeException {
    WrongOutputException(final String sentence) {
        super(sentence);
    }
}
