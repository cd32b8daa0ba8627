package io.pinion.engine;

import org.agrona.concurrent.Agent;

/**
 * Steps one stage over the slots that the one before it has passed on, a bounded batch a duty cycle. An exception is caught
 * for each slot: it makes a dead letter, and the batch goes on.
 */
class StageAgent<E> implements Agent {
    private final Stage<E> stage;
    private final Prefetching<E> prefetching;
    private final RingReader<E> reader;
    private final StageCounters counters;
    private final ErrorJournal errors;
    /** How many live events of this batch came to the stage. */
    private int live;

    /** {@code prefetches}: whether it is worth while to show a batch to a stage that is {@link Prefetching}. */
    StageAgent(
            final Stage<E> stage,
            final boolean prefetches,
            final RingReader<E> reader,
            final StageCounters counters,
            final ErrorJournal errors) {
        this.stage = stage;
        prefetching = prefetches && stage instanceof Prefetching<E> early ? early : null;
        this.reader = reader;
        this.counters = counters;
        this.errors = errors;
    }

    @Override
    public final int doWork() {
        final long first = reader.first();
        final long last = reader.last(first);
        if (last < first) {
            return 0;
        }
        if (prefetching != null && last > first) {
            prefetch(first, last);
        }
        long done = first - 1;
        try {
            for (long at = first; at <= last; at++) {
                onSlot(at, reader.slot(at));
                done = at;
            }
        } finally { // an Error ends this thread, and those who follow get what was done before it
            counters.in.add(live);
            live = 0;
            reader.readTo(done);
        }
        return (int) (last - first) + 1;
    }

    private void prefetch(final long first, final long last) {
        boolean isAnyShown = false;
        for (long at = first; at <= last; at++) {
            final Slot<E> slot = reader.slot(at);
            if (slot.isLiveEvent()) {
                expect(slot);
                isAnyShown = true;
            }
        }
        if (isAnyShown) {
            prefetching.prefetch();
        }
    }

    private void expect(final Slot<E> slot) {
        try {
            prefetching.expect(slot.event(), slot);
        } catch (final Exception | StackOverflowError e) {
            // It is the user's function: it throws it again when it counts.
        }
    }

    /** One slot, whatever it is; {@code at} is its place in the ring's order. */
    void onSlot(final long at, final Slot<E> slot) {
        if (slot.isLiveEvent()) {
            live++;
            onLiveEvent(slot);
        } else if (slot.isLiveControl()) {
            stage.onControl(slot);
        }
    }

    private void onLiveEvent(final Slot<E> slot) {
        try {
            stage.onEvent(slot.event(), slot);
        } catch (final Exception | StackOverflowError e) { // a regular expression over a long text, say
            slot.deadLetter(errors.reasonOf(e));
        }
        if (!slot.hasPassed()) {
            count(slot);
        }
    }

    private void count(final Slot<E> slot) {
        if (slot.verdict() == Slot.Verdict.DROPPED) {
            slot.dropReason().count(1);
        } else {
            slot.deadBy(stage.name());
            counters.dead.increment();
        }
    }

    @Override
    public final String roleName() {
        return stage.name();
    }
}
