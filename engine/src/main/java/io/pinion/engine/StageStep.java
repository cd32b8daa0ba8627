package io.pinion.engine;

import org.agrona.LangUtil;

/**
 * One stage, over those of a batch that are live. An exception is caught for each slot: it makes a dead letter, and the batch goes on.
 * An Error ends the graph, once what came before that slot is through all stages; and so does what a {@link BatchStage} throws where it
 * decides.
 */
final class StageStep<E> {
    private final Stage<E> stage;
    /** The same where it decides on events together, else null. */
    private final BatchStage<E> batchStage;

    private final StageCounters counters;
    private final ErrorJournal errors;
    /** Of the batch, those that it made dead letters. */
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

    /** {@return those of the live ones, a bit for each slot from the first, that have passed; none behind one that failed} */
    long events(final RingReader<E> reader, final long first, final long live) {
        died = 0;
        final long passed = batchStage == null ? oneByOne(reader, first, live) : together(reader, first, live);
        counters.in.add(Long.bitCount(live));
        return error == null ? passed : passed & RoutedSlots.below(failedAt);
    }

    /** Of those that came last, the ones that became dead letters here. */
    long died() {
        return died;
    }

    /** What was thrown that nothing can follow; null where nothing was. */
    Throwable error() {
        return error;
    }

    /** Where in the batch. */
    int failedAt() {
        return failedAt;
    }

    void rethrow() {
        LangUtil.rethrowUnchecked(error);
    }

    void control(final Slot<E> slot) {
        stage.onControl(slot);
    }

    private long oneByOne(final RingReader<E> reader, final long first, final long live) {
        long passed = live;
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                stage.onEvent(slot.event(), slot);
            } catch (final Exception | StackOverflowError e) { // a regular expression over a long text, say
                slot.deadLetter(errors.reasonOf(e));
            } catch (final Error e) {
                fail(e, i);
                break;
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
        } catch (final RuntimeException | StackOverflowError e) {
            fail(
                    new IllegalStateException(
                            "the stage \"" + stage.name() + "\" threw where it decides on a batch, which must not be: "
                                    + ErrorJournal.describe(e),
                            e),
                    Long.numberOfTrailingZeros(gathered));
            return 0;
        } catch (final Error e) {
            fail(e, Long.numberOfTrailingZeros(gathered));
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
            } catch (final Exception | StackOverflowError e) {
                slot.deadLetter(errors.reasonOf(e));
            } catch (final Error e) {
                fail(e, i);
                return passed & RoutedSlots.below(i);
            }
            if (!slot.hasPassed()) {
                passed ^= 1L << i;
                count(slot, i);
            }
        }
        return passed;
    }

    private long apply(final RingReader<E> reader, final long first, final long live) {
        long passed = live;
        for (long rest = live; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                batchStage.apply(slot.event(), slot);
            } catch (final Exception | StackOverflowError e) {
                slot.deadLetter(errors.reasonOf(e));
            } catch (final Error e) {
                fail(e, i);
                break;
            }
            if (!slot.hasPassed()) {
                passed ^= 1L << i;
                count(slot, i);
            }
        }
        return passed;
    }

    private void fail(final Throwable thrown, final int at) {
        error = thrown;
        failedAt = at;
    }

    private void count(final Slot<E> slot, final int i) {
        if (slot.verdict() == Slot.Verdict.DROPPED) {
            slot.dropReason().count(1);
        } else {
            slot.deadBy(stage.name());
            counters.dead.increment();
            died |= 1L << i;
        }
    }
}
