package io.pinion.engine;

import static io.pinion.engine.StagesRig.BROKEN;
import static io.pinion.engine.StagesRig.OTHER;
import static io.pinion.engine.StagesRig.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The route, which asks one rule after the other about all of a batch, against a plain loop that asks all rules about one event after the other. */
class RouteModelTest {
    private static final List<String> TARGETS = List.of("a", "b", "c");
    private static final int MATCHES = 1;
    private static final int THROWS = 2;

    /** Where a plain loop sends numbers. */
    private static final class Model {
        private final List<List<Long>> sent = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<Long> dead = new ArrayList<>();

        /** What each rule answers, a digit for each of the numbers; the last rule is the default. */
        Model(final int numbers, final List<Integer> rules, final boolean toEveryMatch) {
            for (long number = 0; number < numbers; number++) {
                int to = 0;
                boolean isDead = false;
                for (int rule = 0; rule < rules.size() - 1 && !isDead && (to == 0 || toEveryMatch); rule++) {
                    final int answer = answer(rules.get(rule), number);
                    isDead = answer == THROWS;
                    to |= answer == MATCHES ? targetsOf(rule) : 0;
                }
                if (isDead) {
                    dead.add(number);
                } else {
                    send(number, to == 0 ? targetsOf(rules.size() - 1) : to);
                }
            }
        }

        private void send(final long number, final int to) {
            for (int target = 0; target < TARGETS.size(); target++) {
                if ((to >> target & 1) != 0) {
                    sent.get(target).add(number);
                }
            }
        }
    }

    /** No, yes, or an exception: by a number of the rule's own. */
    private static int answer(final int rule, final long number) {
        return (int) ((number + 1) * (rule * 2L + 1) >> 3 & 0xFFFF) % 7 % 3;
    }

    /** One or two of them. */
    private static int targetsOf(final int rule) {
        return 1 << rule % 3 | 1 << rule * 2 % 3;
    }

    private static String[] namesOf(final int targets) {
        return TARGETS.stream()
                .filter(name -> (targets >> TARGETS.indexOf(name) & 1) != 0)
                .toArray(String[]::new);
    }

    private static Graph<Number> graph(final List<Predicate<Number>> rules, final boolean toEveryMatch) {
        final Function<Routes<Number>, Routes.Complete<Number>> all = routes -> {
            for (int rule = 0; rule < rules.size(); rule++) {
                routes.when(rules.get(rule)).to(namesOf(targetsOf(rule)));
            }
            return routes.otherwise().to(namesOf(targetsOf(rules.size())));
        };
        final Graph.Flow<Number> flow = Graph.of(Number::new).from(new Ingress("in"));
        final Graph.Targets<Number> targets = toEveryMatch ? flow.routeToEveryMatch(all) : flow.route(all);
        TARGETS.forEach(name -> targets.to(name, new Egress(name), Policy.block()));
        return targets.build();
    }

    private static boolean isMatch(final int answer) {
        if (answer == THROWS) {
            throw new IllegalStateException("asked in vain");
        }
        return answer == MATCHES;
    }

    @Property(tries = 300)
    void shouldSendWhereAPlainLoopWould(
            @ForAll @IntRange(min = 1, max = 120) final int numbers,
            @ForAll @Size(min = 2, max = 6) final List<@IntRange(max = 10_000) Integer> rules,
            @ForAll final boolean toEveryMatch) {
        final StagesRig rig = new StagesRig();
        final List<Predicate<Number>> conditions = rules.subList(0, rules.size() - 1).stream()
                .<Predicate<Number>>map(rule -> number -> isMatch(answer(rule, number.value)))
                .toList();
        rig.agentToRoute(rig.noting("before"), graph(conditions, toEveryMatch));
        rig.events(numbers);
        rig.step();
        rig.step();

        final Model model = new Model(numbers, rules, toEveryMatch);
        for (int target = 0; target < TARGETS.size(); target++) {
            assertThat(marked(rig.targets[target], 0, numbers)).isEqualTo(model.sent.get(target));
            assertThat(rig.count(Layout.ROUTE).counters().get("to." + TARGETS.get(target)))
                    .isEqualTo(model.sent.get(target).size());
        }
        assertThat(marked(rig.letters, 0, numbers)).isEqualTo(model.dead);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(numbers);
        assertThat(rig.count(Layout.ROUTE).dead()).isEqualTo(model.dead.size());
        for (final long number : model.dead) {
            assertThat(rig.ring.slot(number).deadBy()).isEqualTo(Layout.ROUTE);
            assertThat(rig.ring.slot(number).deadReason()).endsWith("asked in vain");
        }
    }

    private static Predicate<Number> breakingAt(final long value, final Error error) {
        return number -> {
            if (number.value == value) {
                throw error;
            }
            return false;
        };
    }

    private static StagesRig rigOf(final Predicate<Number> first, final Predicate<Number> second) {
        final StagesRig rig = new StagesRig();
        rig.agentToRoute(rig.noting("before"), graph(List.of(first, second), false));
        rig.events(8);
        return rig;
    }

    /** A later rule is asked of nothing behind it. */
    @Test
    void shouldSendWhatCameBeforeASlotThatARuleBreaksAt() {
        final StagesRig rig = rigOf(breakingAt(3, BROKEN), breakingAt(5, OTHER));
        requireThreeSent(rig);
    }

    /** What the later rule throws at the earlier slot is not told: what was thrown first is. */
    @Test
    void shouldSendWhatCameBeforeTheFirstSlotThatAnyRuleBreaksAt() {
        final StagesRig rig = rigOf(breakingAt(5, BROKEN), breakingAt(3, OTHER));
        requireThreeSent(rig);
    }

    private static void requireThreeSent(final StagesRig rig) {
        assertThatThrownBy(rig::step).isSameAs(BROKEN);
        assertThat(rig.agentName()).isEqualTo(Layout.ROUTE);
        assertThat(rig.reader.first()).isEqualTo(3);
        assertThat(marked(rig.targets[2], 0, 8)).containsExactly(0L, 1L, 2L);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(3);
    }
}
