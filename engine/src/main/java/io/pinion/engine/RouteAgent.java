package io.pinion.engine;

/** Steps the route, and tells each target which slots it has to look at: its events, and what is no event. */
final class RouteAgent<E> extends StageAgent<E> {
    private final RoutedSlots[] targets;

    /** In the order of the graph's targets. */
    RouteAgent(
            final Route<E> route,
            final RingReader<E> reader,
            final StageCounters counters,
            final ErrorJournal errors,
            final RoutedSlots[] targets) {
        super(route, false, reader, counters, errors);
        this.targets = targets;
    }

    @Override
    void onSlot(final long at, final Slot<E> slot) {
        super.onSlot(at, slot);
        for (final RoutedSlots target : targets) {
            target.begin(at);
        }
        switch (slot.kind()) {
            case EVENT -> {
                for (long rest = slot.targets(); rest != 0; rest &= rest - 1) {
                    targets[Long.numberOfTrailingZeros(rest)].add(at);
                }
            }
            case CONFIRMED, TICK, END_OF_INPUT -> {
                for (final RoutedSlots target : targets) {
                    target.add(at);
                }
            }
            case TABLE_CHANGE -> {
                // It is for stages.
            }
        }
    }
}
