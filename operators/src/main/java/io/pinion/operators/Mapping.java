package io.pinion.operators;

import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import java.util.Objects;
import java.util.function.Consumer;

/** Lets the user's function change fields in place. */
final class Mapping<E> implements Stage<E> {
    private final String name;
    private final Consumer<? super E> change;

    Mapping(final String name, final Consumer<? super E> change) {
        this.name = name;
        this.change = Objects.requireNonNull(change, "change");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "map";
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        change.accept(event);
    }
}
