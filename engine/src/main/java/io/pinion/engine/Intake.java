package io.pinion.engine;

/** Whether a {@link Replica} may be given an event now. */
public enum Intake {
    /** It may. */
    OPEN,
    /** A route that blocks is at its bound: none may, until enough is confirmed. */
    HELD_BACK,
    /** That depends on what is under way on other threads: step, and ask again. */
    NOT_KNOWN_YET
}
