package io.pinion.operators;

import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/** Looks a key up in a table, and lets the user's function copy fields over. */
final class Enrich<E, R> implements Stage<E> {
    private final String name;
    private final Table<R> table;
    private final KeyOf<E> keyOf;
    private final BiConsumer<? super E, ? super R> copy;
    private final OddCase miss;
    private final Otherwise otherwise;

    Enrich(
            final String name,
            final Table<R> table,
            final KeyOf<E> keyOf,
            final BiConsumer<? super E, ? super R> copy,
            final Otherwise otherwise) {
        this.name = name;
        this.table = Objects.requireNonNull(table, "table");
        this.keyOf = keyOf;
        this.copy = Objects.requireNonNull(copy, "copy");
        this.otherwise = Objects.requireNonNull(otherwise, "otherwise");
        table.refuseOtherKeys(name, keyOf);
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
        return "enrich from the table " + table.name()
                + switch (otherwise) {
                    case PASS -> ", or keep as it is";
                    case DROP -> ", or drop";
                    case DEAD_LETTER -> ", or dead letter";
                };
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public List<? extends ReferenceTable<?>> tables() {
        return List.of(table);
    }

    @Override
    public void open(final StageContext context) {
        miss.open(context);
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        final R row = keyOf.read(event) ? table.find(keyOf.lo, keyOf.hi) : null;
        if (row == null) {
            miss.happenedTo(slot);
        } else {
            copy.accept(event, row);
        }
    }
}
