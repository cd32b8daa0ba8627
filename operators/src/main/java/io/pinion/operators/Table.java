package io.pinion.operators;

import io.pinion.engine.GraphException;
import io.pinion.engine.Ingress;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.StageContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Keyed rows that {@code enrich} reads: what they are, how many, and for how long. Made by {@link Operators#table}; each
 * option gives another table.
 *
 * <p>Rows with a key of text or several fields are found by 128 bits of hash, see {@link Key}. A row that is put in
 * belongs to the table; its key must stay as it is, and the key's function give the same for it on any thread and
 * allocate nothing: a row may be asked for its key whenever one is looked up. One thread fills the table before the
 * first event; then each stage that reads it has the rows as a replica of its own, on its thread, which changes through
 * the log alone.
 *
 * @param <R> the user's own class of rows.
 */
public final class Table<R> implements ReferenceTable<R> {
    private static final int MAX_VERSIONS = 64;

    /** All that can be chosen; {@code keptForUs} is 0 where rows stay. */
    private record Options<R>(
            Ingress updates,
            Predicate<? super R> deletedWhen,
            long keptForUs,
            ToLongFunction<? super R> versionUs,
            int maxVersions) {}

    private final String name;
    private final Supplier<R> rows;
    private final KeyOf<R> keyOf;
    private final int capacity;
    private final Options<R> options;

    private final List<TableReplica<R>> replicas = new ArrayList<>();
    private int readers;
    private String readBy;
    private boolean findsByNumber;
    private String rememberedBy;

    Table(final String name, final Supplier<R> rows, final KeyOf<R> keyOf, final int capacity) {
        this(
                name,
                Objects.requireNonNull(rows, "rows"),
                keyOf,
                capacity,
                new Options<>(null, row -> false, 0, null, 1));
    }

    private Table(
            final String name,
            final Supplier<R> rows,
            final KeyOf<R> keyOf,
            final int capacity,
            final Options<R> options) {
        this.name = name;
        this.rows = rows;
        this.keyOf = keyOf;
        this.capacity = capacity;
        this.options = options;
    }

    private Table<R> with(final Options<R> others) {
        return new Table<>(name, rows, keyOf, capacity, others);
    }

    /**
     * Lets rows come in while events do: each replaces the one of its key, or is a new one. When there is no room for a
     * new one, the row that was put longest ago goes, and that is counted.
     *
     * @param ingress where from, by {@link io.pinion.engine.Environment#ingress}: one that no events come in by.
     * @return another table.
     */
    public Table<R> updates(final Ingress ingress) {
        return updates(ingress, row -> false);
    }

    /**
     * Lets rows come in while events do, and go: a row for which this holds deletes the one of its key; of its fields only
     * those of the key count.
     *
     * @param ingress     where from, by {@link io.pinion.engine.Environment#ingress}: one that no events come in by.
     * @param deletedWhen such as {@code item -> item.deleted}.
     * @return another table.
     */
    public Table<R> updates(final Ingress ingress, final Predicate<? super R> deletedWhen) {
        return with(new Options<>(
                Objects.requireNonNull(ingress, "ingress"),
                Objects.requireNonNull(deletedWhen, "deletedWhen"),
                options.keptForUs,
                options.versionUs,
                options.maxVersions));
    }

    /**
     * Lets rows expire: so long after it was put, by the log's time, a row is not found any more. Rows from the file at the
     * start count from the log's first slot.
     *
     * @param time whole microseconds, more than 0.
     * @return another table.
     * @throws GraphException when it is out of bounds.
     */
    public Table<R> keptFor(final Duration time) {
        return with(new Options<>(
                options.updates,
                options.deletedWhen,
                Limits.microseconds("keptFor", time, 1),
                options.versionUs,
                options.maxVersions));
    }

    /**
     * Keeps several versions of a row, and lets an event find the one that was valid at the event's own time: the youngest
     * that is not younger than the event. One version more than can be kept costs the oldest, counted. A delete takes all
     * versions of a key.
     *
     * @param validFrom when a row begins to be valid, since 1970, UTC.
     * @param unit      of it.
     * @param versions  2 to 64 of each key; each is a row that takes room.
     * @return another table.
     * @throws GraphException when it is out of bounds.
     */
    public Table<R> asOf(final ToLongFunction<? super R> validFrom, final TimeUnit unit, final int versions) {
        if (versions < 2 || versions > MAX_VERSIONS) {
            throw new GraphException(
                    "The table \"" + name + "\" can't keep " + versions + " versions: use 2 to " + MAX_VERSIONS + ".");
        }
        Objects.requireNonNull(validFrom, "validFrom");
        return with(new Options<>(
                options.updates,
                options.deletedWhen,
                options.keptForUs,
                row -> unit.toMicros(validFrom.applyAsLong(row)),
                versions));
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
    public Ingress updates() {
        return options.updates;
    }

    @Override
    public boolean isDelete(final R row) {
        return options.deletedWhen.test(row);
    }

    @Override
    public Check<R> newUpdateCheck() {
        final KeyOf<R> own = keyOf.another();
        return row -> {
            versionUs(row);
            return own.read(row) ? null : keylessSentence();
        };
    }

    @Override
    public Check<R> newFileCheck() {
        final KeyOf<R> own = keyOf.another();
        final TableRows<R> keys = new TableRows<>(capacity, keyOf, options.maxVersions);
        return row -> {
            if (!own.read(row)) {
                return keylessSentence();
            }
            return keys.place(own.lo, own.hi, 0, versionUs(row)) == TableRows.NO_ROOM ? fullSentence() : null;
        };
    }

    @Override
    public void open() {
        if (replicas.isEmpty()) {
            replicas.add(new TableReplica<>(this));
        }
    }

    @Override
    public String put(final R row) {
        String refusal = null;
        for (int i = 0; i < replicas.size(); i++) {
            final TableReplica<R> replica = replicas.get(i);
            refusal = replica.load(i == 0 ? row : replica.ownOf(row));
        }
        return refusal;
    }

    @Override
    public int size() {
        return replicas.get(0).size();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /** The rows that are read, and those of a swap. */
    @Override
    public long stateBytes() {
        return 2 * rowsBytes();
    }

    long rowsBytes() {
        return TableRows.bytesFor(capacity, keyOf.isWide(), options.maxVersions, isByNumber());
    }

    TableRows<R> newRows() {
        final TableRows<R> made = new TableRows<>(capacity, keyOf, options.maxVersions);
        if (isByNumber()) {
            made.findByNumber(keyOf);
        }
        return made;
    }

    /** Lets rows be found by numbers in less time, for more memory, where that is possible. */
    void findByNumber() {
        findsByNumber = true;
        if (isByNumber()) {
            replicas.forEach(TableReplica::findByNumber);
        }
    }

    /** Whether they are: where keys are numbers, and finding needs nothing but the row, neither its version nor its age. */
    private boolean isByNumber() {
        return findsByNumber && keyOf.number() != null && !isVersioned() && options.keptForUs == 0;
    }

    /** The replica for a stage that is being opened; the first takes the one that was filled. */
    TableReplica<R> replicaFor(final StageContext context) {
        open();
        final boolean isFirst = readers++ == 0;
        final TableReplica<R> replica = isFirst ? replicas.get(0) : new TableReplica<>(this);
        replica.open(context);
        replica.allowSwaps(context);
        if (!isFirst) {
            replica.loadAll(replicas.get(0));
            replicas.add(replica);
        }
        return replica;
    }

    /** Notes that a stage looks rows up, which it would not find where another stage remembers them. */
    void readBy(final String stage) {
        readBy = stage;
        refuseToShare();
    }

    /** Notes that a stage fills it from events. */
    void rememberedBy(final String stage) {
        if (options.updates != null) {
            throw new GraphException("The stage \"" + stage + "\" fills the table \"" + name
                    + "\" from events: take its updates(…) away.");
        }
        if (rememberedBy != null) {
            readBy = stage;
        } else {
            rememberedBy = stage;
        }
        refuseToShare();
    }

    private void refuseToShare() {
        if (rememberedBy != null && readBy != null) {
            throw new GraphException("The stages \"" + rememberedBy + "\" and \"" + readBy + "\" use one table \""
                    + name + "\", and the first fills it from events: what a stage remembers, it alone can look up.");
        }
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

    long keptForUs() {
        return options.keptForUs;
    }

    boolean isVersioned() {
        return options.versionUs != null;
    }

    long versionUs(final R row) {
        return options.versionUs == null ? 0 : options.versionUs.applyAsLong(row);
    }

    String keylessSentence() {
        return "A row of the table \"" + name + "\" has no key: each field of its key is empty.";
    }

    String fullSentence() {
        return "The table \"" + name + "\" is full with " + Limits.count(capacity, "row") + ": raise upTo(…).";
    }

    /** Its options in the words of an outline. */
    String describeOptions() {
        return (isVersioned() ? " as of the event's time" : "")
                + (keptForUs() > 0 ? ", rows kept for " + Limits.duration(keptForUs()) : "");
    }

    /** The row of a key, or null; before the log begins. */
    R find(final long lo, final long hi) {
        return replicas.get(0).find(lo, hi);
    }
}
