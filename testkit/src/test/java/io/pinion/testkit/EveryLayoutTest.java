package io.pinion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Account;
import io.pinion.engine.Codec;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import io.pinion.operators.Otherwise;
import io.pinion.testkit.ParcelLog.Entry;
import io.pinion.testkit.ParcelLog.What;
import io.pinion.testkit.RandomGraph.Kind;
import io.pinion.testkit.RandomGraph.Part;
import io.pinion.testkit.RandomGraph.Rule;
import io.pinion.wire.FrameCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/**
 * Random graphs of operators on random logs of events and changes of tables, with targets that refuse at random: on every
 * layout each target gets what a plain loop says, to the byte what it gets on the others, and the account is the loop's.
 */
class EveryLayoutTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A target that is not always ready, and keeps what it took. */
    private static final class MoodyPublisher implements EgressPublisher {
        private final SplittableRandom mood;
        private final List<String> frames = new ArrayList<>();

        MoodyPublisher(final long seed) {
            mood = new SplittableRandom(seed);
        }

        @Override
        public boolean offer(final Frame frame, final long dueNs) {
            return mood.nextInt(4) > 0
                    && frames.add(new String(frame.array(), 0, frame.lengthBytes(), StandardCharsets.UTF_8));
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean isDrained() {
            return true;
        }

        @Override
        public String whyWaiting() {
            return "it is in no mood";
        }

        @Override
        public int maxFrameBytes() {
            return 1 << 16;
        }

        @Override
        public void close() {}
    }

    /** What a graph made of a log: each target's frames, and how many went where. */
    private record Result(Map<String, List<String>> frames, Account account) {}

    @Property(tries = 120)
    void shouldDoOnEveryLayoutWhatAPlainLoopDoes(
            @ForAll("graphs") final RandomGraph graph,
            @ForAll("logs") final List<Entry> anyLog,
            @ForAll @IntRange(min = 1, max = 6) final int ringBits,
            @ForAll final long seed) {
        final Graph<Parcel> built = graph.graph();
        final List<String> tables =
                built.tables().stream().map(ReferenceTable::name).toList();
        final List<Entry> log = anyLog.stream()
                .filter(entry -> entry.isEvent() || tables.contains(entry.table()))
                .toList();
        final PlainRun plain = new PlainRun(graph, log);
        Result stepped = null;
        for (final Layout layout : layouts(built.parts(), seed)) {
            final Result result = run(graph, log, layout, 1 << ringBits, seed);
            assertThat(saidBy(result.frames)).as(layout.name()).isEqualTo(plain.outputs);
            assertThat(deadLetters(result)).as(layout.name()).isEqualTo(plain.deadLetters);
            checkAccount(result.account, plain, layout);
            stepped = stepped == null ? result : stepped;
            assertThat(result.frames).as(layout.name()).isEqualTo(stepped.frames);
            assertThat(result.account.stages()).as(layout.name()).isEqualTo(stepped.account.stages());
        }
    }

    private static void checkAccount(final Account account, final PlainRun plain, final Layout layout) {
        assertThat(account.gaps()).as(layout.name()).isEmpty();
        assertThat(account.in()).isEqualTo(plain.in);
        assertThat(account.routed()).isEqualTo(plain.routed);
        account.targets().forEach(target -> assertThat(target.delivered())
                .as(target.name())
                .isEqualTo(plain.outputs.get(target.name()).size()));
        assertThat(account.deadLetters().delivered()).isEqualTo(plain.deadLetters.size());
        final Map<String, Long> counts = new HashMap<>();
        account.stages().forEach(stage -> stage.dropped()
                .forEach((reason, events) -> putUnlessNone(counts, stage.name() + "." + reason, events)));
        account.tables().forEach(table -> {
            putUnlessNone(counts, table.name() + ".changes", table.changes());
            putUnlessNone(counts, table.name() + ".dead", table.dead());
        });
        assertThat(counts).as(layout.name()).isEqualTo(plain.counts());
    }

    private static void putUnlessNone(final Map<String, Long> counts, final String name, final long count) {
        if (count > 0) {
            counts.put(name, count);
        }
    }

    /** The named ones, and one whose threads were drawn by lot. */
    private static List<Layout> layouts(final List<String> parts, final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<Integer, List<String>> groups = new TreeMap<>();
        parts.forEach(part -> groups.computeIfAbsent(random.nextInt(3), i -> new ArrayList<>())
                .add(part));
        final String drawn = String.join(
                ",",
                groups.values().stream().map(group -> String.join("+", group)).toList());
        return List.of(Layout.stepped(), Layout.oneThread(), Layout.threadPerStage(), Layout.parse(drawn));
    }

    private static Result run(
            final RandomGraph random,
            final List<Entry> entries,
            final Layout layout,
            final int slots,
            final long seed) {
        final Graph<Parcel> graph = random.graph();
        final ParcelLog log = new ParcelLog(entries);
        final Map<String, MoodyPublisher> publishers = new LinkedHashMap<>();
        final Processor.Builder<Parcel> options = Processor.of("random", graph, FrameCodec.of(graph.events()))
                .layout(layout)
                .ringSlots(slots)
                .rowCodecs(FrameCodec::of)
                .clock(log::clockNs)
                .ingress(log.events(), FrameFormat.values());
        graph.tables()
                .forEach(table -> options.updates(table.name(), log.changesOf(table.name()), FrameFormat.values()));
        graph.targets().forEach(target -> publishers.put(target.name(), new MoodyPublisher(seed)));
        publishers.put(Target.DEAD_LETTERS, new MoodyPublisher(seed + 1));
        publishers.forEach((target, publisher) -> options.egress(target, publisher, FrameFormat.JSON));
        try (Processor<Parcel> processor = options.build()) {
            final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
            if (layout.name().equals(Layout.stepped().name())) {
                while (!processor.awaitEnd(Duration.ZERO)) {
                    processor.step();
                    assertThat(System.nanoTime()).as("still not at the end").isLessThan(deadlineNs);
                }
            } else {
                processor.start();
                assertThat(processor.awaitEnd(PATIENCE))
                        .as("it came to its end")
                        .isTrue();
            }
            final Map<String, List<String>> frames = new TreeMap<>();
            publishers.forEach((target, publisher) -> frames.put(target, publisher.frames));
            return new Result(frames, processor.account());
        }
    }

    /** The events that came to each target, whatever else their frames carry. */
    private static Map<String, List<String>> saidBy(final Map<String, List<String>> frames) {
        final Codec<Parcel> codec = FrameCodec.of(Parcel::new);
        final Map<String, List<String>> said = new TreeMap<>();
        frames.forEach((target, jsons) -> {
            if (!target.equals(Target.DEAD_LETTERS)) {
                said.put(target, jsons.stream().map(json -> said(json, codec)).toList());
            }
        });
        return said;
    }

    private static String said(final String json, final Codec<Parcel> codec) {
        assertThat(json).as("a field that nobody knows").contains("\"unknown\":[1.25]");
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        final Frame frame = codec.newFrame(bytes.length, 1 << 16);
        frame.clear(FrameFormat.JSON);
        System.arraycopy(bytes, 0, frame.array(), 0, bytes.length);
        frame.lengthBytes(bytes.length);
        final Parcel parcel = codec.newEvent();
        assertThat(codec.decode(frame, parcel)).as(frame.fault()).isTrue();
        return parcel.said();
    }

    /** The stage and position of each. */
    private static List<String> deadLetters(final Result result) {
        return result.frames.get(Target.DEAD_LETTERS).stream()
                .map(letter -> letter.replaceFirst(
                        "^\\{\"stage\":\"([^\"]+)\",\"reason\":\"(?:[^\"\\\\]|\\\\.)*\",\"position\":(\\d+),.*",
                        "$1 $2"))
                .toList();
    }

    @Provide
    Arbitrary<RandomGraph> graphs() {
        final Arbitrary<Part> parts = Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(Otherwise.class))
                .as(Part::new);
        final Arbitrary<Rule> rules = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false),
                        Arbitraries.of(RandomGraph.TARGETS)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(2)
                                .uniqueElements())
                .as(Rule::new);
        return Combinators.combine(parts.list().ofMaxSize(5), rules.list().ofMaxSize(3), Arbitraries.of(true, false))
                .as(RandomGraph::new);
    }

    @Provide
    Arbitrary<List<Entry>> logs() {
        final Arbitrary<What> what = Arbitraries.frequency(
                Tuple.of(20, What.EVENT),
                Tuple.of(1, What.GARBAGE),
                Tuple.of(6, What.PUT),
                Tuple.of(2, What.DELETE),
                Tuple.of(1, What.BAD_ROW));
        return Combinators.combine(
                        what,
                        Arbitraries.of(RandomGraph.TABLES),
                        Arbitraries.longs().between(0, 35),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.of(true, false))
                .as(Entry::new)
                .list()
                .ofMaxSize(150);
    }
}
