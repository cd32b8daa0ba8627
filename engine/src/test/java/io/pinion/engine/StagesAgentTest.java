package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stages on one thread, as the ring's only reader, so that what a batch is made of can be chosen. */
class StagesAgentTest {
    private static final String ON_EVENT = "onEvent";
    private static final String GATHER = "gather";
    private static final String DECIDE = "decide";
    private static final String APPLY = "apply";
    private static final InternalError BROKEN = new InternalError("broken on purpose");
    private static final InternalError OTHER = new InternalError("broken otherwise");

    private final List<String> calls = new ArrayList<>();
    private final Counters counters = new Counters();
    private final Map<String, StageCounters> counts = new HashMap<>();
    private final Ring<Number> ring =
            new Ring<>(() -> new Slot<>(new Number(), new NumberCodec().newFrame(64, 64)), 128);
    private final RingReader<Number> reader = new RingReader<>(ring);
    private final RoutedSlots[] toTarget = {new RoutedSlots(128), new RoutedSlots(128)};
    private final RoutedSlots letters = new RoutedSlots(128);
    private long last = -1;

    /** Notes how it is called; drops one value, and breaks at another in one of its steps. */
    private class Noting implements Stage<Number> {
        final String name;
        final long drops;
        final long breaksAt;
        private DropReason reason;

        Noting(final String name, final long drops, final long breaksAt) {
            this.name = name;
            this.drops = drops;
            this.breaksAt = breaksAt;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void open(final StageContext context) {
            reason = context.dropReason("chosen");
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            breakWhere(event.value == breaksAt);
            calls.add(name + event.value);
            if (event.value == drops) {
                slot.drop(reason);
            }
        }

        @Override
        public void onControl(final Slot<Number> slot) {
            calls.add(name + slot.kind());
        }

        void breakWhere(final boolean is) {
            if (is) {
                throw name.equals("a") ? OTHER : BROKEN;
            }
        }
    }

    private final class NotingBatches extends Noting implements BatchStage<Number> {
        private final String step;

        NotingBatches(final String name, final long breaksAt, final String step) {
            super(name, -1, breaksAt);
            this.step = step;
        }

        @Override
        public void gather(final Number event, final Slot<Number> slot) {
            breakWhere(step.equals(GATHER) && event.value == breaksAt);
        }

        @Override
        public void decide() {
            breakWhere(step.equals(DECIDE));
        }

        @Override
        public void apply(final Number event, final Slot<Number> slot) {
            breakWhere(step.equals(APPLY) && event.value == breaksAt);
            calls.add(name + event.value);
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            throw new AssertionError("in a batch it is never called");
        }
    }

    private Noting stage(final String name) {
        return new Noting(name, -1, -1);
    }

    private Noting breaking(final String name, final String step, final long at) {
        return step.equals(ON_EVENT) ? new Noting(name, -1, at) : new NotingBatches(name, at, step);
    }

    private StagesAgent<Number> agent(final Noting... stages) {
        ring.gate(reader.sequence());
        ring.claim();
        final List<StageStep<Number>> steps =
                Stream.<Stage<Number>>of(stages).map(this::stepOf).toList();
        return new StagesAgent<>(steps, reader, null);
    }

    /** The last stage is a route: even numbers to one target, odd ones to another, after this stage. */
    private StagesAgent<Number> routing(final Stage<Number> stage) {
        ring.gate(reader.sequence());
        ring.claim();
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(stage)
                .route(routes -> routes.when(number -> number.value % 2 == 0)
                        .to("even")
                        .otherwise()
                        .to("odd"))
                .to("even", new Egress("even"), Policy.block())
                .to("odd", new Egress("odd"), Policy.block())
                .build();
        final Route<Number> route = new Route<>(graph);
        return new StagesAgent<>(
                List.of(stepOf(stage), stepOf(route)), reader, new RouteMarks<>(route, toTarget, letters));
    }

    private StageStep<Number> stepOf(final Stage<Number> stage) {
        final StageCounters of = new StageCounters(stage.name(), counters, null);
        counts.put(stage.name(), of);
        stage.open(of);
        return new StageStep<>(
                stage, of, new ErrorJournal(stage.name(), counters.newCounter(stage.name() + ".unrecorded"), true));
    }

