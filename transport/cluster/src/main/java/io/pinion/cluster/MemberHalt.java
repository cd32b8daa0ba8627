package io.pinion.cluster;

/**
 * The end of a member that can't go on without its state going wrong: at once, inside the callback that failed, before the
 * position of its message counts as read, and without a shutdown hook that could still save or confirm anything. What was
 * going on is read from the log again at the next start.
 */
@FunctionalInterface
interface MemberHalt {
    /** What the process exits with. */
    int EXIT_CODE = 3;

    /**
     * Ends the member.
     *
     * @param sentence why, for a person.
     * @param cause    what was thrown, or null.
     * @return to be thrown by the caller, where it comes back at all: in tests.
     */
    Error halt(String sentence, Throwable cause);

    /** Prints the sentence, and ends the process. */
    static MemberHalt ofProcess() {
        return (sentence, cause) -> {
            try {
                System.err.println("pinion: halted: " + sentence);
                if (cause != null) {
                    cause.printStackTrace(System.err);
                }
                System.err.flush();
            } finally {
                Runtime.getRuntime().halt(EXIT_CODE);
            }
            return new AssertionError("a halted process goes on");
        };
    }
}
