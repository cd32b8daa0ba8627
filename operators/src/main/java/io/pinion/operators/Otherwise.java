package io.pinion.operators;

/** What becomes of an event that a stage can't treat as the others: one that is late, has no key, or is in no table. */
public enum Otherwise {
    /** It passes as it is, counted. */
    PASS,
    /** It is dropped, counted under a reason of its own. */
    DROP,
    /** It goes to the dead letters, counted, with a sentence that says why. */
    DEAD_LETTER
}
