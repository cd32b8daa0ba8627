package io.pinion.operators;

import io.pinion.engine.GraphException;
import io.pinion.engine.ReferenceTable;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Keyed rows that {@code enrich} reads, in the order in which their keys first came. Made by {@link Operators#table}.
 *
 * <p>Rows with a key of text or several fields are found by 128 bits of hash, see {@link Key}. A row belongs to the table
 * once it is put in. One thread at a time: the one that fills it, then the one of the stages that read it.
 *
 * @param <R> the user's own class of rows.
 */
public final class Table<R> implements ReferenceTable<R> {
    private final String name;
    private final Supplier<R> rows;
    private final KeyOf<R> keyOf;
    private final int capacity;
    private final int stride;

    private Object[] inOrder;
    private long[] keys;
    private KeyIndex index;
    private int size;

    Table(final String name, final Supplier<R> rows, final KeyOf<R> keyOf, final int capacity) {
        this.name = name;
        this.rows = Objects.requireNonNull(rows, "rows");
        this.keyOf = keyOf;
        this.capacity = capacity;
        stride = keyOf.isWide() ? 2 : 1;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Supplier<R> rows() {
        return rows;
    }

    @Override
    public void open() {
        if (index == null) {
            inOrder = new Object[capacity];
            keys = new long[capacity * stride];
            index = new KeyIndex(keys, stride, keyOf.isWide(), capacity);
        }
    }

    @Override
    public String put(final R row) {
        if (!keyOf.read(row)) {
            return "A row of the table \"" + name + "\" has no key: each field of its key is empty.";
        }
        final int known = index.find(keyOf.lo, keyOf.hi);
        if (known != KeyIndex.NONE) {
            inOrder[known] = row;
            return null;
        }
        if (size == capacity) {
            return "The table \"" + name + "\" is full with " + Limits.count(capacity, "row") + ": raise upTo(…).";
        }
        keys[size * stride] = keyOf.lo;
        if (keyOf.isWide()) {
            keys[size * stride + 1] = keyOf.hi;
        }
        inOrder[size] = row;
        index.insert(size);
        size++;
        return null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public long stateBytes() {
        final long referenceBytes = Integer.BYTES;
        return capacity * (stride * (long) Long.BYTES + referenceBytes) + KeyIndex.bytesFor(capacity);
    }

    /** Refuses a stage that would look up another kind of key than the rows have. */
    void refuseOtherKeys(final String stage, final KeyOf<?> lookedUp) {
        if (lookedUp.isWide() != keyOf.isWide()) {
            throw new GraphException("The stage \"" + stage + "\" looks up " + lookedUp.describe() + " in the table \""
                    + name + "\", whose rows are found by " + keyOf.describe()
                    + ": give both the same kind of key.");
        }
    }

    KeyOf<R> keyOf() {
        return keyOf;
    }

    /** The row of a key, or null. */
    @SuppressWarnings("unchecked")
    R find(final long lo, final long hi) {
        final int found = index.find(lo, hi);
        return found == KeyIndex.NONE ? null : (R) inOrder[found];
    }
}
