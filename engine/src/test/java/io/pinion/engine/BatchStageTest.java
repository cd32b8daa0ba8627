package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStageTest {
    private static final String DECIDE = "decide";

    private final List<String> calls = new ArrayList<>();
    private final ListPublisher out = new ListPublisher();
    private final ListPublisher dead = new ListPublisher();
    private LongPredicate diesBefore = value -> false;
    private LongPredicate throwsInGather = value -> false;
    private LongPredicate diesInGather = value -> false;
    private LongPredicate throwsInApply = value -> false;
    private boolean throwsInDecide;
    private boolean throwsInPrefetch;
    private final List<Long> prefetched = Collections.synchronizedList(new ArrayList<>());

    /** Notes how it is called. */
    private final class Noting implements BatchStage<Number> {
        @Override
        public String name() {
            return "noting";
        }

        @Override
        public void prefetch(final Number event) {
            prefetched.add(event.value);
            throwIf(throwsInPrefetch);
        }

        @Override
        public void gather(final Number event, final Slot<Number> slot) {
            calls.add("gather " + event.value);
            throwIf(throwsInGather.test(event.value));
            if (diesInGather.test(event.value)) {
                slot.deadLetter("gathered");
            }
        }

        @Override
        public void decide() {
            calls.add(DECIDE);
            throwIf(throwsInDecide);
        }

        @Override
        public void apply(final Number event, final Slot<Number> slot) {
            calls.add("apply " + event.value);
            throwIf(throwsInApply.test(event.value));
        }

        @Override
        public void onControl(final Slot<Number> slot) {
            calls.add(slot.kind().name());
        }

        private void throwIf(final boolean is) {
            if (is) {
                throw new IllegalStateException("thrown");
            }
        }
    }

    private Graph<Number> graph() {
        return Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberStage("before", (slot, value) -> {
                    if (diesBefore.test(value)) {
                        slot.deadLetter("before");
                    }
                }))
                .then(new Noting())
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();
    }

    private Processor<Number> processor(final Layout layout, final IngressAdapter events) {
        return Processor.of("Numbers", graph(), new NumberCodec())
                .layout(layout)
                .ingress(events, FrameFormat.WIRE)
                .egress("out", out, null)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build();
    }

    private void run(final int events) {
        try (Processor<Number> processor = processor(Layout.stepped(), ListAdapter.upTo(events))) {
            while (processor.step() > 0) {
                Thread.onSpinWait();
            }
            assertThat(processor.account().gaps()).isEmpty();
        }
        assertThat(out.frames().size() + dead.frames().size()).isEqualTo(events);
    }

    @Test
    void shouldGatherABatchBeforeItDecidesAndAppliesInOrder() {
        run(3);
        assertThat(calls)
                .containsExactly(
                        "gather 0", "gather 1", "gather 2", DECIDE, "apply 0", "apply 1", "apply 2", "END_OF_INPUT");
        assertThat(dead.frames()).isEmpty();
    }

    @Test
    void shouldGatherNothingThatIsDead() {
        diesBefore = value -> value == 1;
        run(3);
        assertThat(calls).startsWith("gather 0", "gather 2", DECIDE, "apply 0", "apply 2");
        assertThat(dead.frames()).hasSize(1);
    }

    @Test
    void shouldNotApplyWhatDiesWhenItIsGathered() {
        throwsInGather = value -> value == 0;
        diesInGather = value -> value == 2;
        run(4);
        assertThat(calls).startsWith("gather 0", "gather 1", "gather 2", "gather 3", DECIDE, "apply 1", "apply 3");
        assertThat(dead.frames()).hasSize(2);
    }

    @Test
    void shouldDecideOnOneEventAlone() {
        run(1);
        assertThat(calls).containsExactly("gather 0", DECIDE, "apply 0", "END_OF_INPUT");
    }

    @Test
    void shouldDecideNothingOfOneEventAloneThatDies() {
        diesInGather = value -> true;
        run(1);
        assertThat(calls).containsExactly("gather 0", "END_OF_INPUT");
        assertThat(dead.frames()).hasSize(1);
    }

    @Test
    void shouldMakeADeadLetterOfWhatCanNotBeApplied() {
        throwsInApply = value -> value == 1;
        run(3);
        assertThat(calls).contains("apply 0", "apply 1", "apply 2");
        assertThat(dead.frames()).hasSize(1);
        assertThat(out.frames()).hasSize(2);
    }

    /** Of which event it was could not be told, and replicas, which divide events otherwise, would differ. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldStopWhereAStageCanNotDecide(final int events) {
        throwsInDecide = true;
        assertThatThrownBy(() -> run(events))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("the stage \"noting\" threw where it decides");
        assertThat(calls).endsWith(DECIDE);
    }

    /** Those after it wait together with it. */
    @Test
    void shouldPrefetchTheFirstOfEachDutyCycle() {
        run(3);
        assertThat(prefetched).startsWith(0L).doesNotContain(1L);
    }

    @Test
    void shouldPrefetchEachWhereADutyCycleBringsOne() {
        try (Processor<Number> processor = processor(Layout.stepped(), new PausingAdapter(ListAdapter.upTo(3), 0))) {
            for (int i = 0; i < 3; i++) {
                processor.step();
            }
        }
        assertThat(prefetched).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldPrefetchEachThatComesAlone() {
        runWithPauses();
        assertThat(new LinkedHashSet<>(prefetched)).containsExactly(0L, 1L, 2L); // and once more where it is rehearsed
        assertThat(out.frames()).hasSize(3);
    }

    private void runWithPauses() {
        try (Processor<Number> processor = processor(Layout.stepped(), new PausingAdapter(ListAdapter.upTo(3), 1))) {
            for (int i = 0; i < 20; i++) {
                processor.step();
            }
        }
    }

    /** An exception takes time and leaves garbage, for an event that may be dropped before it comes to the stage. */
    @Test
    void shouldPassWhatCouldNotBePrefetchedAndNotAskAgain() {
        throwsInPrefetch = true;
        runWithPauses();
        assertThat(prefetched).containsExactly(0L);
        assertThat(out.frames()).hasSize(3);
    }

    @Test
    void shouldNotPrefetchForAStageOnAnotherThread() {
        try (Processor<Number> processor = processor(Layout.parse("ingress,*"), ListAdapter.upTo(3))) {
            processor.start();
            assertThat(processor.awaitEnd(Duration.ofSeconds(10))).isTrue();
        }
        assertThat(out.frames()).hasSize(3);
        assertThat(prefetched).isEmpty();
    }

    @Test
    void shouldSettleARunBeforeASlotThatIsNoEvent() {
        final StagesRig rig = new StagesRig();
        rig.agentOf(List.of(new Noting()));
        rig.events(2);
        rig.next(Slot.Kind.TICK);
        rig.next(Slot.Kind.TICK);
        rig.events(1);
        rig.step();
        assertThat(calls)
                .containsExactly(
                        "gather 0",
                        "gather 1",
                        DECIDE,
                        "apply 0",
                        "apply 1",
                        "TICK",
                        "TICK",
                        "gather 4",
                        DECIDE,
                        "apply 4");
    }
}
