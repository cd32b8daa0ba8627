package io.pinion.engine;

import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The ring's one producer: decodes what comes into a slot, and gives it its place and time. Where those come from, a clock or
 * a log, its {@link Stamps} say. Nothing is written while the ring is full.
 */
final class SlotWriter<E> {
    /** Where in the log a slot is, and when. */
    interface Stamps {
        /** The place of the slot that is written now; called once for each. */
        long position();

        /** The log's clock, in nanoseconds since 1970; may go back, which log time never does. */
        long nowNs();
    }

    private static final long NO_TIME = Long.MIN_VALUE;
    /** So that other threads hear of the first of them soon. */
    private static final int MOST_UNPUBLISHED = 16;

    /** In the first duty cycle without an event, and each so many from then on. */
    private static final int REHEARSE_EACH = 64;

    private static final int MOST_REHEARSED_BYTES = 2_048;

    /** Null where several may come. */
    private final FrameFormat onlyFormat;

    private final Ring<E> ring;
    private final Codec<E> codec;
    private final EventTime<E> eventTime;
    private final boolean logTimeFromEvents;
    private final Stamps stamps;
    private final StageCounters counters;
    private final ErrorJournal errors;
    private final LatencyCounts arrival;
    /** The stages on the thread of this one that read memory ahead. */
    private BatchStage<E>[] prefetching;
    /** The targets, where all that an event passes is on the thread of this one. */
    private List<TargetAgent<E>> targets;

    /** Whether none has come in this duty cycle: so what comes next may be alone. */
    private boolean isFirst = true;
    /** How many duty cycles brought none since the last. */
    private int idleTimes;
    /** What was written until here is not rehearsed. */
    private long unrehearsable = -1;

    private long logTimeUs;
    /** The last slot that was written, and the last that may be without asking the ring. */
    private long written = -1;

    private long free = -1;
    /** Events that are written, and neither counted nor published yet; and how many of them are dead letters. */
    private int arrived;

    private int refused;

    SlotWriter(
            final Processor.Builder<E> options,
            final Stamps stamps,
            final Ring<E> ring,
            final StageCounters counters,
            final ErrorJournal errors,
            final LatencyCounts arrival) {
        onlyFormat = FrameFormat.onlyOneOf(options.formats);
        codec = options.codec;
        eventTime = options.graph.eventTime();
        logTimeFromEvents = options.logTimeFromEvents;
        this.stamps = stamps;
        this.ring = ring;
        this.counters = counters;
        this.errors = errors;
        this.arrival = arrival;
    }

    /**
     * Lets these make ready for an event that may be alone; before anything is written.
     *
     * @param stages     on the thread of this one.
     * @param allTargets where all that an event passes is on this thread; none else.
     */
    void prefetchFor(final BatchStage<E>[] stages, final List<TargetAgent<E>> allTargets) {
        prefetching = stages;
        targets = allTargets;
    }

    /** What comes from now on comes in one duty cycle; the first of it may be alone. */
    void beginCycle() {
        isFirst = true;
    }

    /** The duty cycle brought nothing: what comes next is {@link #rehearse rehearsed} for. */
    void idle() {
        if (idleTimes % REHEARSE_EACH == 0 && written > unrehearsable && written < free) {
            rehearse(ring.slot(written), ring.slot(written + 1));
        }
        idleTimes++;
    }

    /**
     * Takes the last event in once more, into the slot that the next one will have, and encodes it once more; publishes and counts
     * nothing: so that memory and code are near when the next one comes. What was not used for a millisecond is in no cache. Only
     * what is soon done and leaves no garbage: no long frame, no JSON, and not again where the codec throws.
     */
    private void rehearse(final Slot<E> last, final Slot<E> next) {
        final Frame known = last.frame();
        if (last.kind() != Slot.Kind.EVENT
                || !last.isDecoded()
                || known.format() != FrameFormat.WIRE
                || known.lengthBytes() > MOST_REHEARSED_BYTES) {
            return;
        }
        next.reset(Slot.Kind.TICK, last.position());
        final Frame frame = next.frame();
        try {
            if (frame.copyFrom(known.buffer(), 0, known.lengthBytes(), FrameFormat.WIRE)
                    && codec.decode(frame, next.event())) {
                next.decoded();
            }
            for (int i = 0; i < targets.size(); i++) {
                targets.get(i).rehearse(written, last);
            }
        } catch (final Exception e) { // it counts where the event itself comes
            unrehearsable = written;
        }
        prefetch(next);
    }

    /** The highest time so far. */
    long logTimeUs() {
        return logTimeUs;
    }

    /** Goes on where a snapshot was taken. */
    void logTimeUs(final long highestUs) {
        logTimeUs = highestUs;
    }

    /** Publishes that nothing follows; false when the ring is full. Time stays where it was. */
    boolean end() {
        final Slot<E> slot = claim(Slot.Kind.END_OF_INPUT);
        if (slot == null) {
            return false;
        }
        slot.times(logTimeUs, logTimeUs);
        publish();
        return true;
    }

