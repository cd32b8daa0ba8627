package io.pinion.engine;

import com.lmax.disruptor.EventPoller;
import org.agrona.concurrent.Agent;

/**
 * Steps one stage over the slots that the one before it has passed on, a bounded batch a duty cycle.
 *
 * <p>The poller tells the next stage how far this one is only at the end of a batch, and would give a slot again after an
 * exception: so batches are short, and an exception is caught for each slot.
 */
final class StageAgent<E> implements Agent, EventPoller.Handler<Slot<E>> {
    static final int BATCH_LIMIT = 64;

    private final Stage<E> stage;
    private final EventPoller<Slot<E>> poller;
    private final StageCounters counters;
    private final ErrorJournal errors;
    private int done;

    StageAgent(
            final Stage<E> stage,
            final EventPoller<Slot<E>> poller,
            final StageCounters counters,
            final ErrorJournal errors) {
        this.stage = stage;
        this.poller = poller;
        this.counters = counters;
        this.errors = errors;
    }

    @Override
    public int doWork() throws Exception {
        done = 0;
        poller.poll(this);
        return done;
    }

    @Override
    public boolean onEvent(final Slot<E> slot, final long sequence, final boolean endOfBatch) {
        if (slot.isLiveEvent()) {
            counters.in.increment();
            onLiveEvent(slot);
        } else if (slot.isLiveControl()) {
            stage.onControl(slot);
        }
        return ++done < BATCH_LIMIT;
    }

    private void onLiveEvent(final Slot<E> slot) {
        try {
            stage.onEvent(slot.event(), slot);
        } catch (final Exception | StackOverflowError e) { // a regular expression over a long text, say
            errors.record(e);
            slot.deadLetter(describe(e));
        }
        switch (slot.verdict()) {
            case DROPPED -> slot.dropReason().count(1);
            case DEAD -> {
                slot.deadBy(stage.name());
                counters.dead.increment();
            }
            default -> {
                // It goes on.
            }
        }
    }

    static String describe(final Throwable e) {
        final String name = e.getClass().getName();
        try {
            return e.getMessage() == null ? name : name + ": " + e.getMessage();
        } catch (final RuntimeException own) { // a user's exception may have a getMessage() that throws
            return name;
        }
    }

    @Override
    public String roleName() {
        return stage.name();
    }
}
