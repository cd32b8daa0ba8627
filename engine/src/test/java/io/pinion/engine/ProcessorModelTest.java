package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The ring on any layout, with targets that refuse at random, against a plain loop over the same events. */
class ProcessorModelTest {
    private static final List<String> LAYOUTS =
            List.of("one-thread", "thread-per-stage", "egress,*", "ingress+drop,*", "die+route,ingress,*");

    /** What a plain loop makes of the same numbers. */
    private static final class Model {
        private final List<String> even = new ArrayList<>();
        private final List<String> all = new ArrayList<>();
        private final List<Long> deadPositions = new ArrayList<>();
        private long dropped;

        Model(final List<Integer> numbers) {
            for (int position = 0; position < numbers.size(); position++) {
                final int number = numbers.get(position);
                if (number < 0) { // no frame
                    deadPositions.add((long) position);
                } else if (number % 5 == 0) {
                    dropped++;
                } else if (number % 7 == 0) {
                    deadPositions.add((long) position);
                } else {
                    if (number % 2 == 0) {
                        even.add(Integer.toString(number));
                    }
                    all.add(Integer.toString(number));
                }
            }
        }
    }

    @Property(tries = 150)
    void shouldDeliverWhatAPlainLoopWould(
            @ForAll @Size(max = 300) final List<@IntRange(min = -2, max = 60) Integer> numbers,
            @ForAll @IntRange(min = 0, max = 4) final int layout,
            @ForAll @IntRange(min = 1, max = 6) final int ringBits,
            @ForAll final long seed) {
        final ListPublisher even = new ListPublisher(moody(seed), 64);
        final ListPublisher all = new ListPublisher(moody(seed + 1), 64);
        final ListPublisher dead = new ListPublisher(moody(seed + 2), 4_096);
        final Model model = new Model(numbers);
        final List<String> frames = numbers.stream()
                .map(number -> number < 0 ? "no number" : number.toString())
                .toList();
        try (Processor<Number> processor = Processor.of("Numbers", graph(), new NumberCodec())
                .layout(Layout.parse(LAYOUTS.get(layout)))
                .ringSlots(1 << ringBits)
                .ingress(new ListAdapter(frames, true), FrameFormat.values())
                .egress("even", even, null)
                .egress("all", all, FrameFormat.JSON)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build()) {
            processor.start();
            assertThat(processor.awaitEnd(Duration.ofMinutes(3))).isTrue();
            assertThat(even.frames()).isEqualTo(model.even);
            assertThat(all.frames()).isEqualTo(model.all);
            assertThat(dead.frames()).extracting(ProcessorModelTest::position).isEqualTo(model.deadPositions);
            final Account account = processor.account();
            assertThat(account.gaps()).isEmpty();
            assertThat(account.in()).isEqualTo(numbers.size());
            assertThat(account.dropped()).isEqualTo(model.dropped);
            assertThat(account.dead()).isEqualTo(model.deadPositions.size());
        }
    }

    private static Graph<Number> graph() {
        return Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(NumberStage.droppingMultiplesOf("drop", 5))
                .then(new NumberStage("die", (slot, value) -> {
                    if (value % 7 == 0) {
                        throw new IllegalStateException();
                    }
                }))
                .route(routes -> routes.when(event -> event.value % 2 == 0)
                        .to("even", "all")
                        .otherwise()
                        .to("all"))
                .to("even", new Egress("even"), block())
                .to("all", new Egress("all"), block())
                .build();
    }

    private static BooleanSupplier moody(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        return () -> random.nextInt(3) > 0;
    }

    private static long position(final String letter) {
        return Long.parseLong(letter.replaceAll(".*\"position\":(\\d+).*", "$1"));
    }
}
