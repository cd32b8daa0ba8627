package io.pinion.engine.routelog;

/** A route log refuses, or is damaged. The message is a sentence that names the directory and what would help. */
public final class RouteLogException extends RuntimeException {
    /** What kind of refusal. */
    public enum Reason {
        /** The same log id and sequence hold other content. */
        DIFFERS,
        /** A sequence was left out, or a run was continued that another had ended. */
        GAP,
        /** What was read is not what was written. */
        DAMAGED,
        /** Another process, or another part of this one, writes the directory. */
        LOCKED,
        /** The operating system refused. */
        IO,
        /** A value that can't be right was given. */
        INVALID
    }

    private final Reason reason;

    RouteLogException(final Reason reason, final String sentence) {
        super(sentence);
        this.reason = reason;
    }

    RouteLogException(final Reason reason, final String sentence, final Throwable cause) {
        super(sentence, cause);
        this.reason = reason;
    }

    /**
     * What kind of refusal this is.
     *
     * @return the reason.
     */
    public Reason reason() {
        return reason;
    }
}
