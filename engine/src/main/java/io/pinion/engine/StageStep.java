package io.pinion.engine;

import org.agrona.LangUtil;

/**
 * One stage, over those of a batch that are live. An exception is caught for each slot: it makes a dead letter, and the batch goes on.
 * What nothing can follow, an Error, or what a {@link BatchStage} throws where it decides, ends the thread, once all other stages of the
 * agent have had what came before that slot.
 */
final class StageStep<E> {
    final Stage<E> stage;
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
        this.stage = stage;
        batchStage = stage instanceof BatchStage<E> together ? together : null;
        this.counters = counters;
        this.errors = errors;
    }

    String name() {
        return stage.name();
    }

    /** {@return those of the live ones, a bit for each slot from the first, that have passed; none from one on at which it failed} */
    long pass(final RingReader<E> reader, final long first, final long live) {
        gone = 0;
        died = 0;
        counters.in.add(Long.bitCount(live)); // before they are dropped, so that nobody reads that fewer came
        final long passed = batchStage == null ? oneByOne(reader, first, live) : together(reader, first, live);
        if (error == null) {
            return passed;
        }
        final long before = RoutedSlots.below(failedAt);
        counters.in.add(-Long.bitCount(live & ~(before | gone)));
        return passed & before;
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

    private long oneByOne(final RingReader<E> reader, final long first, final long live) {
        long passed = live;
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                stage.onEvent(slot.event(), slot);
            } catch (final Throwable e) {
                if (!isDeadLetter(e, slot, i)) {
                    return passed;
                }
            }
            if (!slot.hasPassed()) {
                passed ^= 1L << i;
                count(slot, i);
            }
        }
        return passed;
    }

    private long together(final RingReader<E> reader, final long first, final long live) {
        final long gathered = gather(reader, first, live);
        if (gathered == 0) {
            return 0;
        }
        try {
            batchStage.decide();
        } catch (final Throwable e) {
            failToDecide(e, Long.numberOfTrailingZeros(gathered));
            return 0;
        }
        return apply(reader, first, gathered);
    }

    private long gather(final RingReader<E> reader, final long first, final long live) {
        long passed = live;
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                batchStage.gather(slot.event(), slot);
            } catch (final Throwable e) {
                if (!isDeadLetter(e, slot, i)) {
                    return passed & RoutedSlots.below(i);
                }
            }
            if (!slot.hasPassed()) {
                passed ^= 1L << i;
                count(slot, i);
            }
        }
        return passed;
    }

    private long apply(final RingReader<E> reader, final long first, final long gathered) {
        long passed = gathered;
        for (long rest = gathered; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                batchStage.apply(slot.event(), slot);
            } catch (final Throwable e) {
                if (!isDeadLetter(e, slot, i)) {
                    return passed;
                }
            }
            if (!slot.hasPassed()) {
                passed ^= 1L << i;
                count(slot, i);
            }
        }
        return passed;
    }

    private void count(final Slot<E> slot, final int i) {
        gone |= 1L << i;
        if (slot.verdict() == Slot.Verdict.DROPPED) {
            slot.dropReason().count(1);
        } else {
            slot.deadBy(stage.name());
            counters.dead.increment();
            died |= 1L << i;
        }
    }

    /** False where what was thrown is no exception, or a dead letter can't even be made of it: then it has failed. */
    private boolean isDeadLetter(final Throwable thrown, final Slot<E> slot, final int i) {
        try {
            if (thrown instanceof Exception
                    || thrown instanceof StackOverflowError) { // a regular expression over a long text, say
                slot.deadLetter(errors.reasonOf(thrown));
                return true;
            }
            fail(thrown, i);
        } catch (final Throwable e) { // what it says of itself throws an Error, or memory is short
            fail(e, i);
        }
        return false;
    }

    private void failToDecide(final Throwable thrown, final int i) {
        try {
            fail(
                    thrown instanceof Exception || thrown instanceof StackOverflowError
                            ? new IllegalStateException(
                                    "the stage \"" + stage.name()
                                            + "\" threw where it decides on a batch, which must not be: "
                                            + ErrorJournal.describe(thrown),
                                    thrown)
                            : thrown,
                    i);
        } catch (final Throwable e) { // memory is short
            fail(e, i);
        }
    }

    /** What was thrown first is told: what follows from it may be thrown at an earlier slot. */
    private void fail(final Throwable thrown, final int i) {
        if (error == null) {
            error = thrown;
        }
        failedAt = i;
    }
}
