package io.pinion.engine;

/**
 * A stage whose state is larger than the caches, and that can say early where it will look: so that the waits for memory of
 * the events of a batch overlap, instead of following each other.
 *
 * <p>All events of a batch that are still to be seen are shown to {@link #expect}, then {@link #prefetch} is called once,
 * then each event is given to {@link #onEvent} as ever. A batch of one is not shown, and none in a graph whose state all in
 * all is no larger than {@link #CACHED_BYTES}. What a processor only fetches overlaps
 * when the loop that does it is short: a loop over keys, that reads a table and does nothing else.
 *
 * @param <E> the user's own event class.
 */
public interface Prefetching<E> extends Stage<E> {
    /**
     * What a core's caches hold, roughly, where it shares the last of them with others: of so much, to look ahead takes longer
     * than to wait.
     */
    long CACHED_BYTES = 8L << 20;

    /**
     * Notes what {@link #onEvent} is going to look for. It must change nothing that is saved, and no outcome may depend on
     * whether it was called. What it throws is forgotten.
     *
     * @param event the event, as {@link #onEvent} will see it.
     * @param slot  its slot; not to be dropped from here.
     */
    void expect(E event, Slot<E> slot);

    /** Reads from the state what was noted of this batch; not called where no event was shown. */
    void prefetch();
}
