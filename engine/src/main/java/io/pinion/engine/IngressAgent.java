package io.pinion.engine;

import com.lmax.disruptor.RingBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;

/**
 * The ring's one producer: takes frames from the adapter, decodes each into a slot, and gives it its place and time.
 * Changes of tables come in through {@link TableIngress}, before the events that arrived with them.
 *
 * <p>A full ring is told to the adapter, which holds the frame and so its producer.
 */
final class IngressAgent<E> implements Agent, IngressAdapter.FrameHandler {
    private static final int POLL_LIMIT = 64;
    private static final long NO_TIME = Long.MIN_VALUE;

    private final IngressAdapter adapter;
    private final Set<FrameFormat> formats;
    private final RingBuffer<Slot<E>> ring;
    private final Codec<E> codec;
    private final EventTime<E> eventTime;
    private final boolean logTimeFromEvents;
    private final EpochNanoClock clock;
    private final StageCounters counters;
    private final ErrorJournal errors;
    private final LatencyCounts arrival;
    private final TableIngress<E> tables;

    private volatile boolean drainAsked;
    private boolean ended;
    private long position;
    private long logTimeUs;
    private long claimed;
    private boolean isTimeRead;
    private long batchNs;

    IngressAgent(
            final Processor.Builder<E> options,
            final RingBuffer<Slot<E>> ring,
            final StageCounters counters,
            final ErrorJournal errors,
            final LatencyCounts arrival,
            final Counters allCounters) {
        adapter = options.adapter;
        formats = EnumSet.copyOf(options.formats);
        codec = options.codec;
        eventTime = options.graph.eventTime();
        logTimeFromEvents = options.logTimeFromEvents;
        clock = options.clock;
        this.ring = ring;
        this.counters = counters;
        this.errors = errors;
        this.arrival = arrival;
        tables = new TableIngress<>(options, this, errors, allCounters);
    }

    /** Asks for the end: nothing more is taken in. Any thread. */
    void drain() {
        drainAsked = true;
    }

    @Override
    public int doWork() {
        if (ended) {
            return 0;
        }
        isTimeRead = false;
        if (drainAsked) {
            return publishEnd();
        }
        final int work = tables.doWork() + adapter.poll(this, POLL_LIMIT);
        return work == 0 && adapter.isAtEnd() ? publishEnd() : work;
    }

    /** The clock, read once for what a duty cycle takes in: a batch came in at one time. */
    private long nowNs() {
        if (!isTimeRead) {
            isTimeRead = true;
            batchNs = clock.nanoTime();
        }
        return batchNs;
    }

    private int publishEnd() {
        if (!ring.hasAvailableCapacity(1)) {
            return 0;
        }
        final long sequence = ring.next();
        final Slot<E> slot = ring.get(sequence);
        slot.reset(Slot.Kind.END_OF_INPUT, position++);
        slot.times(logTimeUs, logTimeUs);
        ring.publish(sequence);
        ended = true;
        tables.end();
        return 1;
    }

    TableIngress<E> tables() {
        return tables;
    }

    /** The next slot, as a change of a table, to be published at once; null when the ring is full. */
    Slot<E> claimChange(final ReferenceTable<?> table, final TableChange change, final long dueNs) {
        if (!ring.hasAvailableCapacity(1)) {
            return null;
        }
        claimed = ring.next();
        final Slot<E> slot = ring.get(claimed);
        final long nowNs = nowNs();
        slot.reset(Slot.Kind.TABLE_CHANGE, position++);
        slot.latencyClock(dueNs, nowNs);
        slot.change(table, change);
        if (!logTimeFromEvents) {
            logTimeUs = Math.max(logTimeUs, nowNs / 1_000);
        }
        slot.times(logTimeUs, logTimeUs);
        return slot;
    }

    void publishChange() {
        ring.publish(claimed);
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        final long sequence = ring.next();
        final Slot<E> slot = ring.get(sequence);
        boolean isWhole = false;
        try {
            final long nowNs = nowNs();
            slot.reset(Slot.Kind.EVENT, position++);
            slot.latencyClock(dueNs, nowNs);
            counters.in.increment();
            decode(slot, buffer, offset, length);
            time(slot, nowNs);
            if (dueNs != 0) {
                arrival.record(nowNs - dueNs);
            }
            isWhole = true;
        } finally {
            if (!isWhole) { // an Error, which ends this thread: others must not take what the slot held before
                refuse(slot, "the engine failed while it took the event in");
            }
            ring.publish(sequence);
        }
        return true;
    }

    private void decode(final Slot<E> slot, final DirectBuffer buffer, final int offset, final int length) {
        final Frame frame = slot.frame();
        if (!frame.copyFrom(buffer, offset, length, formatOf(formats, buffer, offset, length))) {
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
            errors.record(e);
            refuse(slot, "the codec: " + StageAgent.describe(e));
        }
    }

    static FrameFormat formatOf(
            final Set<FrameFormat> formats, final DirectBuffer buffer, final int offset, final int length) {
        if (formats.size() == 1) {
            return formats.contains(FrameFormat.WIRE) ? FrameFormat.WIRE : FrameFormat.JSON;
        }
        return FrameFormat.of(buffer, offset, length);
    }

    /** Log time never goes back; where an event has no time of its own, it has the log's. */
    private void time(final Slot<E> slot, final long nowNs) {
        long eventTimeUs = NO_TIME;
        if (eventTime != null && slot.isDecoded()) {
            try {
                eventTimeUs = Math.max(NO_TIME + 1, eventTime.of(slot.event()));
            } catch (final Exception | StackOverflowError e) { // it is the user's function
                errors.record(e);
                refuse(slot, "its event time: " + StageAgent.describe(e));
            }
        }
        logTimeUs = Math.max(logTimeUs, logTimeFromEvents ? eventTimeUs : nowNs / 1_000);
        slot.times(logTimeUs, eventTimeUs == NO_TIME ? logTimeUs : eventTimeUs);
    }

    private void refuse(final Slot<E> slot, final String reason) {
        slot.deadLetter(reason);
        slot.deadBy(Layout.INGRESS);
        counters.dead.increment();
    }

    @Override
    public String roleName() {
        return Layout.INGRESS;
    }
}
