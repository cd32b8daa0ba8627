package io.pinion.engine;

import org.agrona.LangUtil;

/**
 * One stage, over those of a batch that are live. What a user's function throws makes a dead letter of that event, and the batch goes on.
 * What nothing can follow, an Error that is not of a stack too deep, or what a {@link BatchStage} throws where it decides, ends the thread, once
 * the later stages of the agent have had what came before that slot.
 */
final class StageStep<E> {
    private final String name;
    private final Stage<E> stage;
    /** The same where it decides on events together, else null. */
    private final BatchStage<E> batchStage;

    private final StageCounters counters;
    private final ErrorJournal errors;
    /** Of the events that came last, those that it let go no further; and of those the dead letters. */
    private long gone;

    private long died;
    private Throwable error;
    private int failedAt;

    StageStep(final Stage<E> stage, final StageCounters counters, final ErrorJournal errors) {
        name = stage.name();
        this.stage = stage;
        batchStage = stage instanceof BatchStage<E> together ? together : null;
        this.counters = counters;
        this.errors = errors;
    }

    String name() {
        return name;
    }

    /** {@return those of the live ones, a bit for each slot from the first, that have passed; none from one on at which it failed} */
    long pass(final RingReader<E> reader, final long first, final long live) {
        gone = 0;
        died = 0;
        if (batchStage == null) {
            oneByOne(reader, first, live);
        } else {
            together(reader, first, live);
        }
        final long before = error == null ? -1 : RoutedSlots.below(failedAt);
        counters.in.add(Long.bitCount(live & (before | gone)));
        return live & ~gone & before;
    }

    /** What is no event; where it makes a dead letter of that, no later stage is to see it. */
    void passControl(final Slot<E> slot) {
        stage.onControl(slot);
        if (!slot.hasPassed()) {
            slot.deadBy(name);
        }
    }

    /** Of the events that came last, the dead letters that it made. */
    long died() {
        return died;
    }

    boolean hasFailed() {
        return error != null;
    }

    /** Which slot of the batch it failed at, from 0. */
    int failedAt() {
        return failedAt;
    }

    void rethrow() {
        LangUtil.rethrowUnchecked(error);
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
                    return live & ~gone & RoutedSlots.below(i);
                }
            }
            if (!slot.hasPassed()) {
                count(slot, i);
            }
        }
        return live & ~gone;
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

    private void count(final Slot<E> slot, final int i) {
        gone |= 1L << i;
        if (slot.verdict() == Slot.Verdict.DROPPED) {
            slot.dropReason().count(1);
        } else {
            slot.deadBy(name);
            counters.dead.increment();
            died |= 1L << i;
        }
    }

    /** False where it is none that a user's function may throw, or a dead letter can't even be made of it: then the stage has failed. */
    private boolean becomesDeadLetter(final Throwable thrown, final Slot<E> slot, final int i) {
        try {
            if (isUsers(thrown)) {
                slot.deadLetter(errors.reasonOf(thrown));
                return true;
            }
            fail(thrown, i);
        } catch (final Throwable e) { // what it says of itself throws an Error, or memory is short
            fail(e, i);
        }
        return false;
    }

    private static boolean isUsers(final Throwable thrown) {
        return thrown instanceof Exception
                || thrown instanceof StackOverflowError; // a regular expression over a long text, say
    }

    private void failToDecide(final Throwable thrown, final int i) {
        try {
            fail(
                    isUsers(thrown)
                            ? new IllegalStateException(
                                    "the stage \"" + name + "\" threw where it decides on a batch, which must not be: "
                                            + ErrorJournal.describe(thrown),
                                    thrown)
                            : thrown,
                    i);
        } catch (final Throwable e) { // memory is short
            fail(thrown, i);
        }
    }

    /** What was thrown first is told, at the first slot that anything was thrown at: what follows from it may be thrown at an earlier one. */
    private void fail(final Throwable thrown, final int i) {
        if (error == null) {
            error = thrown;
        }
        failedAt = i;
    }
}
