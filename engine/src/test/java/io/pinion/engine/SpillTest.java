package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two targets that each get every event; one spills to disk while it is slow or gone. */
class SpillTest {
    private static final int EVENTS = 2_000;
    private static final int RING = 64;

    @TempDir
    private Path folder;

    private final AtomicBoolean hasRoom = new AtomicBoolean();
    private final ListPublisher moody = new ListPublisher(hasRoom::get, 2 << 20);
    private final ListPublisher steady = new ListPublisher();

    private Processor<Number> processor(
            final IngressAdapter adapter, final Path directory, final EgressPublisher spilling) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("moody", "steady"))
                .to("moody", new Egress("moody"), Policy.spill(16))
                .to("steady", new Egress("steady"), block())
                .build();
        return Processor.of("Numbers", graph, new NumberCodec())
                .layout(Layout.stepped())
                .ringSlots(RING)
                .spillDirectory(directory)
                .ingress(adapter, FrameFormat.WIRE)
                .egress("moody", spilling, null)
                .egress("steady", steady, null)
                .egress(Target.DEAD_LETTERS, new ListPublisher(), null)
                .build();
    }

    private static List<String> numbers(final long from, final long to) {
        return LongStream.range(from, to).mapToObj(Long::toString).toList();
    }

    /** Preparing room on disk is another thread's, so a step without work is not the end. */
    private static void stepUntil(final Processor<Number> processor, final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!condition.getAsBoolean()) {
            processor.step();
            assertThat(System.nanoTime()).as("it does not happen").isLessThan(deadlineNs);
        }
    }

    private static void stepUntilOnDisk(final Processor<Number> processor, final long events) {
        stepUntil(processor, () -> processor.account().targets().get(0).onDisk() == events);
    }

    private static void stepToEnd(final Processor<Number> processor) {
        final long deadlineNs = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (!processor.awaitEnd(Duration.ZERO)) {
            processor.step();
            assertThat(System.nanoTime()).as("still not at the end").isLessThan(deadlineNs);
        }
    }

    @Test
    void shouldHoldNobodyWhileTheTargetIsGoneAndDeliverInOrderWhenItIsBack() {
        final ListAdapter adapter = new ListAdapter(numbers(0, EVENTS), false);
        try (Processor<Number> processor = processor(adapter, folder, moody)) {
            stepUntilOnDisk(processor, EVENTS);
            stepUntil(processor, () -> steady.frames().size() == EVENTS);
            assertThat(steady.frames()).isEqualTo(numbers(0, EVENTS));
            assertThat(moody.frames()).isEmpty();
            assertThat(processor.account().targets().get(0).onDisk()).isEqualTo(EVENTS);
            assertThat(processor.account().gaps()).isEmpty();
            assertThat(processor.waiting())
                    .containsEntry("moody", "the list has no room; meanwhile its events are kept on disk");

            hasRoom.set(true);
            processor.drain();
            stepToEnd(processor);
            assertThat(moody.frames()).isEqualTo(numbers(0, EVENTS));
            assertThat(processor.account().targets().get(0).onDisk()).isZero();
            assertThat(processor.account().gaps()).isEmpty();
            assertThat(processor.waiting()).isEmpty();
        }
    }

    @Test
    void shouldDeliverWhatIsOnDiskBeforeNewerEventsAlsoAfterARestart() {
        try (Processor<Number> first = processor(ListAdapter.upTo(EVENTS), folder, moody)) {
            stepToEnd(first);
            assertThat(first.account().targets().get(0).onDisk()).isEqualTo(EVENTS);
            assertThat(first.account().gaps()).isEmpty();
        }
        final List<String> newer = numbers(EVENTS, EVENTS + 500);
        hasRoom.set(true);
        try (Processor<Number> second = processor(new ListAdapter(newer, true), folder, moody)) {
            stepToEnd(second);
            assertThat(moody.frames()).isEqualTo(numbers(0, EVENTS + 500));
            final Account.TargetCount count = second.account().targets().get(0);
            assertThat(count.routed()).isEqualTo(EVENTS + 500);
            assertThat(count.delivered()).isEqualTo(EVENTS + 500);
            assertThat(second.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldCloseWhatIsOnDiskAlsoWhenThePublisherCannotBeClosed() {
        final EgressPublisher failing = new ListPublisher(hasRoom::get, 64) {
            @Override
            public void close() {
                throw new EdgeException("it lost something");
            }
        };
        final Processor<Number> first = processor(ListAdapter.upTo(100), folder, failing);
        stepToEnd(first);
        assertThatThrownBy(first::close).hasMessage("it lost something");

        hasRoom.set(true);
        try (Processor<Number> second = processor(ListAdapter.of("100"), folder, moody)) {
            stepToEnd(second);
            assertThat(moody.frames()).isEqualTo(numbers(0, 101));
        }
    }

    @Test
    void shouldBlockAtItsBoundAndLoseNothing() {
        // Each number is written with leading zeros, so that a few of them fill the bound.
        final String zeros = "0".repeat(1 << 20);
        final List<String> large = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            large.add(zeros + i);
        }
        final ListAdapter adapter = new ListAdapter(large, true);
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("moody"))
                .to("moody", new Egress("moody"), Policy.spill(16))
                .build();
        try (Processor<Number> processor = Processor.of("Numbers", graph, new PaddingCodec())
                .layout(Layout.stepped())
                .ringSlots(16)
                .maxFrameBytes(2 << 20)
                .spillDirectory(folder)
                .ingress(adapter, FrameFormat.WIRE)
                .egress("moody", moody, null)
                .egress(Target.DEAD_LETTERS, new ListPublisher(), null)
                .build()) {
            stepUntil(
                    processor,
                    () -> processor.waiting().getOrDefault("moody", "").contains("has reached its bound"));
            for (int i = 0; i < 1_000; i++) {
                processor.step(); // as much more as it would take
            }
            assertThat(adapter.taken())
                    .as("what the bound, the ring and the held one take")
                    .isBetween(16, 16 + 16 + 2);
            assertThat(processor.waiting().get("moody"))
                    .isEqualTo(
                            "the list has no room; what it spills to disk has reached its bound, and everybody waits");

            hasRoom.set(true);
            stepToEnd(processor);
            assertThat(moody.frames()).hasSize(100);
            assertThat(moody.frames().get(99)).endsWith("099");
            assertThat(processor.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldLoseNothingAndKeepTheOrderWhereverItWasKilled() throws IOException {
        for (int steps = 0; steps < 18; steps++) {
            final Path before = folder.resolve("before" + steps);
            final Path after = folder.resolve("after" + steps);
            final ListPublisher target = new ListPublisher(hasRoom::get, 64);
            hasRoom.set(false);
            final long taken;
            try (Processor<Number> killed = processor(new ListAdapter(numbers(0, 200), false), before, target)) {
                stepUntilOnDisk(killed, 200);
                hasRoom.set(true);
                for (int i = 0; i < steps % 6; i++) {
                    killed.step();
                }
                hasRoom.set(false);
                copy(before, after); // what a process leaves that is killed here
                taken = target.frames().size();
            }
            final int deliveredBefore = (int) taken;
            hasRoom.set(true);
            try (Processor<Number> next = processor(new ListAdapter(numbers(200, 210), true), after, target)) {
                stepToEnd(next);
            }
            assertThat(target.frames().subList(deliveredBefore, target.frames().size()))
                    .as("delivered by the next process, after %d by the one before", taken)
                    .isEqualTo(numbers(taken, 210));
        }
    }

    private static void copy(final Path from, final Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    final Path copy = to.resolve(from.relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
