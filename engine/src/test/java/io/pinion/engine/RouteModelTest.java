package io.pinion.engine;

import static io.pinion.engine.StagesRig.BROKEN;
import static io.pinion.engine.StagesRig.OTHER;
import static io.pinion.engine.StagesRig.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.LangUtil;
import org.junit.jupiter.api.Test;

/** The route, which asks one rule after the other about all of a batch, against a plain loop that asks all rules about one event after the other. */
class RouteModelTest {
    private static final List<String> TARGETS = List.of("a", "b", "c");
    private static final int MATCHES = 1;
    private static final int THROWS = 2;

    /** Whom a plain loop tells of which slots. */
    private static final class Model {
        private final List<Integer> rules;
        private final boolean toEveryMatch;
        private final List<List<Long>> told = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final List<Long> lettersTold = new ArrayList<>();
        private final List<Long> dead = new ArrayList<>();
        private final long[] copies = new long[TARGETS.size()];

        /** By what each rule answers; the last rule is the default. */
        Model(final List<Integer> rules, final boolean toEveryMatch) {
            this.rules = rules;
            this.toEveryMatch = toEveryMatch;
        }

        void tick(final long at) {
            told.forEach(slots -> slots.add(at));
            lettersTold.add(at);
        }

        void event(final long at) {
            int to = 0;
            for (int rule = 0; rule < rules.size() - 1 && (to == 0 || toEveryMatch); rule++) {
                final int answer = answer(rules.get(rule), at);
                if (answer == THROWS) {
                    dead.add(at);
                    lettersTold.add(at);
                    return;
                }
                to |= answer == MATCHES ? targetsOf(rule) : 0;
            }
            send(at, to == 0 ? targetsOf(rules.size() - 1) : to);
        }

        private void send(final long at, final int to) {
            for (int target = 0; target < TARGETS.size(); target++) {
                if ((to >> target & 1) != 0) {
                    told.get(target).add(at);
                    copies[target]++;
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

    /** Batches as they come: some slots are no events, and some events the stage before drops. */
    @Property(tries = 300)
    void shouldSendWhereAPlainLoopWould(
            @ForAll @IntRange(min = 1, max = 120) final int slots,
            @ForAll @Size(min = 2, max = 6) final List<@IntRange(max = 10_000) Integer> rules,
            @ForAll final boolean toEveryMatch,
            @ForAll final long seed) {
        final StagesRig rig = new StagesRig();
        final Set<Long> dropped = new HashSet<>();
        final List<Predicate<Number>> conditions = rules.subList(0, rules.size() - 1).stream()
                .<Predicate<Number>>map(rule -> number -> isMatch(answer(rule, number.value)))
                .toList();
        rig.agentToRoute(rig.dropping("before", dropped), graph(conditions, toEveryMatch));
        final Model model = new Model(rules, toEveryMatch);
        final SplittableRandom random = new SplittableRandom(seed);
        int events = 0;
        for (long at = 0; at < slots; at++) {
            final int kind = random.nextInt(12);
            rig.next(kind == 0 ? Slot.Kind.TICK : Slot.Kind.EVENT);
            if (kind == 0) {
                model.tick(at);
            } else if (kind == 1) {
                dropped.add(at);
            } else {
                model.event(at);
                events++;
            }
            if (random.nextInt(16) == 0) {
                rig.step();
            }
        }
        rig.step();
        rig.step();

        for (int target = 0; target < TARGETS.size(); target++) {
            assertThat(marked(rig.targets[target], 0, slots)).isEqualTo(model.told.get(target));
            assertThat(rig.count(Layout.ROUTE).counters().get("to." + TARGETS.get(target)))
                    .isEqualTo(model.copies[target]);
        }
        assertThat(marked(rig.letters, 0, slots)).isEqualTo(model.lettersTold);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(events);
        assertThat(rig.count(Layout.ROUTE).dead()).isEqualTo(model.dead.size());
        for (final long at : model.dead) {
            assertThat(rig.ring.slot(at).deadBy()).isEqualTo(Layout.ROUTE);
            assertThat(rig.ring.slot(at).deadReason()).endsWith("asked in vain");
        }
    }

    private static Predicate<Number> throwing(final long value, final Throwable thrown) {
        return number -> {
            if (number.value == value) {
                LangUtil.rethrowUnchecked(thrown);
            }
            return false;
        };
    }

    private static StagesRig rigOf(final boolean toEveryMatch, final List<Predicate<Number>> rules) {
        final StagesRig rig = new StagesRig();
        rig.agentToRoute(rig.noting("before"), graph(rules, toEveryMatch));
        rig.events(8);
        return rig;
    }

    private static void requireThreeSent(final StagesRig rig, final Error told, final int target) {
        assertThatThrownBy(rig::step).isSameAs(told);
        assertThat(rig.agentName()).isEqualTo(Layout.ROUTE);
        assertThat(rig.reader.first()).isEqualTo(3);
        assertThat(marked(rig.targets[target], 0, 8)).containsExactly(0L, 1L, 2L);
    }

    /** A later rule is asked of nothing behind it. */
    @Test
    void shouldSendWhatCameBeforeASlotThatARuleBreaksAt() {
        final StagesRig rig = rigOf(false, List.of(throwing(3, BROKEN), throwing(5, OTHER)));
        requireThreeSent(rig, BROKEN, 2);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(3);
    }

    @Test
    void shouldTellOfTheEarlierSlotWhereTwoRulesBreak() {
        final StagesRig rig = rigOf(false, List.of(throwing(5, BROKEN), throwing(3, OTHER)));
        requireThreeSent(rig, OTHER, 2);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(3);
    }

    /** Not even to the targets of a rule that held there before. */
    @Test
    void shouldSendNothingFromThereOnWhereAllRulesAreAsked() {
        final StagesRig rig = rigOf(true, List.of(number -> true, throwing(3, BROKEN)));
        requireThreeSent(rig, BROKEN, 0);
    }

    /** As of a stage that decides on a batch: what was made a dead letter behind that slot is counted, and nobody is told of it. */
    @Test
    void shouldTellTheDeadLettersOfThoseBeforeTheSlotThatARuleBreaksAt() {
        final IllegalStateException users = new IllegalStateException("asked in vain");
        final StagesRig rig = rigOf(false, List.of(throwing(1, users), throwing(6, users), throwing(4, BROKEN)));
        assertThatThrownBy(rig::step).isSameAs(BROKEN);
        assertThat(rig.reader.first()).isEqualTo(4);
        assertThat(marked(rig.letters, 0, 8)).containsExactly(1L);
        assertThat(rig.count(Layout.ROUTE).in()).isEqualTo(5);
        assertThat(rig.count(Layout.ROUTE).passed()).isEqualTo(3);
        assertThat(rig.count(Layout.ROUTE).dead()).isEqualTo(2);
    }

    @Test
    void shouldTellOfTheRouteWhereItBreaksBeforeTheSlotThatAStageBrokeAt() {
        final StagesRig rig = new StagesRig();
        final Stage<Number> breaking = rig.new Noting("before") {
            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                if (event.value == 6) {
                    throw BROKEN;
                }
            }
        };
        rig.agentToRoute(breaking, graph(List.of(throwing(3, OTHER)), false));
        rig.events(8);
        requireThreeSent(rig, OTHER, 1);
    }
}
