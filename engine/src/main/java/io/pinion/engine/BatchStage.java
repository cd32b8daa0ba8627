package io.pinion.engine;

/**
 * A stage that decides on the events of a batch together, in a loop that does nothing else: what it waits for, memory mostly,
 * overlaps from event to event only where little is done between.
 *
 * <pre>
 *   gather, gather, gather …  decide  apply, apply, apply …
 * </pre>
 *
 * <p>All events of a run are gathered, then {@link #decide} is called once, then each that was gathered is applied, in the same
 * order. A run is as much of a batch as lies between two slots that are no events; it has {@link
 * #MOST_GATHERED} events at most. One event alone is a run too. The outcome is the same however the
 * events are divided into runs.
 *
 * @param <E> the user's own event class.
 */
public interface BatchStage<E> extends Stage<E> {
    /** The most events that are gathered before it is decided on them. */
    int MOST_GATHERED = RingReader.BATCH_LIMIT;

    /**
     * Reads, for nothing but to have it near, what deciding on this event will wait for; it changes nothing. Called as soon as an
     * event has come in that may be alone, where the stage is on the thread that takes events in; and for the last event again
     * while none comes, which keeps the code near, too. The event may never come to the stage, or come changed by others, so a
     * user's function may be called here for one that it would not be asked about otherwise. An exception is of no other
     * consequence than that the stage is not asked again.
     *
     * @param event the event, to read; not to be kept.
     */
    default void prefetch(final E event) {}

    /**
     * Notes of an event what deciding needs. It changes nothing that is saved. An event that it makes a dead letter, or for
     * which it throws, which makes it one too, is not noted.
     *
     * @param event the event, to read; not to be kept.
     * @param slot  its slot; not to be kept either.
     */
    void gather(E event, Slot<E> slot);

    /**
     * Decides on what was gathered, in that order, and changes the stage's state. It must not throw, since nobody could tell for
     * which of the events, and so replicas would differ: where a user's function throws, it is for {@link #apply} to throw that.
     * What it throws all the same stops the graph.
     */
    void decide();

    /**
     * Does what was decided to the next of the events that were gathered.
     *
     * @param event the event, to read and to change.
     * @param slot  its slot.
     */
    void apply(E event, Slot<E> slot);

    @Override
    default void onEvent(final E event, final Slot<E> slot) {
        gather(event, slot);
        if (slot.hasPassed()) {
            decide();
            apply(event, slot);
        }
    }
}
