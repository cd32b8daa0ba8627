package io.pinion.engine;

/**
 * What happens to a target's events when it is slow or gone. Only {@link #block()} holds back the ring, and through it the
 * producers and all other targets.
 */
public final class Policy {
    /** Which one. */
    enum Kind {
        BLOCK,
        DROP_NEWEST,
        SPILL,
        DEAD_LETTER
    }

    private static final Policy BLOCKING = new Policy(Kind.BLOCK, "block()");
    private static final Policy DROPPING = new Policy(Kind.DROP_NEWEST, "dropNewest()");
    private static final Policy SPILLING = new Policy(Kind.SPILL, "spill()");
    private static final Policy DYING = new Policy(Kind.DEAD_LETTER, "deadLetter()");

    private final Kind kind;
    private final String words;

    private Policy(final Kind kind, final String words) {
        this.kind = kind;
        this.words = words;
    }

    /**
     * Holds the ring until the target takes the event: nothing is lost, and everybody waits.
     *
     * @return the policy.
     */
    public static Policy block() {
        return BLOCKING;
    }

    /**
     * Drops the event that finds the target slow or gone, and counts it; what the target has taken already stays with it.
     *
     * @return the policy.
     */
    public static Policy dropNewest() {
        return DROPPING;
    }

    /**
     * Keeps events on disk until the target is back. Not there yet: {@code check} refuses it.
     *
     * @return the policy.
     */
    public static Policy spill() {
        return SPILLING;
    }

    /**
     * Sends the event that finds the target slow or gone to the dead letters, with why. The dead letters themselves can't
     * have this policy.
     *
     * @return the policy.
     */
    public static Policy deadLetter() {
        return DYING;
    }

    Kind kind() {
        return kind;
    }

    /** As it is written in a graph. */
    @Override
    public String toString() {
        return words;
    }
}
