package io.pinion.engine;

import org.agrona.concurrent.Agent;

/**
 * Steps one stage over the slots that the one before it has passed on, a bounded batch a duty cycle. An exception is caught
 * for each slot: it makes a dead letter, and the batch goes on. Only where a {@link BatchStage} decides none may come.
 */
class StageAgent<E> implements Agent {
    private final Stage<E> stage;
    /** The same where it decides on events together, else null. */
    private final BatchStage<E> batchStage;

    private final RingReader<E> reader;
    private final StageCounters counters;
    private final ErrorJournal errors;
    /** How many live events of this batch came to the stage. */
    private int live;
    /** The last slot of this batch that is done with. */
    private long done;

    StageAgent(
            final Stage<E> stage, final RingReader<E> reader, final StageCounters counters, final ErrorJournal errors) {
        this.stage = stage;
        batchStage = stage instanceof BatchStage<E> together ? together : null;
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
        done = first - 1;
        try {
            if (batchStage == null) {
                oneByOne(first, last);
            } else {
                inRuns(first, last);
            }
        } finally { // an Error ends this thread, and those who follow get what was done before it
            counters.in.add(live);
            live = 0;
            reader.readTo(done);
        }
        return sizeOf(first, last);
    }

    /**
     * Batches are gone through by an {@code int}: where a loop's variable is a {@code long} the compiler asserts before it that there is
     * more than one, and each batch of one leaves the compiled code for the interpreter, some 15 µs, again and again.
     */
    private static int sizeOf(final long first, final long last) {
        return (int) (last - first) + 1;
    }

    private void oneByOne(final long first, final long last) {
        final int count = sizeOf(first, last);
        for (int i = 0; i < count; i++) {
            final long at = first + i;
            onSlot(at, reader.slot(at));
            done = at;
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

    private void inRuns(final long first, final long last) {
        long from = first;
        boolean isAnyGathered = false;
        final int count = sizeOf(first, last);
        for (int i = 0; i < count; i++) {
            final long at = first + i;
            final Slot<E> slot = reader.slot(at);
            if (slot.isLiveEvent()) {
                live++;
                isAnyGathered |= isGathered(slot);
            } else if (slot.isLiveControl()) {
                settle(from, at - 1, isAnyGathered);
                stage.onControl(slot);
                done = at;
                from = at + 1;
                isAnyGathered = false;
            }
        }
        settle(from, last, isAnyGathered);
    }

    private boolean isGathered(final Slot<E> slot) {
        try {
            batchStage.gather(slot.event(), slot);
        } catch (final Exception | StackOverflowError e) {
            slot.deadLetter(errors.reasonOf(e));
        }
        if (!slot.hasPassed()) {
            count(slot);
            return false;
        }
        return true;
    }

    /** Decides on a run, and applies that. What is a live event there was gathered. */
    private void settle(final long from, final long to, final boolean isAnyGathered) {
        if (isAnyGathered) {
            decide();
        }
        final int count = sizeOf(from, to);
        for (int i = 0; i < count; i++) {
            final long at = from + i;
            final Slot<E> slot = reader.slot(at);
            if (slot.isLiveEvent()) {
                apply(slot);
            }
            done = at;
        }
    }

    private void decide() {
        try {
            batchStage.decide();
        } catch (final RuntimeException | StackOverflowError e) {
            throw new IllegalStateException(
                    "the stage \"" + stage.name() + "\" threw where it decides on a batch, which must not be: "
                            + ErrorJournal.describe(e),
                    e);
        }
    }

    private void apply(final Slot<E> slot) {
        try {
            batchStage.apply(slot.event(), slot);
        } catch (final Exception | StackOverflowError e) {
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
