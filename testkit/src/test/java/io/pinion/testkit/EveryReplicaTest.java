package io.pinion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Graph;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Replica;
import io.pinion.engine.RouteBounds;
import io.pinion.engine.SectionSource;
import io.pinion.engine.TableChange;
import io.pinion.engine.routelog.RouteLogReader;
import io.pinion.operators.Otherwise;
import io.pinion.testkit.ParcelLog.Entry;
import io.pinion.testkit.ParcelLog.What;
import io.pinion.testkit.RandomGraph.Kind;
import io.pinion.testkit.RandomGraph.Part;
import io.pinion.wire.FrameCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Random graphs of operators behind one log: a replica whose threads were drawn by lot, and which is restored now and then, has
 * the state of one that never was and has one thread, to the byte, and puts out the same. Members are compared by these bytes.
 */
class EveryReplicaTest {
    private static final Otherwise[] OTHERWISE = Otherwise.values();

    /** A replica on a disk of its own, and where it stands in the swaps of its tables. */
    private static final class Member implements AutoCloseable {
        private final RandomGraph random;
        private final Path directory;
        private final Layout layout;
        private Replica<Parcel> replica;
        private long timeUs = 1_000_000;

        Member(final RandomGraph random, final Path directory, final Layout layout) {
            this.random = random;
            this.directory = directory;
            this.layout = layout;
            open();
            replica.begin(1);
        }

        private void open() {
            final Graph<Parcel> graph = random.graph();
            replica = Processor.of("random", graph, FrameCodec.of(graph.events()))
                    .ringSlots(8)
                    .layout(layout)
                    .rowCodecs(FrameCodec::of)
                    .replica(directory, RouteBounds.USUAL);
        }

        void restart() throws IOException {
            final Map<String, byte[]> sections = state();
            replica.close();
            open();
            replica.restore(source(sections));
        }

        void give(final int position, final Entry entry, final TableChange change) {
            timeUs += entry.laterUs();
            final UnsafeBuffer json = new UnsafeBuffer(entry.json().getBytes(StandardCharsets.UTF_8));
            until(() -> change == null
                    ? replica.event(position, timeUs, json, 0, json.capacity(), 0)
                    : change == TableChange.PUT
                            ? replica.update(position, timeUs, tableOf(entry), json, 0, json.capacity(), 0)
                            : replica.swap(position, timeUs, tableOf(entry), change, json, 0, json.capacity()));
            until(replica::isPassedOn);
        }

        private int tableOf(final Entry entry) {
            return tables(replica.tables()).indexOf(entry.table()) + 1;
        }

        private void until(final BooleanSupplier done) {
            while (!done.getAsBoolean()) {
                if (replica.step() == 0) {
                    Thread.yield();
                }
            }
        }

        Map<String, byte[]> state() throws IOException {
            until(replica::isSettled);
            final Map<String, byte[]> sections = new LinkedHashMap<>();
            replica.save((name, version, body) -> {
                final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                body.write(new DataOutputStream(bytes));
                sections.put(name + " " + version, bytes.toByteArray());
            });
            return sections;
        }

        List<String> outputs() {
            until(replica::isSettled);
            final List<String> outputs = new ArrayList<>();
            for (int route = 0; route < replica.routes(); route++) {
                try (RouteLogReader reader = replica.routeLog(route).newReader()) {
                    reader.toStart();
                    while (reader.next()) {
                        outputs.add(route + " " + reader.sequence() + " " + reader.logPosition() + " "
                                + reader.logTimeUs() + " "
                                + reader.buffer().getStringWithoutLengthUtf8(reader.offset(), reader.lengthBytes()));
                    }
                }
            }
            return outputs;
        }

        @Override
        public void close() {
            replica.close();
        }
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void shouldHaveTheSameStateAndOutputsInAnyLayoutThoughRestoredNowAndThen(
            @ForAll("graphs") final RandomGraph graph,
            @ForAll("logs") final List<Entry> anyLog,
            @ForAll final long seed)
            throws IOException {
        final List<Entry> log = ofItsTables(anyLog, graph);
        final List<TableChange> changes = changes(log);
        final SplittableRandom random = new SplittableRandom(seed);
        final Path root = Files.createTempDirectory("replicas");
        final Layout layout = layout(graph.graph().parts(), random);
        try (Member peaceful = new Member(graph, root.resolve("peaceful"), Layout.oneThread());
                Member restarted = new Member(graph, root.resolve("restarted"), layout)) {
            for (int i = 0; i < log.size(); i++) {
                peaceful.give(i, log.get(i), changes.get(i));
                restarted.give(i, log.get(i), changes.get(i));
                if (random.nextInt(4) == 0 || i == log.size() - 1) { // what comes between is under way together
                    restarted.restart();
                    assertThat(hex(restarted.state()))
                            .as("after step " + i + ", " + layout)
                            .isEqualTo(hex(peaceful.state()));
                }
            }
            assertThat(restarted.outputs()).isEqualTo(peaceful.outputs());
        } finally {
            IoUtil.delete(root.toFile(), true);
        }
    }

