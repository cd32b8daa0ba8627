package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.ReplicaRig.Kind;
import io.pinion.engine.ReplicaRig.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.agrona.IoUtil;

/**
 * A replica that is saved, killed and restored at every step of its log, in any layout, against one that was left in peace on
 * one thread: the same state and the same outputs, to the byte. Bounds are so low that each policy has to decide.
 */
class ReplicaModelTest {
    private static final RouteBounds NARROW = new RouteBounds(3, Long.MAX_VALUE);

    @Provide
    Arbitrary<List<Step>> logs() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(10, Kind.EVENT),
                                Tuple.of(2, Kind.ROW),
                                Tuple.of(1, Kind.SWAP_BEGIN),
                                Tuple.of(2, Kind.SWAP_ROW),
                                Tuple.of(1, Kind.SWAP_END),
                                Tuple.of(4, Kind.CONFIRM),
                                Tuple.of(2, Kind.TICK)),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(-2, 15))
                .as((kind, route, number) -> new Step(kind, route, Integer.toString(number)))
                .list()
                .ofMinSize(6)
                .ofMaxSize(16);
    }

    /** One named, or groups drawn by lot. */
    @Provide
    Arbitrary<Layout> layouts() {
        final List<String> parts =
                ReplicaRig.graph(Policy.block(), Policy.block()).parts();
        final Arbitrary<Layout> drawn = Arbitraries.integers()
                .between(0, 2)
                .list()
                .ofSize(parts.size())
                .map(groups -> Layout.parse(IntStream.range(0, 3)
                        .mapToObj(group -> IntStream.range(0, parts.size())
                                .filter(part -> groups.get(part) == group)
                                .mapToObj(parts::get)
                                .collect(Collectors.joining("+")))
                        .filter(group -> !group.isEmpty())
                        .collect(Collectors.joining(","))));
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Layout.threadPerStage())),
                Tuple.of(1, Arbitraries.just(Layout.oneThread())),
                Tuple.of(3, drawn));
    }

    private static ReplicaRig rig(final Path directory, final Layout layout) {
        return new ReplicaRig(directory, NARROW, Policy.dropNewest(), Policy.deadLetter(), layout);
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void shouldComeToTheSameStateAndOutputsThroughARestartAtEveryStep(
            @ForAll("logs") final List<Step> log, @ForAll("layouts") final Layout layout) throws IOException {
        final Path root = Files.createTempDirectory("replica");
        try {
            final MemorySections expected;
            final List<List<ReplicaRig.Output>> outputs;
            final List<RouteCount> counts;
            try (ReplicaRig peaceful =
                    rig(root.resolve("peaceful"), Layout.oneThread()).begun().give(log, 0)) {
                expected = MemorySections.of(peaceful.replica);
                outputs = peaceful.allOutputs();
                counts = counts(peaceful);
            }
            final Path restarted = root.resolve("restarted");
            final List<MemorySections> snapshots = new ArrayList<>();
            try (ReplicaRig rig = rig(restarted, layout).begun()) {
                snapshots.add(MemorySections.of(rig.replica));
            }
            for (int i = 0; i < log.size(); i++) {
                try (ReplicaRig rig = rig(restarted, layout).restored(snapshots.get(i))) {
                    assertThat(MemorySections.of(rig.replica).sections())
                            .isEqualTo(snapshots.get(i).sections());
                    rig.give(log.get(i), i);
                    snapshots.add(MemorySections.of(rig.replica));
                }
            }
            assertThat(snapshots.get(log.size()).sections()).isEqualTo(expected.sections());
            shouldReplay(restarted, layout, snapshots, log, expected);
            try (ReplicaRig rig = rig(restarted, layout).restored(expected)) {
                assertThat(rig.allOutputs()).isEqualTo(outputs);
                assertThat(counts(rig)).isEqualTo(counts);
            }
        } finally {
            IoUtil.delete(root.toFile(), true);
        }
    }

    /** From any snapshot, over route logs that have all of it already, and whose own marks are ahead. */
    private static void shouldReplay(
            final Path directory,
            final Layout layout,
            final List<MemorySections> snapshots,
            final List<Step> log,
            final MemorySections expected)
            throws IOException {
        for (int i = 0; i < log.size(); i += 4) {
            try (ReplicaRig rig =
                    rig(directory, layout).restored(snapshots.get(i)).give(log, i)) {
                assertThat(MemorySections.of(rig.replica).sections()).isEqualTo(expected.sections());
            }
        }
    }

    /** What a log came to: which of its events were let in, the state, and what was put out. */
    private record Course(
            List<Boolean> taken, List<MemorySections.Section> state, List<List<ReplicaRig.Output>> outputs) {}

    @Provide
    Arbitrary<RouteBounds> bounds() {
        return Arbitraries.of(
                new RouteBounds(2, Long.MAX_VALUE),
                new RouteBounds(7, Long.MAX_VALUE),
                new RouteBounds(100, 200),
                new RouteBounds(100, 3 << 20));
    }

    @Provide
    Arbitrary<List<Step>> longLogs() {
        return logs().list().ofMinSize(3).ofMaxSize(12).map(logs -> logs.stream()
                .flatMap(List::stream)
                .toList());
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void shouldRefuseTheSameEventsInAnyLayoutHoweverFarItsThreadsAre(
            @ForAll("longLogs") final List<Step> log,
            @ForAll("layouts") final Layout layout,
            @ForAll("bounds") final RouteBounds bounds)
            throws IOException {
        final Path root = Files.createTempDirectory("replica");
        try {
            final Course expected = run(root.resolve("one"), log, Layout.oneThread(), bounds, true);
            final Course actual = run(root.resolve("many"), log, layout, bounds, false);
            assertThat(actual.taken()).isEqualTo(expected.taken());
            assertThat(actual.state()).isEqualTo(expected.state());
            assertThat(actual.outputs()).isEqualTo(expected.outputs());
        } finally {
            IoUtil.delete(root.toFile(), true);
        }
    }

    private static Course run(
            final Path directory,
            final List<Step> log,
            final Layout layout,
            final RouteBounds bounds,
            final boolean isSettledEachTime)
            throws IOException {
        final List<Boolean> taken = new ArrayList<>();
        try (ReplicaRig rig = new ReplicaRig(directory, bounds, Policy.block(), Policy.block(), layout).begun()) {
            for (int i = 0; i < log.size(); i++) {
                final boolean isTaken = log.get(i).kind() != Kind.EVENT || !rig.isHoldingBack();
                taken.add(isTaken);
                if (isTaken) {
                    rig.giveUnsettled(log.get(i), i);
                }
                if (isSettledEachTime) {
                    rig.settle();
                }
            }
            rig.settle();
            return new Course(taken, MemorySections.of(rig.replica).sections(), rig.allOutputs());
        }
    }

    private static List<RouteCount> counts(final ReplicaRig rig) {
        return List.of(rig.replica.count(0), rig.replica.count(1), rig.replica.count(2));
    }
}
