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

    private static final int MIN_SPILL_MEBIBYTES = 16;
    private static final Policy BLOCKING = new Policy(Kind.BLOCK, "block()");
    private static final Policy DROPPING = new Policy(Kind.DROP_NEWEST, "dropNewest()");
    private static final Policy SPILLING = new Policy(Kind.SPILL, "spill()", 1L << 30);
    private static final Policy DYING = new Policy(Kind.DEAD_LETTER, "deadLetter()");

    private final Kind kind;
    private final String words;
    private final long maxBytes;

    private Policy(final Kind kind, final String words) {
        this(kind, words, 0);
    }

    private Policy(final Kind kind, final String words, final long maxBytes) {
        this.kind = kind;
        this.words = words;
        this.maxBytes = maxBytes;
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
     * Keeps events on disk while the target is slow or gone, up to 1 GiB of them, and delivers them in order, before newer
     * ones, when it is back, also after a restart. At the bound it blocks. What was delivered just before a crash is
     * delivered again.
     *
     * @return the policy.
     */
    public static Policy spill() {
        return SPILLING;
    }

    /**
     * {@link #spill()} with a bound of its own.
     *
     * @param maxMebibytes of events on disk, at which it blocks; 16 or more.
     * @return the policy.
     */
    public static Policy spill(final int maxMebibytes) {
        if (maxMebibytes < MIN_SPILL_MEBIBYTES) {
            throw new GraphException("spill(" + maxMebibytes + ") is a bound of " + maxMebibytes + " MiB: allow "
                    + MIN_SPILL_MEBIBYTES + " or more.");
        }
        return new Policy(Kind.SPILL, "spill(" + maxMebibytes + ")", (long) maxMebibytes << 20);
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

    /** How much may lie on disk. */
    long maxBytes() {
        return maxBytes;
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
