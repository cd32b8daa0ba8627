package io.pinion.operators;

import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.util.Objects;
import java.util.function.Predicate;

/** True passes, false drops. */
final class Filter<E> implements Stage<E> {
    private final String name;
    private final Predicate<? super E> condition;
    private DropReason filtered;

    Filter(final String name, final Predicate<? super E> condition) {
        this.name = name;
        this.condition = Objects.requireNonNull(condition, "condition");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "filter";
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void open(final StageContext context) {
        filtered = context.dropReason("filtered");
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        if (!condition.test(event)) {
            slot.drop(filtered);
        }
    }
}
