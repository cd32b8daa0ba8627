package io.pinion.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * One single-threaded step over the slots of the ring: ours and the user's own are equal.
 *
 * <p>A stage sees its slot and its own state and nothing else: no clock, no randomness, no thread, no I/O, no order taken
 * from a hash table. So it gives the same result wherever the same slots are read. It never adds events.
 *
 * <p>Until {@link #open} it is only a description and holds no memory to speak of. After that one thread at a time calls
 * it. An exception that {@link #onEvent} throws makes that event a dead letter, and the stream goes on.
 *
 * @param <E> the user's own event class.
 */
public interface Stage<E> {
    /** What the state of a stage depends on, which decides how it may be spread over several machines one day. */
    enum Scope {
        /** It has no state. */
        STATELESS,
        /** Its state is kept for each key apart. */
        KEYED,
        /** Its state is about all events. */
        GLOBAL
    }

    /**
     * What it is found by: in reports, counters, layouts and snapshots. Unique in its graph.
     *
     * @return letters, digits, {@code -} and {@code _}.
     */
    String name();

    /**
     * What it does, in a few words, for the outline of a graph.
     *
     * @return for example {@code dedupe, up to 1,000,000 keys}.
     */
    default String describe() {
        return getClass().getSimpleName();
    }

    /**
     * What its state depends on.
     *
     * @return {@link Scope#GLOBAL} unless it says otherwise.
     */
    default Scope scope() {
        return Scope.GLOBAL;
    }

    /**
     * The memory it will take in {@link #open}, for {@code check}.
     *
     * @return bytes, roughly.
     */
    default long stateBytes() {
        return 0;
    }

    /**
     * The tables it reads, which are filled before the first event.
     *
     * @return none unless it says otherwise.
     */
    default List<? extends ReferenceTable<?>> tables() {
        return List.of();
    }

    /**
     * Called once before the first slot: allocate the state, register reasons and counters.
     *
     * @param context where to register them.
     */
    default void open(final StageContext context) {}

    /**
     * One event that no earlier stage has dropped. It passes unless this drops it ({@link Slot#drop}), makes it a dead
     * letter ({@link Slot#deadLetter}) or throws.
     *
     * @param event the event, to read and to change; it is reused, so keep nothing of it.
     * @param slot  its slot.
     */
    void onEvent(E event, Slot<E> slot);

    /**
     * One slot that is not an event. It goes through all stages, unless one makes a dead letter of it or drops it: then no later one sees it. What is thrown
     * here ends the graph, as what an event can't be blamed for.
     *
     * @param slot see {@link Slot#kind()}.
     */
    default void onControl(final Slot<E> slot) {}

    /**
     * The version of what {@link #save} writes.
     *
     * @return 0 where there is no state.
     */
    default int stateVersion() {
        return 0;
    }

    /**
     * Writes the state, in an order that depends on the log alone: two stages that saw the same slots write the same
     * bytes.
     *
     * @param out where to.
     * @throws IOException from {@code out}.
     */
    default void save(final DataOutput out) throws IOException {}

    /**
     * Reads what {@link #save} wrote, into a stage that was just opened.
     *
     * @param in      where from.
     * @param version the {@link #stateVersion()} it was written by.
     * @throws IOException from {@code in}, or when it holds something else.
     */
    default void restore(final DataInput in, final int version) throws IOException {}
}
