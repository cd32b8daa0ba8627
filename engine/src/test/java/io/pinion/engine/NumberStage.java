package io.pinion.engine;

import java.util.function.ObjLongConsumer;

/** A stage of the engine's own tests: does to each slot what the test says. */
final class NumberStage implements Stage<Number> {
    private final String name;
    private final ObjLongConsumer<Slot<Number>> step;
    private DropReason unwanted;

    NumberStage(final String name, final ObjLongConsumer<Slot<Number>> step) {
        this.name = name;
        this.step = step;
    }

    /** Drops the numbers that the divisor divides. */
    static NumberStage droppingMultiplesOf(final String name, final long divisor) {
        final NumberStage[] self = new NumberStage[1];
        self[0] = new NumberStage(name, (slot, value) -> {
            if (value % divisor == 0) {
                slot.drop(self[0].unwanted);
            }
        });
        return self[0];
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void open(final StageContext context) {
        unwanted = context.dropReason("unwanted");
    }

    @Override
    public void onEvent(final Number event, final Slot<Number> slot) {
        step.accept(slot, event.value);
    }
}
