package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The last stage: the first rule that holds decides to which targets an event goes, or all that hold; the default where none
 * does.
 */
final class Route<E> implements Stage<E> {
    private final Predicate<? super E>[] conditions;
    private final long[] targetsOfRule;
    private final long defaultTargets;
    private final boolean toEveryMatch;
    private final List<Target> targets;
    private final Counter[] copies;

    Route(final Graph<E> graph) {
        final List<Routes.Rule<E>> rules = graph.rules();
        targets = graph.targets();
        toEveryMatch = graph.routesToEveryMatch();
        final List<Predicate<? super E>> when = new ArrayList<>();
        targetsOfRule = new long[rules.size() - 1];
        for (final Routes.Rule<E> rule : rules.subList(0, rules.size() - 1)) {
            targetsOfRule[when.size()] = bits(rule.targets());
            when.add(rule.when());
        }
        conditions = arrayOf(when);
        defaultTargets = bits(rules.get(rules.size() - 1).targets());
        copies = new Counter[targets.size()];
    }

    @SuppressWarnings("unchecked")
    private static <T> Predicate<? super T>[] arrayOf(final List<Predicate<? super T>> conditions) {
        return (Predicate<? super T>[]) conditions.toArray(new Predicate<?>[0]);
    }

    private long bits(final List<String> names) {
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

    @Override
    public void open(final StageContext context) {
        for (int i = 0; i < copies.length; i++) {
            copies[i] = context.counter("to." + targets.get(i).name());
        }
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        slot.routeTo(targetsFor(event));
    }

    private long targetsFor(final E event) {
        long matched = 0;
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].test(event)) {
                matched |= targetsOfRule[i];
                if (!toEveryMatch) {
                    break;
                }
            }
        }
        return matched == 0 ? defaultTargets : matched;
    }

    Counter copiesFor(final int target) {
        return copies[target];
    }

    @Override
    public String name() {
        return Layout.ROUTE;
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }
}
