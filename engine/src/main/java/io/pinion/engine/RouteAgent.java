package io.pinion.engine;

/**
 * Steps the route, and tells each target which slots it has to look at: its events, and what is no event; and the dead letters,
 * which come after all targets.
 */
final class RouteAgent<E> extends StageAgent<E> {
    private final RoutedSlots[] targets;
    private final RoutedSlots letters;

    /** In the order of the graph's targets. */
    RouteAgent(
            final Route<E> route,
            final RingReader<E> reader,
            final StageCounters counters,
            final ErrorJournal errors,
            final RoutedSlots[] targets,
            final RoutedSlots letters) {
        super(route, reader, counters, errors);
        this.targets = targets;
        this.letters = letters;
    }

    @Override
    void onSlot(final long at, final Slot<E> slot) {
        super.onSlot(at, slot);
        if (RoutedSlots.isFirstInWord(at)) {
            for (final RoutedSlots target : targets) {
                target.begin(at);
            }
            letters.begin(at);
        }
        if (slot.verdict() == Slot.Verdict.DEAD) {
            letters.add(at);
        }
        if (slot.kind() == Slot.Kind.EVENT) {
            for (long rest = slot.targets(); rest != 0; rest &= rest - 1) {
                targets[Long.numberOfTrailingZeros(rest)].add(at);
            }
        } else if (slot.kind() != Slot.Kind.TABLE_CHANGE) { // which is for stages
            for (final RoutedSlots target : targets) {
                target.add(at);
            }
            letters.add(at);
        }
    }
}
