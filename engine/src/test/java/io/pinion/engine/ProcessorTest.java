package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * <pre>
 *   ingress ─▶ [stages] ─▶ route ┬─▶ even
 *                                └─▶ odd     dead letters last
 * </pre>
 */
class ProcessorTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    private final ListPublisher even = new ListPublisher();
    private final ListPublisher odd = new ListPublisher();
    private final ListPublisher dead = new ListPublisher();

    @SafeVarargs
    private static Graph<Number> graphOf(final Stage<Number>... stages) {
        final Graph.Flow<Number> flow = Graph.of(Number::new).from(new Ingress("in"));
        for (final Stage<Number> stage : stages) {
            flow.then(stage);
        }
        return flow.route(routes -> routes.when(event -> event.value % 2 == 0)
                        .to("even")
                        .otherwise()
                        .to("odd"))
                .to("even", new Egress("even"), block())
                .to("odd", new Egress("odd"), block())
                .build();
    }

    private Processor.Builder<Number> processorOf(final Graph<Number> graph, final IngressAdapter adapter) {
        return Processor.of("Numbers", graph, new NumberCodec())
                .ingress(adapter, FrameFormat.WIRE)
                .ringSlots(64)
                .maxFrameBytes(64)
                .egress("even", even, null)
                .egress("odd", odd, null)
                .egress(Target.DEAD_LETTERS, dead, null);
    }

    private static List<String> numbers(final long from, final long to, final long step) {
        return LongStream.range(from, to)
                .filter(n -> (n - from) % step == 0)
                .mapToObj(Long::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one-thread",
                "thread-per-stage",
                "ingress+thirds,route+egress",
                "egress,*",
                "ingress,thirds+egress,route"
            })
    void shouldGiveTheSameOutputsInLogOrderOnEveryLayout(final String layout) {
        final NumberStage thirds = NumberStage.droppingMultiplesOf("thirds", 3);
        try (Processor<Number> processor = processorOf(graphOf(thirds), ListAdapter.upTo(6_000))
                .layout(Layout.parse(layout))
                .build()) {
            processor.start();
            assertThat(processor.awaitEnd(SOON)).isTrue();
            assertThat(even.frames())
                    .isEqualTo(LongStream.range(0, 6_000)
                            .filter(n -> n % 2 == 0 && n % 3 != 0)
                            .mapToObj(Long::toString)
                            .toList());
            assertThat(odd.frames()).hasSize(2_000);

            final Account account = processor.account();
            assertThat(account.gaps()).isEmpty();
            assertThat(account.in()).isEqualTo(6_000);
            assertThat(account.stages().get(0).dropped()).containsEntry("unwanted", 2_000L);
            assertThat(account.stages().get(0).passed()).isEqualTo(4_000);
            assertThat(account.targets().get(0).delivered()).isEqualTo(2_000);
            assertThat(processor.occupancy()).isZero();
        }
    }

    @Test
    void shouldMakeADeadLetterOfAnExceptionAndGoOnWithTheNextEvent() {
        final NumberStage fussy = new NumberStage("fussy", (slot, value) -> {
            if (value % 10 == 7) {
                throw new IllegalArgumentException("it is " + value);
            }
        });
        try (Processor<Number> processor = stepped(processorOf(graphOf(fussy), ListAdapter.upTo(100)))) {
            runToEnd(processor);
            assertThat(dead.frames()).hasSize(10);
            assertThat(dead.frames().get(1))
                    .isEqualTo("{\"stage\":\"fussy\",\"reason\":\"java.lang.IllegalArgumentException: it is 17\","
                            + "\"position\":17,\"event\":17}");
            assertThat(even.frames()).hasSize(50);
            assertThat(odd.frames()).hasSize(40).doesNotContain("17");
            assertThat(processor.account().stages().get(0).dead()).isEqualTo(10);
            assertThat(processor.account().gaps()).isEmpty();
            assertThat(processor.errors()).anyMatch(line -> line.contains("\"fussy\"") && line.contains("it is 17"));
        }
    }

    @Test
    void shouldMakeADeadLetterOfWhateverAnEventBringsAStageToDoWrong() {
        final NumberStage clumsy = new NumberStage("clumsy", (slot, value) -> {
            switch ((int) value) {
                case 1 -> slot.drop(null);
                case 2 -> slot.deadLetter(null);
                case 3 -> throw new StackOverflowError();
                case 4 -> throw new UnspeakableException();
                default -> {
                    // It passes.
                }
            }
        });
        try (Processor<Number> processor = stepped(processorOf(graphOf(clumsy), ListAdapter.upTo(7)))) {
            runToEnd(processor);
            assertThat(even.frames()).containsExactly("0", "6");
            assertThat(odd.frames()).containsExactly("5");
            assertThat(dead.frames()).hasSize(4);
            assertThat(dead.frames().get(0)).contains("a drop needs a reason");
            assertThat(dead.frames().get(3)).contains("UnspeakableException");
            assertThat(processor.account().stages().get(0).dead()).isEqualTo(4);
            assertThat(processor.account().gaps()).isEmpty();
            assertThat(processor.errors()).anyMatch(line -> line.contains("could not be kept"));
        }
    }

    /** A user's exception that can't even be printed. */
    private static final class UnspeakableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no words");
        }
    }

    @Test
    void shouldMakeADeadLetterOfAnExceptionInARule() {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.when(event -> 12 / event.value > 3)
                        .to("even")
                        .otherwise()
                        .to("odd"))
                .to("even", new Egress("even"), block())
                .to("odd", new Egress("odd"), block())
                .build();
        try (Processor<Number> processor = stepped(processorOf(graph, ListAdapter.upTo(6)))) {
            runToEnd(processor);
            assertThat(dead.frames()).singleElement().asString().startsWith("{\"stage\":\"route\"");
            assertThat(even.frames()).containsExactly("1", "2", "3");
            assertThat(odd.frames()).containsExactly("4", "5");
            assertThat(processor.account().deadAtRoute()).isEqualTo(1);
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldSendToEveryMatchOnceAndToTheDefaultOnlyWhereNoneHolds() {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .routeToEveryMatch(routes -> routes.when(event -> event.value % 2 == 0)
                        .to("even")
                        .when(event -> event.value % 3 == 0)
                        .to("odd", "even")
                        .otherwise()
                        .to("odd"))
                .to("even", new Egress("even"), block())
                .to("odd", new Egress("odd"), block())
                .build();
        try (Processor<Number> processor = stepped(processorOf(graph, ListAdapter.upTo(8)))) {
            runToEnd(processor);
            assertThat(even.frames()).containsExactly("0", "2", "3", "4", "6");
            assertThat(odd.frames()).containsExactly("0", "1", "3", "5", "6", "7");
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldKeepTheBytesOfWhatCannotBeDecoded() {
        try (Processor<Number> processor =
                stepped(processorOf(graphOf(), ListAdapter.of("1", "two", "bug", "9".repeat(100), "4")))) {
            runToEnd(processor);
            assertThat(dead.frames().get(0))
                    .isEqualTo("{\"stage\":\"ingress\",\"reason\":\"\\\"two\\\" is not a number\",\"position\":1,"
                            + "\"bytes\":\"dHdv\"}");
            assertThat(dead.frames().get(1)).contains("a bug in the codec", "\"bytes\":\"YnVn\"");
            assertThat(dead.frames().get(2)).contains("longer than the maximum of 64 bytes", "\"bytes\":\"OTk5");
            assertThat(processor.account().in()).isEqualTo(5);
            assertThat(processor.account().ingress().dead()).isEqualTo(3);
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldHoldTheIngressWhileATargetHasNoRoomAndLoseNothing() {
        final AtomicBoolean hasRoom = new AtomicBoolean();
        final ListPublisher slow = new ListPublisher(hasRoom::get, 64);
        final ListAdapter adapter = ListAdapter.upTo(1_000);
        try (Processor<Number> processor =
                stepped(processorOf(graphOf(), adapter).egress("odd", slow, null))) {
            for (int i = 0; i < 1_000; i++) {
                processor.step();
            }
            // Beyond the ring there is the one frame that the target holds, encoded, and what lay before it.
            assertThat(adapter.taken()).isBetween(64, 64 + 2);
            assertThat(processor.waiting()).containsOnlyKeys("odd").containsValue("the list has no room");
            assertThat(processor.awaitEnd(Duration.ofMillis(1))).isFalse();

            hasRoom.set(true);
            runToEnd(processor);
            assertThat(slow.frames()).isEqualTo(numbers(1, 1_000, 2));
            assertThat(processor.waiting()).isEmpty();
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldSendWhatATargetCannotTakeToTheDeadLetters() {
        final ListPublisher narrow = new ListPublisher(() -> true, 2);
        try (Processor<Number> processor =
                stepped(processorOf(graphOf(), ListAdapter.of("2", "222", "22")).egress("even", narrow, null))) {
            runToEnd(processor);
            assertThat(narrow.frames()).containsExactly("2", "22");
            assertThat(dead.frames())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "{\"stage\":\"even\",\"reason\":\"target \\\"even\\\": a frame of 3 bytes is longer than"
                                    + " the maximum of 2\",\"position\":1,");
            assertThat(processor.account().targets().get(0).dead()).isEqualTo(1);
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldDeliverWhatIsInTheRingAfterDrainAndTakeNothingMore() {
        final ListAdapter open = new ListAdapter(numbers(0, 10, 1), false);
        try (Processor<Number> processor =
                processorOf(graphOf(), open).layout(Layout.oneThread()).build()) {
            processor.start();
            final long deadlineNs = System.nanoTime() + SOON.toNanos();
            while (processor.account().in() < 10) {
                assertThat(System.nanoTime()).as("still not taken in").isLessThan(deadlineNs);
                Thread.onSpinWait();
            }
            assertThat(processor.awaitEnd(Duration.ofMillis(50))).isFalse();
            processor.drain();
            assertThat(processor.awaitEnd(SOON)).isTrue();
            assertThat(processor.account().in()).isEqualTo(10);
            assertThat(even.frames()).hasSize(5);
        }
        assertThat(open.isClosed && even.isClosed && odd.isClosed && dead.isClosed)
                .isTrue();
    }

    @Test
    void shouldStopWithTheReasonWhenAnErrorIsThrownThatIsNoException() {
        final NumberStage broken = new NumberStage("broken", (slot, value) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        try (Processor<Number> processor = processorOf(graphOf(broken), ListAdapter.upTo(3))
                .layout(Layout.threadPerStage())
                .build()) {
            processor.start();
            assertThatThrownBy(() -> processor.awaitEnd(SOON))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("Numbers has stopped")
                    .hasMessageContaining("Java heap space");
        }
    }

    @Test
    void shouldShowEverySlotToEveryStageInOrderAlsoTheEnd() {
        final AtomicInteger ends = new AtomicInteger();
        final Stage<Number> watching = new Stage<>() {
            @Override
            public String name() {
                return "watching";
            }

            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                assertThat(slot.position()).isEqualTo(event.value);
            }

            @Override
            public void onControl(final Slot<Number> slot) {
                assertThat(slot.kind()).isEqualTo(Slot.Kind.END_OF_INPUT);
                assertThat(slot.position()).isEqualTo(300);
                ends.incrementAndGet();
            }
        };
        try (Processor<Number> processor = stepped(processorOf(graphOf(watching), ListAdapter.upTo(300)))) {
            runToEnd(processor);
            assertThat(ends).hasValue(1);
        }
    }

    @Test
    void shouldTakeLogTimeFromTheEventsInReplayAndNeverLetItGoBack() {
        final StringBuilder times = new StringBuilder();
        final Graph<Number> graph = Graph.of(Number::new)
                .eventTime(event -> event.value, java.util.concurrent.TimeUnit.MILLISECONDS)
                .from(new Ingress("in"))
                .then(new NumberStage("times", (slot, value) -> times.append(slot.eventTimeUs())
                        .append('/')
                        .append(slot.logTimeUs())
                        .append(' ')))
                .route(routes -> routes.otherwise().to("even", "odd"))
                .to("even", new Egress("even"), block())
                .to("odd", new Egress("odd"), block())
                .build();
        try (Processor<Number> processor =
                stepped(processorOf(graph, ListAdapter.of("5", "7", "x", "6")).logTimeFromEvents())) {
            runToEnd(processor);
            assertThat(times).hasToString("5000/5000 7000/7000 6000/7000 ");
        }
    }

    @Test
    void shouldRefuseWhatCannotRunWithSentences() {
        assertThatThrownBy(() -> Processor.of("Numbers", graphOf(), new NumberCodec())
                        .ringSlots(100)
                        .layout(Layout.parse("ingress,route").cores(List.of(4_000)))
                        .build())
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("The ring has 100 slots: a power of two is needed")
                .hasMessageContaining("Nothing is set to come in by the ingress \"in\"")
                .hasMessageContaining("Nothing is set to take what goes to \"dead-letters\"")
                .hasMessageContaining("leaves out \"egress\"");
        assertThatThrownBy(() -> processorOf(graphOf(), ListAdapter.upTo(1))
                        .layout(Layout.parse("ingress,*").cores(List.of(0, 0)))
                        .build())
                .hasMessageStartingWith("A core is named twice");
        assertThatThrownBy(() -> processorOf(graphOf(), ListAdapter.upTo(1))
                        .layout(Layout.oneThread().cores(List.of(4_000)))
                        .build())
                .hasMessageStartingWith("Core 4000 does not exist or is not allowed to this process: choose from 0");
    }

    private static Processor<Number> stepped(final Processor.Builder<Number> options) {
        return options.layout(Layout.stepped()).build();
    }

    private static void runToEnd(final Processor<Number> processor) {
        int idle = 0;
        while (idle < 10) {
            idle = processor.step() == 0 ? idle + 1 : 0;
        }
        assertThat(processor.awaitEnd(Duration.ZERO)).isTrue();
    }
}