    private static List<Long> marked(final RoutedSlots slots, final long first, final long end) {
        return LongStream.range(first, end)
                .filter(at -> slots.from(at, at) != 0)
                .boxed()
                .toList();
    }

    private Slot<Number> next(final Slot.Kind kind) {
        last++;
        final Slot<Number> slot = ring.slot(last);
        slot.reset(kind, last);
        slot.event().value = last;
        return slot;
    }

    private void events(final int count) {
        for (int i = 0; i < count; i++) {
            next(Slot.Kind.EVENT);
        }
    }

    private void step(final StagesAgent<Number> agent) {
        ring.publish(last);
        agent.doWork();
    }

    @Test
    void shouldShowWhatIsNoEventToAllStagesAfterTheEventsBeforeIt() {
        final StagesAgent<Number> agent = agent(stage("a"), stage("b"));
        events(2);
        next(Slot.Kind.TICK);
        events(1);
        step(agent);
        assertThat(calls).containsExactly("a0", "a1", "b0", "b1", "aTICK", "bTICK", "a3", "b3");
        assertThat(reader.first()).isEqualTo(4);
    }

    @Test
    void shouldShowNoStageWhatOneBeforeItDropped() {
        final StagesAgent<Number> agent = agent(new Noting("a", 1, -1), new Noting("b", 0, -1), stage("c"));
        events(3);
        step(agent);
        assertThat(calls).containsExactly("a0", "a1", "a2", "b0", "b2", "c2");
        assertThat(counts.get("a").read().in()).isEqualTo(3);
        assertThat(counts.get("b").read().in()).isEqualTo(2);
        assertThat(counts.get("c").read().in()).isEqualTo(1);
    }

    @Test
    void shouldGoThroughAllThatABatchCanBeAndThenOn() {
        final StagesAgent<Number> agent = agent(stage("a"), stage("b"));
        events(70);
        step(agent);
        assertThat(calls).hasSize(128).contains("a63").endsWith("b63");
        assertThat(reader.first()).isEqualTo(64);
        agent.doWork();
        assertThat(calls).hasSize(140).endsWith("b69");
        assertThat(reader.first()).isEqualTo(70);
    }

    @Test
    void shouldShowNoLaterStageWhatIsNoEventAndOneMadeADeadLetter() {
        final Noting refusing = new Noting("b", -1, -1) {
            @Override
            public void onControl(final Slot<Number> slot) {
                slot.deadLetter("refused");
            }
        };
        final StagesAgent<Number> agent = agent(stage("a"), refusing, stage("c"));
        next(Slot.Kind.TABLE_CHANGE);
        step(agent);
        assertThat(calls).containsExactly("aTABLE_CHANGE");
    }

    /** Makes dead letters of 41 and 43; breaks where it is told to. */
    private Stage<Number> killing(final long breaksAt) {
        return new NumberStage("killing", (slot, value) -> {
            if (value == breaksAt) {
                throw BROKEN;
            }
            if (value == 41 || value == 43) {
                slot.deadLetter("chosen");
            }
        });
    }

    @Test
    void shouldTellTargetsAndDeadLettersWhichSlotsAreTheirs() {
        final StagesAgent<Number> agent = routing(killing(-1));
        events(40); // so that the next batch begins in the middle of a word and ends in another
        step(agent);
        events(40);
        next(Slot.Kind.TICK);
        next(Slot.Kind.TABLE_CHANGE);
        next(Slot.Kind.TABLE_CHANGE).deadLetter("no row");
        next(Slot.Kind.EVENT).deadLetter("no event");
        step(agent);
        assertThat(marked(toTarget[0], 40, 84))
                .containsExactlyElementsOf(LongStream.rangeClosed(40, 80)
                        .filter(at -> at % 2 == 0)
                        .boxed()
                        .toList());
        assertThat(marked(toTarget[1], 40, 84))
                .contains(45L, 63L, 65L, 79L, 80L)
                .doesNotContain(41L, 43L, 44L, 83L)
                .hasSize(19);
        assertThat(marked(letters, 40, 84)).containsExactly(41L, 43L, 80L, 82L, 83L);
        assertThat(counts.get("route").read().counters())
                .containsEntry("to.even", 40L)
                .containsEntry("to.odd", 38L);
    }

