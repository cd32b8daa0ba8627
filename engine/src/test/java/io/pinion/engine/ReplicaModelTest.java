package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.ReplicaRig.Kind;
import io.pinion.engine.ReplicaRig.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * A replica that is saved, killed and restored at every step of its log, against one that was left in peace: the same state
 * and the same outputs, to the byte. Bounds are so low that each policy has to decide.
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

    private static ReplicaRig rig(final Path directory) {
        return new ReplicaRig(directory, NARROW, Policy.dropNewest(), Policy.deadLetter());
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF)
    void shouldComeToTheSameStateAndOutputsThroughARestartAtEveryStep(@ForAll("logs") final List<Step> log)
            throws IOException {
        final Path root = Files.createTempDirectory("replica");
        try {
            final MemorySections expected;
            final List<List<ReplicaRig.Output>> outputs;
            final List<RouteCount> counts;
            try (ReplicaRig peaceful = rig(root.resolve("peaceful")).begun().give(log, 0)) {
                expected = MemorySections.of(peaceful.replica);
                outputs = peaceful.allOutputs();
                counts = counts(peaceful);
            }
            final Path restarted = root.resolve("restarted");
            final List<MemorySections> snapshots = new ArrayList<>();
            try (ReplicaRig rig = rig(restarted).begun()) {
                snapshots.add(MemorySections.of(rig.replica));
            }
            for (int i = 0; i < log.size(); i++) {
                try (ReplicaRig rig = rig(restarted).restored(snapshots.get(i))) {
                    assertThat(MemorySections.of(rig.replica).sections())
                            .isEqualTo(snapshots.get(i).sections());
                    rig.give(log.get(i), i);
                    snapshots.add(MemorySections.of(rig.replica));
                }
            }
            assertThat(snapshots.get(log.size()).sections()).isEqualTo(expected.sections());
            shouldReplay(restarted, snapshots, log, expected);
            try (ReplicaRig rig = rig(restarted).restored(expected)) {
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
            final List<MemorySections> snapshots,
            final List<Step> log,
            final MemorySections expected)
            throws IOException {
        for (int i = 0; i < log.size(); i += 4) {
            try (ReplicaRig rig = rig(directory).restored(snapshots.get(i)).give(log, i)) {
                assertThat(MemorySections.of(rig.replica).sections()).isEqualTo(expected.sections());
            }
        }
    }

    private static List<RouteCount> counts(final ReplicaRig rig) {
        return List.of(rig.replica.count(0), rig.replica.count(1), rig.replica.count(2));
    }
}
