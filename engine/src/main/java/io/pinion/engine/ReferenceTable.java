package io.pinion.engine;

import java.util.function.Supplier;

/**
 * Keyed reference data that stages read. Filled before the first event; from then on it changes through the log alone: by
 * slots of the kind {@link Slot.Kind#TABLE_CHANGE}, which each stage that reads it applies at their place in the log, to
 * rows of its own. So no stage sees a change before the events that came before it, whatever threads there are.
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
     * Where rows come from while events do: each puts a row, or deletes one.
     *
     * @return null where the table has no live updates.
     */
    default Ingress updates() {
        return null;
    }

    /**
     * Whether a row that came live deletes the one of its key. Any thread.
     *
     * @param row decoded.
     * @return false where it is to be put.
     */
    default boolean isDelete(final R row) {
        return false;
    }

    /**
     * What looks at live updates before they come into the ring.
     *
     * @return a new one, for one thread.
     */
    Check<R> newUpdateCheck();

    /**
     * What looks at all the rows of one file before the table is swapped for them: an accepted file always fits.
     *
     * @return a new one, for one thread and one file.
     */
    Check<R> newFileCheck();

    /**
     * Says whether a row can be put.
     *
     * @param <R> the row class.
     */
    @FunctionalInterface
    interface Check<R> {
        /**
         * Looks at a row.
         *
         * @param row not kept.
         * @return null, or a sentence that says why it is refused (no key, no room).
         */
        String refusal(R row);
    }

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
     * The memory it will take for each stage that reads it, rows aside.
     *
     * @return bytes, roughly.
     */
    long stateBytes();
}
