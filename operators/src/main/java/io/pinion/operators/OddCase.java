package io.pinion.operators;

import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.StageContext;

/**
 * One kind of event that a stage can't treat as the others, and what the user wants done with it. Each is counted in one
 * place: by the stage's own counter where it passes or dies, by the drop reason of the same name where it is dropped.
 */
final class OddCase {
    private final String name;
    private final Otherwise otherwise;
    private final String sentence;
    private Counter counter;
    private DropReason reason;

    OddCase(final String name, final Otherwise otherwise, final String sentence) {
        this.name = name;
        this.otherwise = otherwise;
        this.sentence = sentence;
    }

    void open(final StageContext context) {
        if (otherwise == Otherwise.DROP) {
            reason = context.dropReason(name);
        } else {
            counter = context.counter(name);
        }
    }

    void happenedTo(final Slot<?> slot) {
        switch (otherwise) {
            case PASS -> counter.increment();
            case DROP -> slot.drop(reason);
            case DEAD_LETTER -> {
                counter.increment();
                slot.deadLetter(sentence);
            }
        }
    }
}
