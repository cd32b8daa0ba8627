package io.pinion.engine;

/** What happens to a target's events when it is slow or gone. */
public enum Policy {
    /** Hold the ring, and through it the producers. */
    BLOCK("block()"),
    /** Drop the event that finds it full, counted. */
    DROP_NEWEST("dropNewest()"),
    /** Keep them on disk until it is back. */
    SPILL("spill()"),
    /** Send them to the dead letters. */
    DEAD_LETTER("deadLetter()");

    private final String word;

    Policy(final String word) {
        this.word = word;
    }

    /**
     * {@link #BLOCK}.
     *
     * @return the policy.
     */
    public static Policy block() {
        return BLOCK;
    }

    /**
     * {@link #DROP_NEWEST}. Not there yet: {@code check} refuses it.
     *
     * @return the policy.
     */
    public static Policy dropNewest() {
        return DROP_NEWEST;
    }

    /**
     * {@link #SPILL}. Not there yet: {@code check} refuses it.
     *
     * @return the policy.
     */
    public static Policy spill() {
        return SPILL;
    }

    /**
     * {@link #DEAD_LETTER}. Not there yet: {@code check} refuses it.
     *
     * @return the policy.
     */
    public static Policy deadLetter() {
        return DEAD_LETTER;
    }

    /** As it is written in a graph. */
    @Override
    public String toString() {
        return word;
    }
}
