package io.pinion.engine;

import java.util.function.Supplier;

/**
 * Keyed reference data that stages read. Filled before the first event; owned by the thread of the stages that read it
 * from then on.
 *
 * @param <R> the user's own class of rows.
 */
public interface ReferenceTable<R> {
    /**
     * What it is found by, on the command line and in a profile.
     *
     * @return unique in its graph.
     */
    String name();

    /**
     * Makes rows.
     *
     * @return the constructor of the row class.
     */
    Supplier<R> rows();

    /**
     * Allocates it, once; a second call does nothing.
     */
    void open();

    /**
     * Puts a row in; one of the same key is replaced.
     *
     * @param row kept, so a new one for each call.
     * @return null, or a sentence that says why it was refused (no key, no room).
     */
    String put(R row);

    /**
     * How many rows it has.
     *
     * @return rows.
     */
    int size();

    /**
     * How many rows it can have.
     *
     * @return rows.
     */
    int capacity();

    /**
     * The memory it will take, rows aside.
     *
     * @return bytes, roughly.
     */
    long stateBytes();
}
