package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.ReplicaRig.ALL;
import static io.pinion.engine.ReplicaRig.DEAD;
import static io.pinion.engine.ReplicaRig.EVEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.pinion.engine.ReplicaRig.Kind;
import io.pinion.engine.ReplicaRig.Output;
import io.pinion.engine.ReplicaRig.Step;
import io.pinion.engine.routelog.RouteLogException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {
    private static final RouteBounds WIDE = RouteBounds.USUAL;

    @TempDir
    Path directory;

    private ReplicaRig rig() {
        return new ReplicaRig(directory, WIDE, block(), block());
    }

    private static List<Step> events(final long from, final long to) {
        return LongStream.range(from, to).mapToObj(Step::event).toList();
    }

    private static List<Step> logOf(final List<Step> steps, final Step... more) {
        final List<Step> log = new ArrayList<>(steps);
        log.addAll(List.of(more));
        return log;
    }

    @Test
    void shouldPutOutWhatAProcessorDoesToTheByte() {
        final ListPublisher even = new ListPublisher();
        final ListPublisher all = new ListPublisher();
        try (Processor<Number> processor = ReplicaRig.optionsOf(block(), block())
                        .layout(Layout.stepped())
                        .ingress(ListAdapter.upTo(200), FrameFormat.values())
                        .egress("even", even, null)
                        .egress("all", all, FrameFormat.JSON)
                        .egress(Target.DEAD_LETTERS, new ListPublisher(), null)
                        .build();
                ReplicaRig rig = rig().begun()) {
            while (processor.step() > 0) {
                // Until there is nothing left to do.
            }
            rig.give(events(0, 200), 0);
            assertThat(rig.outputs(EVEN)).extracting(Output::text).isEqualTo(even.frames());
            assertThat(rig.outputs(ALL)).extracting(Output::text).isEqualTo(all.frames());
            assertThat(rig.outputs(ALL)).hasSizeGreaterThan(100);
        }
    }

    @Test
    void shouldGiveEachOutputItsSequenceAndTheLogsPlaceAndTime() {
        try (ReplicaRig rig = rig().begun().give(List.of(Step.event(2), Step.tick(), Step.event(3)), 0)) {
            assertThat(rig.outputs(ALL))
                    .containsExactly(
                            new Output(1, 0, 1_000_010, "2002"),
                            new Output(2, 192, 1_000_030, "5003")); // time is the highest so far
            assertThat(rig.outputs(EVEN)).extracting(Output::sequence).containsExactly(1L);
            assertThat(rig.replica.logTimeUs()).isEqualTo(1_000_030);
            rig.give(Step.tick(), 3);
            assertThat(rig.replica.logTimeUs()).isEqualTo(1_000_030);
            rig.give(Step.tick(), 4);
            assertThat(rig.replica.logTimeUs()).isEqualTo(1_000_050);
            rig.give(Step.confirm(ALL, 1), 6);
            assertThat(rig.replica.logTimeUs()).isEqualTo(1_000_070);
        }
    }

    @Test
    void shouldSayOfAnExceptionInADeadLetterOnlyWhatIsTheSameEverywhere() {
        try (ReplicaRig rig = rig().begun().give(events(7, 8), 0)) {
            assertThat(rig.outputs(DEAD))
                    .extracting(Output::text)
                    .containsExactly("{\"stage\":\"die\",\"reason\":\"java.lang.IllegalStateException\","
                            + "\"position\":0,\"event\":7}");
            assertThat(rig.replica.errors()).anyMatch(line -> line.contains("it is 7, by object"));
        }
    }

    @Test
    void shouldAppendNothingWhenItIsGivenTheWholeLogAgain() {
        final List<Step> log = logOf(events(1, 100), Step.confirm(ALL, 20));
        final List<List<Output>> outputs;
        try (ReplicaRig rig = rig().begun().give(log, 0)) {
            outputs = rig.allOutputs();
        }
        try (ReplicaRig rig = rig().begun()) {
            for (int i = 0; i < log.size(); i++) {
                rig.give(log.get(i), i);
                assertThat(rig.allOutputs()).isEqualTo(outputs);
            }
            rig.give(Step.event(1_000_001), log.size());
            assertThat(rig.outputs(ALL)).hasSize(outputs.get(ALL).size() + 1);
        }
    }

    @Test
    void shouldRefuseToPutOutAnythingElseThanBefore() {
        try (ReplicaRig rig = rig().begun()) {
            rig.give(events(1, 7), 0);
        }
        try (ReplicaRig rig = rig().begun()) {
            rig.give(events(1, 5), 0);
            assertThatThrownBy(() -> rig.give(Step.event(8), 4))
                    .isInstanceOf(PartException.class)
                    .cause()
                    .isInstanceOfSatisfying(RouteLogException.class, e -> assertThat(e.reason())
                            .isEqualTo(RouteLogException.Reason.DIFFERS));
        }
    }

    @Test
    void shouldSwapATableAtOnePlaceAndLeaveItAsItWasWhereARowCantBeRead() {
        final List<Step> log = List.of(
                new Step(Kind.ROW, 0, "1"),
                new Step(Kind.ROW, 0, "-1"), // no row: a dead letter
                Step.event(1),
                new Step(Kind.SWAP_BEGIN, 0, ""),
                new Step(Kind.SWAP_ROW, 0, "2"),
                Step.event(1),
                new Step(Kind.SWAP_END, 0, ""),
                Step.event(1),
                Step.event(2),
                new Step(Kind.SWAP_BEGIN, 0, ""),
                new Step(Kind.SWAP_ROW, 0, "-2"), // a function of the table throws
                new Step(Kind.SWAP_END, 0, ""),
                Step.event(2),
                Step.event(3));
        try (ReplicaRig rig = rig().begun().give(log, 0)) {
            assertThat(rig.outputs(ALL)).extracting(Output::text).containsExactly("1001", "4003");
            assertThat(rig.outputs(DEAD))
                    .hasSize(1)
                    .first()
                    .extracting(Output::text, STRING)
                    .contains("minus one");
            assertThat(rig.replica.account().gaps()).isEmpty();
            assertThat(rig.replica.tables()).hasSize(1);
        }
    }

    @Test
    void shouldKeepOnDiskWhatThisMembersOwnCopyStillNeeds() {
        final AtomicLong settled = new AtomicLong(3);
        try (ReplicaRig rig = rig()) {
            rig.replica.freeUpTo(ALL, settled::get);
            rig.begun().give(logOf(events(1, 7), Step.confirm(ALL, 5), Step.confirm(EVEN, 2)), 0);
            assertThat(rig.replica.count(ALL).confirmed()).isEqualTo(5);
            assertThat(rig.replica.routeLog(ALL).backlogEvents()).isEqualTo(3);
            assertThat(rig.replica.routeLog(EVEN).backlogEvents()).isEqualTo(1);
            settled.set(5);
            rig.give(Step.tick(), 8);
            assertThat(rig.replica.routeLog(ALL).backlogEvents()).isEqualTo(1);
        }
    }

    @Test
    void shouldTellBehindEachAppendThatTheLogOfARouteHasGrown() {
        final List<Long> ends = new ArrayList<>();
        try (ReplicaRig rig = rig()) {
            rig.replica.onAppend(EVEN, () -> ends.add(rig.replica.routeLog(EVEN).endPosition()));
            rig.begun().give(logOf(events(1, 7), Step.confirm(EVEN, 2)), 0);
            assertThat(ends)
                    .hasSize(3)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .endsWith(rig.replica.routeLog(EVEN).endPosition());
        }
    }

    @Test
    void shouldIgnoreAConfirmationThatIsLowerThanBeforeOrOfWhatWasNotGivenYet() {
        try (ReplicaRig rig = rig().begun().give(logOf(events(1, 7), Step.confirm(ALL, 4)), 0)) {
            rig.give(Step.confirm(ALL, 2), 7);
            rig.give(Step.confirm(ALL, 7), 8);
            assertThat(rig.replica.count(ALL))
                    .extracting(RouteCount::next, RouteCount::confirmed)
                    .containsExactly(7L, 4L);
            final Account.TargetCount all = rig.replica.account().targets().get(ALL);
            assertThat(all.delivered()).isEqualTo(4);
            assertThat(all.onDisk()).isEqualTo(2);
            assertThat(rig.replica.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldRefuseASnapshotWhoseUnconfirmedOutputsThisDiskLacks() throws IOException {
        final MemorySections sections;
        try (ReplicaRig rig = rig().begun().give(logOf(events(1, 7), Step.confirm(ALL, 4)), 0)) {
            sections = MemorySections.of(rig.replica);
        }
        IoUtil.delete(directory.resolve("all").toFile(), false);
        try (ReplicaRig rig = rig()) {
            assertThatThrownBy(() -> rig.restored(sections))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(directory.resolve("all").toString())
                    .hasMessageContaining("pinion seed");
        }
    }

    @Test
    void shouldBeginARouteLogAnewWhereThisDiskLacksOnlyWhatIsConfirmed() throws IOException {
        final List<Step> log =
                logOf(events(1, 7), Step.confirm(EVEN, 3), Step.confirm(ALL, 6), Step.event(8), Step.event(9));
        final MemorySections sections;
        final List<Output> last;
        try (ReplicaRig rig = rig().begun().give(log.subList(0, 8), 0)) {
            sections = MemorySections.of(rig.replica);
            last = rig.give(log, 8).outputs(ALL).subList(6, 8);
        }
        IoUtil.delete(directory.resolve("even").toFile(), false);
        IoUtil.delete(directory.resolve("all").toFile(), false);
        try (ReplicaRig rig = rig().restored(sections).give(log, 8)) {
            assertThat(rig.outputs(ALL)).isEqualTo(last);
            assertThat(rig.outputs(EVEN)).extracting(Output::sequence).containsExactly(4L);
        }
    }

    @Test
    void shouldSayWhatToDoWhereARouteLogEndsAmidWhatIsConfirmed() throws IOException {
        final List<Step> log = logOf(events(1, 7), Step.confirm(EVEN, 3), Step.confirm(ALL, 6));
        final MemorySections sections;
        try (ReplicaRig rig = rig().begun().give(log, 0)) {
            sections = MemorySections.of(rig.replica);
        }
        IoUtil.delete(directory.toFile(), false);
        try (ReplicaRig rig = rig()) {
            rig.begun().give(log.subList(0, 2), 0);
        }
        try (ReplicaRig rig = rig()) {
            assertThatThrownBy(() -> rig.restored(sections))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(directory.resolve("even").toString())
                    .hasMessageContaining("delete the directory");
        }
    }

    @Test
    void shouldRefuseStepsBeforeItBegan() {
        try (ReplicaRig rig = rig()) {
            assertThatThrownBy(() -> rig.give(Step.event(1), 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("before it began");
        }
    }

    @Test
    void shouldRefuseTablesWithoutWhatReadsTheirRows() {
        assertThatThrownBy(() -> Processor.of("Numbers", ReplicaRig.graph(block(), block()), new NumberCodec())
                        .replica(directory, WIDE))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(".rowCodecs(FrameCodec::of)");
    }
}
