package io.pinion.engine;

/** Where a stage registers, before its first slot, what it will count. */
public interface StageContext {
    /**
     * A reason for which the stage drops events, counted by the engine.
     *
     * @param name a word or two, such as {@code repeat}.
     * @return what {@link Slot#drop} takes.
     */
    DropReason dropReason(String name);

    /**
     * A counter of the stage's own.
     *
     * @param name such as {@code evicted_early}; shown as {@code STAGE.NAME}.
     * @return the counter, which the stage's thread alone may write.
     */
    Counter counter(String name);

    /**
     * A codec for the rows of a table, for this stage's thread alone: what changes of the table are read with, and its
     * rows saved and restored.
     *
     * @param table one that the stage reads.
     * @param <R>   the row class.
     * @return null where there is none, as in a harness: then the table can't change, nor be saved.
     */
    default <R> Codec<R> rowCodec(final ReferenceTable<R> table) {
        return null;
    }
}
