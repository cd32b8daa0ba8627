package io.pinion.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * Drives one stage on the caller's thread, event by event, as the ring does: for tests of stages, one's own or ours.
 *
 * <pre>{@code
 * StageHarness<Rating> harness = StageHarness.of(filter("rated", rating -> rating.rating > 0));
 * assertThat(harness.give(rating)).isEqualTo(DROPPED);
 * assertThat(harness.reason()).isEqualTo("filtered");
 * }</pre>
 *
 * <p>Giving an event allocates nothing of the harness's own. Not thread-safe.
 *
 * @param <E> the user's own event class.
 */
public final class StageHarness<E> {
    /** What became of an event. */
    public enum Outcome {
        /** It goes on to the next stage. */
        PASSED,
        /** It was dropped; {@link #reason()} is the name of its {@link DropReason}. */
        DROPPED,
        /** It is a dead letter; {@link #reason()} is the sentence, or the exception that the stage threw. */
        DEAD
    }

    private static final int MAX_COUNTERS = 64;
    private static final int MAX_ROW_BYTES = 1 << 20;

    private final Stage<E> stage;
    private final RowCodecs rowCodecs;
    private final Slot<E> slot = new Slot<>(null, new Frame(512, MAX_ROW_BYTES));
    private final Map<String, DropReason> reasons = new LinkedHashMap<>();
    private final Map<String, Counter> counters = new LinkedHashMap<>();
    private final UnsafeBuffer values =
            new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_COUNTERS * CountersReader.COUNTER_LENGTH));
    private long position;
    private long logTimeUs = Long.MIN_VALUE;

    private StageHarness(final Stage<E> stage, final RowCodecs rowCodecs) {
        this.stage = stage;
        this.rowCodecs = rowCodecs;
    }

    /**
     * Opens a stage, and the tables it reads.
     *
     * @param stage a new one.
     * @param <E>   its event class.
     * @return the harness it runs in.
     */
    public static <E> StageHarness<E> of(final Stage<E> stage) {
        return of(stage, null);
    }

    /**
     * Opens a stage, and the tables it reads, which can change then.
     *
     * @param stage     a new one.
     * @param rowCodecs what reads the rows of tables, such as {@code FrameCodec::of}.
     * @param <E>       its event class.
     * @return the harness it runs in.
     */
    public static <E> StageHarness<E> of(final Stage<E> stage, final RowCodecs rowCodecs) {
        final StageHarness<E> harness = new StageHarness<>(stage, rowCodecs);
        stage.tables().forEach(ReferenceTable::open);
        stage.open(harness.context());
        return harness;
    }

    private StageContext context() {
        return new StageContext() {
            @Override
            public DropReason dropReason(final String name) {
                return reasons.computeIfAbsent(name, n -> new DropReason(n, newCounter()));
            }

            @Override
            public Counter counter(final String name) {
                return counters.computeIfAbsent(name, n -> newCounter());
            }

            @Override
            public <R> Codec<R> rowCodec(final ReferenceTable<R> table) {
                return rowCodecs == null ? null : rowCodecs.of(table.rows());
            }

            private Counter newCounter() {
                return new Counter(new AtomicCounter(values, reasons.size() + counters.size()));
            }
        };
    }

    /**
     * One event at the time at which the log stands (1970 at first).
     *
     * @param event the event.
     * @return what became of it.
     */
    public Outcome give(final E event) {
        return give(event, logTimeUs == Long.MIN_VALUE ? 0 : logTimeUs);
    }

    /**
     * One event, where the log's time is the highest event time so far, as in {@code replay}.
     *
     * @param event       the event.
     * @param eventTimeUs its own time, in microseconds since 1970.
     * @return what became of it.
     */
    public Outcome give(final E event, final long eventTimeUs) {
        return give(event, eventTimeUs, eventTimeUs);
    }

    /**
     * One event.
     *
     * @param event        the event.
     * @param eventTimeUs  its own time, in microseconds since 1970.
     * @param newLogTimeUs the log's time; where it is less than it was, it stays as it was.
     * @return what became of it.
     */
    public Outcome give(final E event, final long eventTimeUs, final long newLogTimeUs) {
        logTimeUs = Math.max(logTimeUs, newLogTimeUs);
        slot.reset(Slot.Kind.EVENT, position++);
        slot.times(logTimeUs, eventTimeUs);
        if (stage instanceof BatchStage<E> batchStage) {
            prefetch(batchStage, event);
            gather(batchStage, event, slot);
            if (slot.hasPassed()) {
                batchStage.decide();
                apply(batchStage, event, slot);
            }
        } else {
            try {
                stage.onEvent(event, slot);
            } catch (final Exception | StackOverflowError e) {
                slot.deadLetter(ErrorJournal.describe(e));
            }
        }
        return outcomeOf(slot);
    }

    private static <E> void prefetch(final BatchStage<E> batchStage, final E event) {
        try {
            batchStage.prefetch(event);
        } catch (final Exception | StackOverflowError e) {
            return; // it is of no consequence
        }
    }

    private static <E> void gather(final BatchStage<E> batchStage, final E event, final Slot<E> at) {
        try {
            batchStage.gather(event, at);
        } catch (final Exception | StackOverflowError e) {
            at.deadLetter(ErrorJournal.describe(e));
        }
    }

    private static <E> void apply(final BatchStage<E> batchStage, final E event, final Slot<E> at) {
        try {
            batchStage.apply(event, at);
        } catch (final Exception | StackOverflowError e) {
            at.deadLetter(ErrorJournal.describe(e));
        }
    }

    private static Outcome outcomeOf(final Slot<?> at) {
        return switch (at.verdict()) {
            case PASSED -> Outcome.PASSED;
            case DROPPED -> {
                at.dropReason().count(1);
                yield Outcome.DROPPED;
            }
            case DEAD -> Outcome.DEAD;
        };
    }

    /**
     * Several events, as they come to a stage in one batch. A {@link BatchStage} decides on them together.
     *
     * @param events       the events, {@link BatchStage#MOST_GATHERED} at most.
     * @param eventTimesUs the time of each, in microseconds since 1970.
     * @param logTimesUs   the log's time at each; where it is less than it was, it stays as it was.
     * @return what became of each.
     */
    public List<Outcome> giveTogether(
            final List<E> events, final List<Long> eventTimesUs, final List<Long> logTimesUs) {
        if (events.size() > BatchStage.MOST_GATHERED) {
            throw new IllegalArgumentException(
                    events.size() + " events do not come together: give " + BatchStage.MOST_GATHERED + " at most.");
        }
        final List<Outcome> outcomes = new ArrayList<>();
        if (!(stage instanceof BatchStage<E> batchStage)) {
            for (int i = 0; i < events.size(); i++) {
                outcomes.add(give(events.get(i), eventTimesUs.get(i), logTimesUs.get(i)));
            }
            return outcomes;
        }
        final List<Slot<E>> slots = new ArrayList<>();
        boolean isAnyGathered = false;
        for (int i = 0; i < events.size(); i++) {
            logTimeUs = Math.max(logTimeUs, logTimesUs.get(i));
            final Slot<E> next = new Slot<>(events.get(i), slot.frame());
            next.reset(Slot.Kind.EVENT, position++);
            next.times(logTimeUs, eventTimesUs.get(i));
            if (i == 0) {
                prefetch(batchStage, next.event());
            }
            gather(batchStage, next.event(), next);
            isAnyGathered |= next.hasPassed();
            slots.add(next);
        }
        if (isAnyGathered) {
            batchStage.decide();
        }
        for (final Slot<E> next : slots) {
            if (next.hasPassed()) {
                apply(batchStage, next.event(), next);
            }
            outcomes.add(outcomeOf(next));
        }
        return outcomes;
    }

    /**
     * One change of a table, at the time at which the log stands.
     *
     * @param table  that changes.
     * @param change what happens to it.
     * @param row    the frame of the row, as the row codec reads it; empty where the change carries none.
     */
    public void change(final ReferenceTable<?> table, final TableChange change, final DirectBuffer row) {
        change(table, change, row, logTimeUs);
    }

    /**
     * One change of a table.
     *
     * @param table        that changes.
     * @param change       what happens to it.
     * @param row          the frame of the row, as the row codec reads it; empty where the change carries none.
     * @param newLogTimeUs the log's time; where it is less than it was, it stays as it was.
     */
    public void change(
            final ReferenceTable<?> table, final TableChange change, final DirectBuffer row, final long newLogTimeUs) {
        logTimeUs = Math.max(logTimeUs, newLogTimeUs);
        slot.reset(Slot.Kind.TABLE_CHANGE, position++);
        slot.times(logTimeUs, logTimeUs);
        slot.change(table, change);
        slot.frame().copyFrom(row, 0, row.capacity(), FrameFormat.of(row, 0, row.capacity()));
        stage.onControl(slot);
    }

    /** Tells the stage that nothing follows. */
    public void endOfInput() {
        slot.reset(Slot.Kind.END_OF_INPUT, position++);
        slot.times(logTimeUs, logTimeUs);
        stage.onControl(slot);
    }

    /**
     * Why the last event did not pass.
     *
     * @return see {@link Outcome}; null when it passed.
     */
    public String reason() {
        return switch (slot.verdict()) {
            case PASSED -> null;
            case DROPPED -> slot.dropReason().name();
            case DEAD -> slot.deadReason();
        };
    }

    /**
     * How many events the stage dropped for a reason.
     *
     * @param reason one that it registered.
     * @return events.
     */
    public long dropped(final String reason) {
        return registered(reasons, reason, "drop reason").count();
    }

    /**
     * One of the stage's own counters.
     *
     * @param name one that it registered.
     * @return its value.
     */
    public long counter(final String name) {
        return registered(counters, name, "counter").get();
    }

    private <T> T registered(final Map<String, T> all, final String name, final String what) {
        final T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("The stage \"" + stage.name() + "\" registered no " + what + " \"" + name
                    + "\": it has " + all.keySet() + ".");
        }
        return found;
    }

    /**
     * The stage's state.
     *
     * @return what it saves.
     * @throws IOException from the stage.
     */
    public byte[] save() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stage.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /**
     * Gives the stage, which has seen no event yet, a state that one of its kind and version saved.
     *
     * @param state from {@link #save()}.
     * @return this.
     * @throws IOException from the stage, or when it left bytes unread.
     */
    public StageHarness<E> restore(final byte[] state) throws IOException {
        final DataInputStream in = new DataInputStream(new ByteArrayInputStream(state));
        stage.restore(in, stage.stateVersion());
        if (in.available() > 0) {
            throw new IOException("The stage \"" + stage.name() + "\" left " + in.available() + " of " + state.length
                    + " bytes of its state unread: let it read what it saves.");
        }
        return this;
    }
}
