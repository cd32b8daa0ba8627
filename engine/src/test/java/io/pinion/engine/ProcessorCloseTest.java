package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What can go wrong at the end, and what must hold all the same. */
class ProcessorCloseTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    private final ListPublisher numbers = new ListPublisher();
    private final ListPublisher dead = new ListPublisher();

    private Processor.Builder<Number> processorOf(
            final NumberStage stage, final Codec<Number> codec, final ListAdapter adapter) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(stage)
                .route(routes -> routes.otherwise().to("numbers"))
                .to("numbers", new Egress("numbers"), block())
                .build();
        return Processor.of("Numbers", graph, codec)
                .ingress(adapter, FrameFormat.WIRE)
                .ringSlots(4)
                .egress("numbers", numbers, null)
                .egress(Target.DEAD_LETTERS, dead, null);
    }

    @Test
    void shouldCloseEveryEdgeAlsoWhenAnotherCannotPutOutWhatItAccepted() {
        final ListPublisher full = new ListPublisher() {
            @Override
            public void close() {
                super.close();
                throw new EdgeException("The last frames of the list are lost.");
            }
        };
        final ListAdapter adapter = ListAdapter.upTo(1);
        final Processor<Number> processor = processorOf(
                        new NumberStage("any", (slot, value) -> {}), new NumberCodec(), adapter)
                .egress("numbers", full, null)
                .layout(Layout.stepped())
                .build();

        assertThatThrownBy(processor::close).hasMessage("The last frames of the list are lost.");
        assertThat(adapter.isClosed && full.isClosed && dead.isClosed).isTrue();
    }

    @Test
    void shouldGiveUpAThreadThatAStageDoesNotReturnOn() throws InterruptedException {
        final CountDownLatch stuck = new CountDownLatch(1);
        final AtomicBoolean mayReturn = new AtomicBoolean();
        final NumberStage endless = new NumberStage("endless", (slot, value) -> {
            stuck.countDown();
            while (!mayReturn.get()) {
                Thread.onSpinWait();
            }
        });
        final ListAdapter adapter = ListAdapter.upTo(1);
        final Processor<Number> processor = processorOf(endless, new NumberCodec(), adapter)
                .layout(Layout.parse("endless,*"))
                .build();
        try {
            processor.start();
            stuck.await();
            assertThatThrownBy(processor::close)
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("Numbers was left running on pinion-endless");
            assertThat(adapter.isClosed).as("a thread may use it still").isFalse();
        } finally {
            mayReturn.set(true);
        }
    }

    @Test
    void shouldNotPutOutWhatASlotHeldBeforeWhenTheEngineFailsWhileAnEventComesIn() {
        final NumberCodec failing = new NumberCodec() {
            @Override
            public boolean decode(final Frame frame, final Number event) {
                if (frame.lengthBytes() > 1) {
                    throw new OutOfMemoryError("Java heap space");
                }
                return super.decode(frame, event);
            }
        };
        final NumberStage any = new NumberStage("any", (slot, value) -> {});
        try (Processor<Number> processor = processorOf(any, failing, ListAdapter.of("0", "1", "2", "3", "10"))
                .layout(Layout.parse("ingress,*"))
                .build()) {
            processor.start();
            assertThatThrownBy(() -> processor.awaitEnd(SOON)).hasMessageContaining("Java heap space");
            final long deadlineNs = System.nanoTime() + SOON.toNanos();
            while (processor.occupancy() > 0 && System.nanoTime() - deadlineNs < 0) {
                Thread.onSpinWait();
            }
            assertThat(numbers.frames()).containsExactly("0", "1", "2", "3");
            assertThat(dead.frames()).singleElement().asString().contains("the engine failed");
        }
    }
}
