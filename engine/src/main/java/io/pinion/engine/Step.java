package io.pinion.engine;

import org.agrona.LangUtil;

/**
 * One step over those of a batch that are live, a stage or the route. What a user's function throws makes a dead letter of that event, and
 * the batch goes on. What nothing can follow, an Error that is not of a stack too deep, ends the thread, once the later steps of the agent
 * have had what came before that slot.
 */
abstract class Step<E> {
    private final String name;
    private final StageCounters counters;
    private final ErrorJournal errors;
    /** Of the events that came last, those that it let go no further; and of those the dead letters. */
    private long gone;

    private long died;
    private Throwable error;
    private int failedAt;

    Step(final String name, final StageCounters counters, final ErrorJournal errors) {
        this.name = name;
        this.counters = counters;
        this.errors = errors;
    }

    final String name() {
        return name;
    }

    /** Of the events that came last, the dead letters that it made. */
    final long died() {
        return died;
    }

    final boolean hasFailed() {
        return error != null;
    }

    /** Which slot of the batch it failed at, from 0. */
    final int failedAt() {
        return failedAt;
    }

    final void rethrow() {
        LangUtil.rethrowUnchecked(error);
    }

    /** Before the first of a run; {@link #endRun} comes after the last. Each kind of step has a walk of its own between: one call, one class. */
    final void beginRun() {
        gone = 0;
        died = 0;
    }

    /** Of these, a bit for each slot from the first, those that it has let go on so far; none from one on at which it failed. */
    final long left(final long of) {
        return of & ~gone & before();
    }

    private long before() {
        return error == null ? -1 : RoutedSlots.below(failedAt);
    }

    /** Counts what came in of the live ones. {@return those that have passed} */
    final long endRun(final long live) {
        counters.in.add(Long.bitCount(live & (before() | gone)));
        return left(live);
    }

    /** A slot that has not passed goes no further. */
    final void count(final Slot<E> slot, final int i) {
        gone |= 1L << i;
        if (slot.verdict() == Slot.Verdict.DROPPED) {
            slot.dropReason().count(1);
        } else {
            slot.deadBy(name);
            counters.dead.increment();
            died |= 1L << i;
        }
    }

    /** False where it is none that a user's function may throw, or a dead letter can't even be made of it: then the step has failed. */
    final boolean becomesDeadLetter(final Throwable thrown, final Slot<E> slot, final int i) {
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

    static boolean isUsers(final Throwable thrown) {
        return thrown instanceof Exception
                || thrown instanceof StackOverflowError; // a regular expression over a long text, say
    }

    /** At a slot before any that it failed at so far: so that one is told. */
    void fail(final Throwable thrown, final int i) {
        error = thrown;
        failedAt = i;
    }

    final Throwable error() {
        return error;
    }
}
