package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

class PrefetchingTest {
    private static final String PREFETCH = "prefetch";

    private final List<String> calls = new ArrayList<>();
    private LongPredicate dies = value -> value == 1;
    private long stateBytes = Prefetching.CACHED_BYTES + 1;
    private final ListPublisher out = new ListPublisher();
    private final ListPublisher dead = new ListPublisher();

    /** Notes how it is called; can't expect 3. */
    private final class Noting implements Prefetching<Number> {
        @Override
        public long stateBytes() {
            return stateBytes;
        }

        @Override
        public String name() {
            return "noting";
        }

        @Override
        public void expect(final Number event, final Slot<Number> slot) {
            calls.add("expect " + event.value);
            if (event.value == 3) {
                throw new IllegalStateException("three");
            }
        }

        @Override
        public void prefetch() {
            calls.add(PREFETCH);
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            calls.add("event " + event.value);
        }
    }

    private void run(final int events) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberStage("before", (slot, value) -> {
                    if (dies.test(value)) {
                        slot.deadLetter("before");
                    }
                }))
                .then(new Noting())
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();
        try (Processor<Number> processor = Processor.of("Numbers", graph, new NumberCodec())
                .layout(Layout.stepped())
                .ingress(ListAdapter.upTo(events), FrameFormat.WIRE)
                .egress("out", out, null)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build()) {
            while (processor.step() > 0) {
                Thread.onSpinWait();
            }
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldShowABatchBeforeItsFirstEventIsGiven() {
        run(5);
        assertThat(calls)
                .containsExactly(
                        "expect 0",
                        "expect 2",
                        "expect 3",
                        "expect 4",
                        PREFETCH,
                        "event 0",
                        "event 2",
                        "event 3",
                        "event 4");
        assertThat(out.frames()).hasSize(4);
        assertThat(dead.frames()).hasSize(1);
    }

    @Test
    void shouldNotPrefetchForABatchOfWhichNothingIsLeft() {
        dies = value -> true;
        run(5);
        assertThat(calls).isEmpty();
        assertThat(dead.frames()).hasSize(5);
    }

    @Test
    void shouldNotShowABatchOfOne() {
        run(1);
        assertThat(calls).containsExactly("event 0");
    }

    @Test
    void shouldNotShowAnythingWhereTheCachesHoldTheState() {
        stateBytes = Prefetching.CACHED_BYTES;
        run(2);
        assertThat(calls).containsExactly("event 0");
    }
}
