package io.pinion.engine;

/**
 * How far in the ring's order copies have become dead letters at a target: that the route could not know when it told which slots
 * the dead letters have to look at. Of the egress thread, on which targets and dead letters are.
 */
final class LateLetters {
    private long last = -1;

    /** A target could not take its copy of this slot. */
    void at(final long slot) {
        last = Math.max(last, slot);
    }

    /** Whether there may be one at this slot or behind it. */
    boolean isAnyFrom(final long slot) {
        return slot <= last;
    }
}