    /** Each part on one of four threads, by lot. */
    private static Layout layout(final List<String> parts, final SplittableRandom random) {
        final Map<Integer, List<String>> groups = new TreeMap<>();
        parts.forEach(part -> groups.computeIfAbsent(random.nextInt(4), i -> new ArrayList<>())
                .add(part));
        return Layout.parse(
                groups.values().stream().map(group -> String.join("+", group)).collect(Collectors.joining(",")));
    }

    /** The same, with the changes of other tables than the graph's as changes of one that it has. */
    private static List<Entry> ofItsTables(final List<Entry> log, final RandomGraph graph) {
        final List<String> tables = tables(graph.graph().tables()).stream()
                .filter(RandomGraph.TABLES::contains)
                .toList();
        return log.stream()
                .map(entry -> new Entry(
                        entry.what(),
                        tables.get(RandomGraph.TABLES.indexOf(entry.table()) % tables.size()),
                        entry.number(),
                        entry.kind(),
                        entry.weight(),
                        entry.word(),
                        entry.laterUs(),
                        false))
                .toList();
    }

    /** What each entry does to its table: a row of price 12 or more begins a swap or ends it, those between are its rows. */
    private static List<TableChange> changes(final List<Entry> log) {
        final List<String> swapping = new ArrayList<>();
        final List<TableChange> changes = new ArrayList<>();
        for (final Entry entry : log) {
            if (entry.isEvent()) {
                changes.add(null);
            } else if (entry.what() == What.PUT && entry.weight() >= 12) {
                if (swapping.remove(entry.table())) {
                    changes.add(entry.weight() == 15 ? TableChange.SWAP_CANCEL : TableChange.SWAP_END);
                } else {
                    swapping.add(entry.table());
                    changes.add(TableChange.SWAP_BEGIN);
                }
            } else {
                changes.add(swapping.contains(entry.table()) ? TableChange.SWAP_ROW : TableChange.PUT);
            }
        }
        return changes;
    }

    private static List<String> tables(final List<ReferenceTable<?>> tables) {
        return tables.stream().map(ReferenceTable::name).toList();
    }

    private static Map<String, String> hex(final Map<String, byte[]> sections) {
        final Map<String, String> hex = new LinkedHashMap<>();
        sections.forEach((name, bytes) -> hex.put(name, HexFormat.of().formatHex(bytes)));
        return hex;
    }

    private static SectionSource source(final Map<String, byte[]> sections) {
        final List<String> names = new ArrayList<>(sections.keySet());
        return (name, body) -> {
            final String next = names.remove(0);
            assertThat(next).startsWith(name + " ");
            final DataInputStream in = new DataInputStream(new ByteArrayInputStream(sections.get(next)));
            body.read(in, Integer.parseInt(next.substring(name.length() + 1)));
            assertThat(in.read()).as("bytes left in " + name).isEqualTo(-1);
        };
    }

    @Provide
    Arbitrary<RandomGraph> graphs() {
        final Arbitrary<Part> anyOf = parts(Kind.values());
        final Arbitrary<Part> withTable = parts(Kind.ENRICH_NUMBER, Kind.ENRICH_FIELDS, Kind.CONSENT);
        return Combinators.combine(
                        anyOf.list().ofMaxSize(3), withTable, anyOf.list().ofMaxSize(2))
                .as((first, table, last) -> {
                    final List<Part> parts = new ArrayList<>(first);
                    parts.add(table);
                    parts.addAll(last);
                    return new RandomGraph(parts, List.of(new RandomGraph.Rule(1, true, List.of("a"))), false);
                });
    }

    private static Arbitrary<Part> parts(final Kind... kinds) {
        return Combinators.combine(
                        Arbitraries.of(kinds), Arbitraries.integers().between(1, 4), Arbitraries.of(OTHERWISE))
                .as(Part::new);
    }

    @Provide
    Arbitrary<List<Entry>> logs() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(20, What.EVENT),
                                Tuple.of(1, What.GARBAGE),
                                Tuple.of(14, What.PUT),
                                Tuple.of(2, What.DELETE),
                                Tuple.of(2, What.BAD_ROW)),
                        Arbitraries.of(RandomGraph.TABLES),
                        Arbitraries.longs().between(0, 35),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 15),
                        Arbitraries.just(false))
                .as(Entry::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(60);
    }
}
