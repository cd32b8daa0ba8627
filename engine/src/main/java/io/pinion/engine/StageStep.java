package io.pinion.engine;

/**
 * One stage. What a {@link BatchStage} throws where it decides ends the thread, too.
 */
final class StageStep<E> extends Step<E> {
    private final Stage<E> stage;
    /** The same where it decides on events together, else null. */
    private final BatchStage<E> batchStage;

    StageStep(final Stage<E> stage, final StageCounters counters, final ErrorJournal errors) {
        super(stage.name(), counters, errors);
        this.stage = stage;
        batchStage = stage instanceof BatchStage<E> together ? together : null;
    }

    /** {@return those of the live ones, a bit for each slot from the first, that have passed; none from one on at which it failed} */
    long pass(final RingReader<E> reader, final long first, final long live) {
        beginRun();
        if (batchStage == null) {
            oneByOne(reader, first, live);
        } else {
            together(reader, first, live);
        }
        return endRun(live);
    }

    /** What is no event; where it makes a dead letter of that, no later stage is to see it. */
    void passControl(final Slot<E> slot) {
        stage.onControl(slot);
        if (!slot.hasPassed()) {
            slot.deadBy(name());
        }
    }

    // Three loops of one shape: each calls one method of the stage's, from a place of its own.

    private void oneByOne(final RingReader<E> reader, final long first, final long live) {
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                stage.onEvent(slot.event(), slot);
            } catch (final Throwable e) {
                if (!becomesDeadLetter(e, slot, i)) {
                    return;
                }
            }
            if (!slot.hasPassed()) {
                count(slot, i);
            }
        }
    }

    private void together(final RingReader<E> reader, final long first, final long live) {
        final long gathered = gather(reader, first, live);
        if (gathered == 0) {
            return;
        }
        try {
            batchStage.decide();
        } catch (final Throwable e) {
            failToDecide(e, Long.numberOfTrailingZeros(gathered));
            return;
        }
        apply(reader, first, gathered);
    }

    /** {@return those that are to be decided on} */
    private long gather(final RingReader<E> reader, final long first, final long live) {
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                batchStage.gather(slot.event(), slot);
            } catch (final Throwable e) {
                if (!becomesDeadLetter(e, slot, i)) {
                    break;
                }
            }
            if (!slot.hasPassed()) {
                count(slot, i);
            }
        }
        return left(live);
    }

    private void apply(final RingReader<E> reader, final long first, final long gathered) {
        for (long rest = gathered; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                batchStage.apply(slot.event(), slot);
            } catch (final Throwable e) {
                if (!becomesDeadLetter(e, slot, i)) {
                    return;
                }
            }
            if (!slot.hasPassed()) {
                count(slot, i);
            }
        }
    }

    private void failToDecide(final Throwable thrown, final int i) {
        try {
            fail(
                    isUsers(thrown)
                            ? new IllegalStateException(
                                    "the stage \"" + name()
                                            + "\" threw where it decides on a batch, which must not be: "
                                            + ErrorJournal.describe(thrown),
                                    thrown)
                            : thrown,
                    i);
        } catch (final Throwable e) { // memory is short
            fail(thrown, i);
        }
    }

    /** What was thrown first is told: what follows from it, where it decides or applies, may be thrown at an earlier slot. */
    @Override
    void fail(final Throwable thrown, final int i) {
        super.fail(hasFailed() ? error() : thrown, i);
    }
}
