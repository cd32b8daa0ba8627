package io.pinion.engine;

/**
 * Tells each target which slots it has to look at, its events and what is no event; and the dead letters, which come after all targets.
 */
final class RouteMarks<E> {
    private final RoutedSlots[] targets;
    private final RoutedSlots letters;
    private final Route<E> route;
    private final long[] bits;

    /** In the order of the graph's targets. */
    RouteMarks(final Route<E> route, final RoutedSlots[] targets, final RoutedSlots letters) {
        this.route = route;
        this.targets = targets;
        this.letters = letters;
        bits = new long[targets.length];
    }

    /** Before anything else of that batch. */
    void begin(final long first, final long last) {
        for (final RoutedSlots target : targets) {
            target.begin(first, last);
        }
        letters.begin(first, last);
    }

    /** Events of a batch, a bit for each slot from the first: these have passed the route, and those are dead letters. */
    void mark(final RingReader<E> reader, final long first, final long routed, final long dead) {
        for (long rest = routed; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            for (long to = reader.slot(first + i).targets(); to != 0; to &= to - 1) {
                bits[Long.numberOfTrailingZeros(to)] |= 1L << i;
            }
        }
        for (int i = 0; i < bits.length; i++) {
            if (bits[i] != 0) {
                targets[i].add(first, bits[i]);
                route.copiesFor(i).add(Long.bitCount(bits[i]));
                bits[i] = 0;
            }
        }
        if (dead != 0) {
            letters.add(first, dead);
        }
    }

    /** What is no event is for all; but a change of a table is for stages, and for the dead letters where it is one. */
    void markControl(final long at, final Slot<E> slot) {
        final boolean isForAll = slot.kind() != Slot.Kind.TABLE_CHANGE;
        if (isForAll) {
            for (final RoutedSlots target : targets) {
                target.add(at, 1);
            }
        }
        if (isForAll || slot.verdict() == Slot.Verdict.DEAD) {
            letters.add(at, 1);
        }
    }
}