    /** Publishes what a target has confirmed; false when the ring is full. */
    boolean confirmed(final int route, final long sequence) {
        final Slot<E> slot = claim(Slot.Kind.CONFIRMED);
        if (slot == null) {
            return false;
        }
        time(slot, stamps.nowNs());
        slot.confirmed(route, sequence);
        publish();
        return true;
    }

    /** Publishes that time goes on; false when the ring is full. */
    boolean tick() {
        final Slot<E> slot = claim(Slot.Kind.TICK);
        if (slot == null) {
            return false;
        }
        time(slot, stamps.nowNs());
        publish();
        return true;
    }

    /** The next slot, as a change of a table, to be published at once; null when the ring is full. */
    Slot<E> claimChange(final ReferenceTable<?> table, final TableChange change, final long dueNs) {
        final Slot<E> slot = claim(Slot.Kind.TABLE_CHANGE);
        if (slot == null) {
            return null;
        }
        final long nowNs = stamps.nowNs();
        slot.latencyClock(dueNs, nowNs);
        slot.change(table, change);
        time(slot, nowNs);
        return slot;
    }

    /** The next slot; null when the ring is full. */
    private Slot<E> claim(final Slot.Kind kind) {
        if (written == free) {
            publish(); // and count: to claim more may publish, too
            free += ring.claim(); // to ask for each slot takes longer
            if (written == free) {
                return null;
            }
        }
        written++;
        final Slot<E> slot = ring.slot(written);
        slot.reset(kind, stamps.position());
        return slot;
    }

    /** Lets the stages have all that was written. */
    void publish() {
        if (arrived > 0) {
            counters.in.add(arrived);
            counters.dead.add(refused);
            arrived = 0;
            refused = 0;
        }
        if (written > ring.published()) {
            ring.publish(written);
        }
    }

    /** Publishes an event; false when the ring is full. */
    boolean eventAlone(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        beginCycle();
        try {
            return event(buffer, offset, length, dueNs);
        } finally {
            publish();
        }
    }

    /** Writes an event, to be published by {@link #publish}, or when some more have come; false when the ring is full. */
    boolean event(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        final Slot<E> slot = claim(Slot.Kind.EVENT);
        if (slot == null) {
            return false;
        }
        boolean isWhole = false;
        try {
            final long nowNs = stamps.nowNs();
            slot.latencyClock(dueNs, nowNs);
            decode(slot, buffer, offset, length);
            if (isFirst) {
                isFirst = false;
                idleTimes = 0;
                prefetch(slot);
            }
            timeEvent(slot, nowNs);
            if (dueNs != 0) {
                arrival.record(nowNs - dueNs);
            }
            isWhole = true;
        } finally {
            if (!isWhole) { // an Error, which ends this thread: others must not take what the slot held before
                refuse(slot, "the engine failed while it took the event in");
            }
            arrived++;
            if (arrived == MOST_UNPUBLISHED) {
                publish();
            }
        }
        return true;
    }

    /** In a row events wait for memory together; one that is alone would wait at each stage. */
    @SuppressWarnings("unchecked")
    private void prefetch(final Slot<E> slot) {
        if (!slot.isDecoded()) {
            return;
        }
        for (final BatchStage<E> stage : prefetching) {
            try {
                stage.prefetch(slot.event());
            } catch (final Exception | StackOverflowError e) {
                // It counts where the event comes to the stage, if it does.
                prefetching = Arrays.stream(prefetching)
                        .filter(other -> other != stage)
                        .toArray(BatchStage[]::new);
            }
        }
    }

    private void decode(final Slot<E> slot, final DirectBuffer buffer, final int offset, final int length) {
        final Frame frame = slot.frame();
        if (!frame.copyFrom(buffer, offset, length, FrameFormat.of(onlyFormat, buffer, offset, length))) {
            refuse(
                    slot,
                    "the frame is longer than the maximum of " + frame.maxBytes()
                            + " bytes, the first of which are kept here");
            return;
        }
        try {
            if (codec.decode(frame, slot.event())) {
                slot.decoded();
            } else {
                refuse(slot, frame.fault());
            }
        } catch (final Exception e) {
            refuse(slot, "the codec: " + errors.reasonOf(e));
        }
    }

    /** Log time never goes back; where an event has no time of its own, it has the log's. */
    private void timeEvent(final Slot<E> slot, final long nowNs) {
        long eventTimeUs = NO_TIME;
        if (eventTime != null && slot.isDecoded()) {
            try {
                eventTimeUs = Math.max(NO_TIME + 1, eventTime.of(slot.event()));
            } catch (final Exception | StackOverflowError e) { // it is the user's function
                refuse(slot, "its event time: " + errors.reasonOf(e));
            }
        }
        logTimeUs = Math.max(logTimeUs, logTimeFromEvents ? eventTimeUs : nowNs / 1_000);
        slot.times(logTimeUs, eventTimeUs == NO_TIME ? logTimeUs : eventTimeUs);
    }

    private void time(final Slot<E> slot, final long nowNs) {
        if (!logTimeFromEvents) {
            logTimeUs = Math.max(logTimeUs, nowNs / 1_000);
        }
        slot.times(logTimeUs, logTimeUs);
    }

    private void refuse(final Slot<E> slot, final String reason) {
        slot.deadLetter(reason);
        slot.deadBy(Layout.INGRESS);
        refused++;
    }
}
