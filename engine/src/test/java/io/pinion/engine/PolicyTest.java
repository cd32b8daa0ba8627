package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Three targets that each get every event; one of them is slow or gone. */
class PolicyTest {
    private static final int EVENTS = 10_000;
    private static final int RING = 64;

    private final AtomicBoolean hasRoom = new AtomicBoolean();
    private final ListPublisher moody = new ListPublisher(hasRoom::get, 64);
    private final ListPublisher one = new ListPublisher();
    private final ListPublisher other = new ListPublisher();
    private final ListPublisher dead = new ListPublisher();
    private final ListAdapter adapter = ListAdapter.upTo(EVENTS);

    private Processor<Number> processorWith(final Policy policy) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("one", "moody", "other"))
                .to("one", new Egress("one"), block())
                .to("moody", new Egress("moody"), policy)
                .to("other", new Egress("other"), block())
                .build();
        return Processor.of("Numbers", graph, new NumberCodec())
                .layout(Layout.stepped())
                .ringSlots(RING)
                .ingress(adapter, FrameFormat.WIRE)
                .egress("one", one, null)
                .egress("moody", moody, null)
                .egress("other", other, null)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build();
    }

    private static void runToEnd(final Processor<Number> processor) {
        int idle = 0;
        while (idle < 10) {
            idle = processor.step() == 0 ? idle + 1 : 0;
        }
    }

    @Test
    void shouldCountWhatAPublisherHadTakenOfABatchInWhichItThrows() {
        final ListPublisher breaking = new ListPublisher() {
            @Override
            public boolean offer(final Frame frame, final long dueNs) {
                return frames().size() == 5 ? orThrow() : super.offer(frame, dueNs);
            }
        };
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("all"))
                .to("all", new Egress("all"), block())
                .build();
        try (Processor<Number> processor = Processor.of("Numbers", graph, new NumberCodec())
                .layout(Layout.stepped())
                .ingress(ListAdapter.upTo(20), FrameFormat.WIRE)
                .egress("all", breaking, null)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build()) {
            assertThatThrownBy(processor::step).hasMessageContaining("torn");
            assertThat(processor.account().targets().get(0).delivered()).isEqualTo(5);
        }
    }

    private static boolean orThrow() {
        throw new EdgeException("torn");
    }

    @Test
    void shouldHoldEverybodyWithBlock() {
        try (Processor<Number> processor = processorWith(block())) {
            runToEnd(processor);
            assertThat(one.frames()).hasSizeLessThanOrEqualTo(RING + 2);
            assertThat(adapter.taken()).isLessThanOrEqualTo(RING + 2);
        }
    }

    @Test
    void shouldDropAndCountWhatFindsTheTargetGoneAndHoldNobody() {
        try (Processor<Number> processor = processorWith(Policy.dropNewest())) {
            runToEnd(processor);
            assertThat(processor.awaitEnd(Duration.ZERO)).isTrue();
            assertThat(one.frames()).hasSize(EVENTS);
            assertThat(other.frames()).isEqualTo(one.frames());
            assertThat(moody.frames()).isEmpty();

            final Account account = processor.account();
            assertThat(account.gaps()).isEmpty();
            assertThat(account.targets().get(1).dropped()).isEqualTo(EVENTS);
            assertThat(processor.waiting())
                    .containsEntry("moody", "the list has no room; meanwhile its events are dropped");
        }
    }

    @Test
    void shouldGoOnDeliveringWhenTheTargetIsBack() {
        try (Processor<Number> processor = processorWith(Policy.dropNewest())) {
            processor.step();
            final long droppedBefore = processor.account().targets().get(1).dropped();
            hasRoom.set(true);
            runToEnd(processor);
            assertThat(moody.frames()).isEqualTo(one.frames().subList((int) droppedBefore, EVENTS));
            assertThat(processor.account().gaps()).isEmpty();
            assertThat(processor.waiting()).isEmpty();
        }
    }

    @Test
    void shouldSendToTheDeadLettersWhatFindsTheTargetGoneAndHoldNobody() {
        try (Processor<Number> processor = processorWith(Policy.deadLetter())) {
            runToEnd(processor);
            assertThat(processor.awaitEnd(Duration.ZERO)).isTrue();
            assertThat(other.frames()).hasSize(EVENTS);
            assertThat(dead.frames()).hasSize(EVENTS);
            assertThat(dead.frames().get(17))
                    .isEqualTo("{\"stage\":\"moody\",\"reason\":\"target \\\"moody\\\": the list has no room\","
                            + "\"position\":17,\"event\":17}");
            assertThat(processor.account().targets().get(1).dead()).isEqualTo(EVENTS);
            assertThat(processor.account().gaps()).isEmpty();
        }
    }
}
