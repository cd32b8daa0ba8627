package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Decides where each event goes: by the first rule that holds, or by all that hold, and by the default where none does. Tells each target
 * which slots it has to look at, its events and what is no event; and the dead letters, which come after all targets. One rule after the
 * other is asked, each about those of a batch that are left to it: which rule an event matches can't be foreseen, and so nothing waits
 * for it. Where all rules that hold decide, all events are left to each.
 *
 * <pre>
 *   slots          e0 e1 e2 e3 e4 …
 *   left to rule 1  1  1  1  1  1     matches  0  1  0  0  1  → to its targets
 *   left to rule 2  1  0  1  1  0     matches  1  0  1  0  0  → to its targets
 *   otherwise       0  0  0  1  0
 * </pre>
 */
final class Route<E> extends Step<E> {
    private final Predicate<? super E>[] conditions;
    /** A bit for each target. */
    private final long[] targetsOfRule;

    private final long defaultTargets;
    private final boolean toEveryMatch;
    private final Counter[] copies;
    private final RoutedSlots[] routedSlots;
    private final RoutedSlots letters;
    /** Of the events that came last, those for each target. */
    private final long[] routed;

    /** What each target and what the dead letters look at, in the order of the graph's targets. */
    Route(
            final Graph<E> graph,
            final StageCounters counters,
            final ErrorJournal errors,
            final RoutedSlots[] routedSlots,
            final RoutedSlots letters) {
        super(Layout.ROUTE, counters, errors);
        final List<Target> ofGraph = graph.targets();
        final List<Routes.Rule<E>> rules = graph.rules();
        toEveryMatch = graph.routesToEveryMatch();
        final List<Predicate<? super E>> when = new ArrayList<>();
        targetsOfRule = new long[rules.size() - 1];
        for (final Routes.Rule<E> rule : rules.subList(0, rules.size() - 1)) {
            targetsOfRule[when.size()] = bits(ofGraph, rule.targets());
            when.add(rule.when());
        }
        conditions = arrayOf(when);
        defaultTargets = bits(ofGraph, rules.get(rules.size() - 1).targets());
        copies = ofGraph.stream()
                .map(target -> counters.counter("to." + target.name()))
                .toArray(Counter[]::new);
        this.routedSlots = routedSlots;
        this.letters = letters;
        routed = new long[routedSlots.length];
    }

    @SuppressWarnings("unchecked")
    private static <T> Predicate<? super T>[] arrayOf(final List<Predicate<? super T>> conditions) {
        return (Predicate<? super T>[]) conditions.toArray(new Predicate<?>[0]);
    }

    private static long bits(final List<Target> targets, final List<String> names) {
        long bits = 0;
        for (int i = 0; i < targets.size(); i++) {
            if (names.contains(targets.get(i).name())) {
                bits |= bit(i);
            }
        }
        return bits;
    }

    static long bit(final int target) {
        return 1L << target;
    }

    Counter copiesFor(final int target) {
        return copies[target];
    }

    /** Before anything else of that batch. */
    void beginBatch(final long first, final long last) {
        for (final RoutedSlots target : routedSlots) {
            target.begin(first, last);
        }
        letters.begin(first, last);
    }

    /** Routes those that are live, a bit for each slot from the first; none from one on at which it failed. */
    void pass(final RingReader<E> reader, final long first, final long live) {
        beginRun();
        long unmatched = live;
        for (int rule = 0; rule < conditions.length; rule++) {
            final long matching = matching(conditions[rule], reader, first, left(toEveryMatch ? live : unmatched));
            send(matching, targetsOfRule[rule]);
            unmatched &= ~matching;
        }
        send(unmatched, defaultTargets);
        final long passed = endRun(live);
        for (int i = 0; i < routed.length; i++) {
            tell(i, first, passed);
        }
    }

    private long matching(
            final Predicate<? super E> condition, final RingReader<E> reader, final long first, final long events) {
        long matching = 0;
        for (long rest = events; rest != 0; rest &= rest - 1) {
            final int i = Long.numberOfTrailingZeros(rest);
            final Slot<E> slot = reader.slot(first + i);
            try {
                matching |= (condition.test(slot.event()) ? 1L : 0L) << i;
            } catch (final Throwable e) {
                if (!becomesDeadLetter(e, slot, i)) {
                    return matching;
                }
                count(slot, i);
            }
        }
        return matching;
    }

    private void send(final long events, final long toTargets) {
        for (long to = toTargets; to != 0; to &= to - 1) {
            routed[Long.numberOfTrailingZeros(to)] |= events;
        }
    }

    /** An event that became a dead letter at a later rule goes to no target of an earlier one. */
    private void tell(final int target, final long first, final long passed) {
        final long events = routed[target] & passed;
        if (events != 0) {
            routedSlots[target].add(first, events);
            copies[target].add(Long.bitCount(events));
        }
        routed[target] = 0;
    }

    /** Of a batch, a bit for each slot from the first, those that are dead letters. */
    void markLetters(final long first, final long dead) {
        if (dead != 0) {
            letters.add(first, dead);
        }
    }

    /** What is no event is for all; but a change of a table is for stages, and for the dead letters where it is one. */
    void markControl(final long at, final Slot<E> slot) {
        final boolean isForAll = slot.kind() != Slot.Kind.TABLE_CHANGE;
        if (isForAll) {
            for (final RoutedSlots target : routedSlots) {
                target.add(at, 1);
            }
        }
        if (isForAll || slot.verdict() == Slot.Verdict.DEAD) {
            letters.add(at, 1);
        }
    }
}
