package io.pinion.engine;

/** What a slot of the kind {@link Slot.Kind#TABLE_CHANGE} does to its table. */
public enum TableChange {
    /** A row comes in; one of the same key is replaced. */
    PUT,
    /** The row of this key goes; of the row that the slot carries, only the key counts. */
    DELETE,
    /** Another set of rows begins to come in, beside the one that is read. What there was of an earlier one is gone. */
    SWAP_BEGIN,
    /** One row of the other set. */
    SWAP_ROW,
    /** From here on the other set is the one that is read. */
    SWAP_END,
    /** The other set is given up; the one that is read stays. */
    SWAP_CANCEL
}
