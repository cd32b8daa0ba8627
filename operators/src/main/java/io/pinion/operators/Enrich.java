package io.pinion.operators;

import io.pinion.engine.BatchStage;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Slot;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Looks a key up in a table, and lets the user's function copy fields over. */
final class Enrich<E, R> implements BatchStage<E> {
    private final String name;
    private final Table<R> table;
    private final KeyOf<E> keyOf;
    private final Gathered<E> gathered;
    private final BiConsumer<? super E, ? super R> copy;
    private final OddCase miss;
    private final Otherwise otherwise;
    private TableReplica<R> replica;

    Enrich(
            final String name,
            final Table<R> table,
            final KeyOf<E> keyOf,
            final BiConsumer<? super E, ? super R> copy,
            final Otherwise otherwise) {
        this.name = name;
        this.table = Objects.requireNonNull(table, "table");
        this.keyOf = keyOf;
        gathered = new Gathered<>(keyOf);
        this.copy = Objects.requireNonNull(copy, "copy");
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
        table.refuseOtherKeys(name, keyOf);
        table.readBy(name);
        table.findByNumber();
        miss = new OddCase(
                "miss",
                otherwise,
                "The table \"" + table.name() + "\" has no row for the key of this event, which the stage \"" + name
                        + "\" looked up.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "enrich from the table " + table.name() + table.describeOptions()
                + switch (otherwise) {
                    case PASS -> ", or keep as it is";
                    case DROP -> ", or drop";
                    case DEAD_LETTER -> ", or dead letter";
                };
    }

    @Override
    public Scope scope() { // the rows are the table's: the same on every machine, whatever events it has
        return Scope.STATELESS;
    }

    @Override
    public List<? extends ReferenceTable<?>> tables() {
        return List.of(table);
    }

    @Override
    public void open(final StageContext context) {
        miss.open(context);
        replica = table.replicaFor(context);
    }

    @Override
    public void prefetch(final E event) {
        if (replica.isByNumber()) {
            keyOf.read(event);
            replica.prefetch(keyOf.lo);
        }
    }

    @Override
    public void gather(final E event, final Slot<E> slot) {
        final boolean hasKey = keyOf.read(event);
        if (replica.isKeyEnough()) {
            gathered.addKey();
        } else {
            gathered.add(hasKey, slot);
        }
    }

    @Override
    public void decide() {
        replica.find(gathered);
    }

    @Override
    public void apply(final E event, final Slot<E> slot) {
        final int decided = gathered.next();
        final int outcome = decided == Gathered.UNDECIDED ? replica.decide(gathered.lo()) : decided;
        if (outcome == KeyIndex.NONE) {
            miss.happenedTo(slot);
        } else {
            copy.accept(event, replica.row(outcome));
        }
    }

    @Override
    public void onControl(final Slot<E> slot) {
        replica.onControl(slot);
    }

    @Override
    public int stateVersion() {
        return TableReplica.STATE_VERSION;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        replica.save(out);
    }

    @Override
    public void restore(final DataInput in, final int version) throws IOException {
        replica.restore(in, version);
    }
}