    @Test
    void shouldMarkAndCountNothingFromWhereItBroke() {
        final StagesAgent<Number> agent = routing(killing(42));
        events(45);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(reader.first()).isEqualTo(42);
        assertThat(marked(toTarget[0], 0, 45)).hasSize(21).endsWith(40L);
        assertThat(marked(toTarget[1], 0, 45)).hasSize(20).endsWith(39L);
        assertThat(marked(letters, 0, 45)).containsExactly(41L);
        assertThat(counts.get("killing").read().in()).isEqualTo(42);
        assertThat(counts.get("killing").read().passed()).isEqualTo(41);
        assertThat(counts.get("route").read().in()).isEqualTo(41);
    }

    /** An exception of a user's that can't even be told. */
    private static final class Untold extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw BROKEN;
        }
    }

    @Test
    void shouldBreakWhereNoDeadLetterCanBeMade() {
        final Noting untold = new Noting("b", -1, -1) {
            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                if (event.value == 1) {
                    throw new Untold();
                }
            }
        };
        final StagesAgent<Number> agent = agent(stage("a"), untold, stage("c"));
        events(3);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).containsExactly("a0", "a1", "a2", "c0");
        assertThat(reader.first()).isEqualTo(1);
        assertThat(agent.roleName()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(strings = {ON_EVENT, GATHER, APPLY})
    void shouldLetWhatCameBeforeAnErrorThroughAllStages(final String step) {
        final StagesAgent<Number> agent = agent(stage("a"), breaking("b", step, 2), stage("c"));
        events(5);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).endsWith("b0", "b1", "c0", "c1");
        assertThat(reader.first()).isEqualTo(2);
        assertThat(agent.roleName()).isEqualTo("b");
        assertThat(counts.get("a").read().in()).isEqualTo(5);
        assertThat(counts.get("b").read().in()).isEqualTo(2);
        assertThat(counts.get("c").read().in()).isEqualTo(2);
    }

    @Test
    void shouldPassNothingWhereTheFirstBreaks() {
        final StagesAgent<Number> agent = agent(breaking("b", ON_EVENT, 0), stage("c"));
        events(2);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).isEmpty();
        assertThat(reader.first()).isZero();
        assertThat(counts.get("b").read().in()).isZero();
    }

    @Test
    void shouldTellOfTheEarlierSlotWhereTwoStagesBreak() {
        final StagesAgent<Number> agent = agent(breaking("a", ON_EVENT, 3), breaking("b", ON_EVENT, 1), stage("c"));
        events(5);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).containsExactly("a0", "a1", "a2", "b0", "c0");
        assertThat(reader.first()).isEqualTo(1);
        assertThat(agent.roleName()).isEqualTo("b");
    }

    @Test
    void shouldLetNothingOfARunThroughThatCouldNotBeDecidedOn() {
        final StagesAgent<Number> agent = agent(stage("a"), breaking("b", DECIDE, -1), stage("c"));
        next(Slot.Kind.TICK);
        events(2);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).containsExactly("aTICK", "bTICK", "cTICK", "a1", "a2");
        assertThat(reader.first()).isEqualTo(1);
        assertThat(agent.roleName()).isEqualTo("b");
    }

    @Test
    void shouldTellWhichStageBrokeAtWhatIsNoEvent() {
        final Noting broken = new Noting("b", -1, -1) {
            @Override
            public void onControl(final Slot<Number> slot) {
                throw BROKEN;
            }
        };
        final StagesAgent<Number> agent = agent(stage("a"), broken, stage("c"));
        events(1);
        next(Slot.Kind.TICK);
        assertThatThrownBy(() -> step(agent)).isSameAs(BROKEN);
        assertThat(calls).containsExactly("a0", "b0", "c0", "aTICK");
        assertThat(reader.first()).isEqualTo(1);
        assertThat(agent.roleName()).isEqualTo("b");
    }

    @Test
    void shouldBeNamedByAllItsStages() {
        assertThat(agent(stage("a"), stage("b")).roleName()).isEqualTo("a+b");
    }
}
