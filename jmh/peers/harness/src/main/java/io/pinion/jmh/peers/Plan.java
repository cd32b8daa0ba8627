package io.pinion.jmh.peers;

/**
 * What a process does with its engine.
 *
 * @param warmUpSeconds  as fast as it takes them, after the window is full.
 * @param seconds        of each measurement; 0 to compare outputs only.
 */
record Plan(double warmUpSeconds, double seconds) {
    /** Compares the outputs of a few events, and measures nothing. */
    static final Plan CHECK = new Plan(0, 0);
}
