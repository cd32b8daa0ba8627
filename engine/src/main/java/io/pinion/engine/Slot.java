package io.pinion.engine;

import java.util.Objects;

/**
 * A preallocated entry of the ring: one step of the log, as every stage sees it, in order.
 *
 * <p>Written by the ingress, then by one stage after the other, whichever threads they are on; the ring hands it on, so nothing
 * in it is volatile.
 *
 * @param <E> the user's own event class.
 */
public final class Slot<E> {
    /** What a slot is. Whatever else the log will decide becomes a kind. */
    public enum Kind {
        /** An event. */
        EVENT,
        /** A change of a table: see {@link Slot#table()}, {@link Slot#change()} and {@link Slot#readRow}. */
        TABLE_CHANGE,
        /** A target has confirmed what it was given: of no concern to stages. */
        CONFIRMED,
        /** Nothing but that time goes on. */
        TICK,
        /** Nothing follows. */
        END_OF_INPUT
    }

    /** What has become of an event. */
    enum Verdict {
        PASSED,
        DROPPED,
        DEAD
    }

    private final E event;
    private final Frame frame;

    private Kind kind;
    private long position;
    private long logTimeUs;
    private long eventTimeUs;
    private long dueNs;
    private long publishedNs;

    private Verdict verdict;
    private DropReason dropReason;
    private String deadBy;
    private String deadReason;
    private boolean decoded;

    private long deadTargets;

    private ReferenceTable<?> table;
    private TableChange change;

    private int route;
    private long sequence;

    Slot(final E event, final Frame frame) {
        this.event = event;
        this.frame = frame;
    }

    /** Begins a new life in the ring. What only some kind or verdict has is left as it is, and means nothing to others. */
    void reset(final Kind newKind, final long newPosition) {
        kind = newKind;
        position = newPosition;
        verdict = Verdict.PASSED;
        decoded = false;
        deadTargets = 0;
    }

    /**
     * What this slot is.
     *
     * @return its kind.
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Its place in the log.
     *
     * @return counted from 0, one for each slot; in a replica, the position its log gives.
     */
    public long position() {
        return position;
    }

    /**
     * The log's time, which never goes back.
     *
     * @return microseconds since 1970, UTC.
     */
    public long logTimeUs() {
        return logTimeUs;
    }

    /**
     * The event's own time, where the graph declares one; the log's time where it does not.
     *
     * @return microseconds since 1970, UTC.
     */
    public long eventTimeUs() {
        return eventTimeUs;
    }

    /**
     * The table that changes here; each stage that reads it applies the change when it sees this slot.
     *
     * @return null where the slot is no change of a table.
     */
    public ReferenceTable<?> table() {
        return kind == Kind.TABLE_CHANGE ? table : null;
    }

    /**
     * What happens to {@link #table()}.
     *
     * @return null where the slot is no change of a table.
     */
    public TableChange change() {
        return kind == Kind.TABLE_CHANGE ? change : null;
    }

    /**
     * Decodes the row that a change of a table carries. The slot keeps it, for other stages that read the table.
     *
     * @param codec of the table's rows, used by this thread alone.
     * @param to    a frame of that codec; a copy of the slot's bytes goes there.
     * @param row   set from it; its texts look into {@code to}.
     * @param <R>   the row class.
     * @return false when it is no row; the frame then says why.
     */
    public <R> boolean readRow(final Codec<R> codec, final Frame to, final R row) {
        to.copyFrom(frame.buffer(), 0, frame.lengthBytes(), frame.format());
        return codec.decode(to, row);
    }

    /**
     * Drops the event: later stages do not see it.
     *
     * @param reason one of the stage's own, from {@link StageContext#dropReason}; never null.
     */
    public void drop(final DropReason reason) {
        dropReason = Objects.requireNonNull(reason, "a drop needs a reason: register one in open");
        verdict = Verdict.DROPPED;
    }

    /**
     * Sends the event to the dead letters instead: later stages do not see it.
     *
     * @param reason a sentence for the person who will read it; never null.
     */
    public void deadLetter(final String reason) {
        deadReason = Objects.requireNonNull(reason, "a dead letter needs a reason");
        verdict = Verdict.DEAD;
    }

    E event() {
        return event;
    }

    Frame frame() {
        return frame;
    }

    boolean isLiveEvent() {
        return kind == Kind.EVENT && verdict == Verdict.PASSED;
    }

    boolean hasPassed() {
        return verdict == Verdict.PASSED;
    }

    /** Whether it is something else than an event, and stages are to see it: a change that is wrong is none. */
    boolean isLiveControl() {
        return kind != Kind.EVENT && verdict == Verdict.PASSED;
    }

    void change(final ReferenceTable<?> changed, final TableChange how) {
        table = changed;
        change = how;
    }

    void confirmed(final int ofRoute, final long upToSequence) {
        route = ofRoute;
        sequence = upToSequence;
    }

    /** The route that a confirmation is for. */
    int route() {
        return route;
    }

    /** The highest sequence that is confirmed. */
    long sequence() {
        return sequence;
    }

    Verdict verdict() {
        return verdict;
    }

    DropReason dropReason() {
        return dropReason;
    }

    void times(final long newLogTimeUs, final long newEventTimeUs) {
        logTimeUs = newLogTimeUs;
        eventTimeUs = newEventTimeUs;
    }

    void latencyClock(final long newDueNs, final long newPublishedNs) {
        dueNs = newDueNs;
        publishedNs = newPublishedNs;
    }

    long dueNs() {
        return dueNs;
    }

    long publishedNs() {
        return publishedNs;
    }

    void decoded() {
        decoded = true;
    }

    boolean isDecoded() {
        return decoded;
    }

    void deadBy(final String stage) {
        deadBy = stage;
    }

    String deadBy() {
        return deadBy;
    }

    String deadReason() {
        return deadReason;
    }

    /** A target could not take its copy; the dead letters, which come after all targets, will. */
    void deadAtTarget(final long targetBit, final String reason) {
        deadTargets |= targetBit;
        deadReason = reason;
    }

    long deadTargets() {
        return deadTargets;
    }
}
