package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.Policy.deadLetter;
import static io.pinion.engine.Policy.dropNewest;
import static io.pinion.engine.Policy.spill;
import static io.pinion.engine.ReplicaRig.ALL;
import static io.pinion.engine.ReplicaRig.DEAD;
import static io.pinion.engine.ReplicaRig.EVEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.ReplicaRig.Output;
import io.pinion.engine.ReplicaRig.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaPolicyTest {
    private static final RouteBounds THREE = new RouteBounds(3, Long.MAX_VALUE);

    @TempDir
    Path directory;

    private static final List<Step> FOUR_EVEN = List.of(Step.event(2), Step.event(4), Step.event(6), Step.event(8));

    @Test
    void shouldHoldBackWhileATargetThatBlocksIsExactlyAtItsBound() {
        try (ReplicaRig rig = new ReplicaRig(directory, THREE, block(), dropNewest()).begun()) {
            rig.give(FOUR_EVEN.subList(0, 2), 0);
            assertThat(rig.isHoldingBack()).isFalse();
            rig.give(FOUR_EVEN.subList(0, 3), 2);
            assertThat(rig.isHoldingBack()).isTrue();
            rig.give(Step.tick(), 3);
            assertThat(rig.isHoldingBack()).isTrue();
            rig.give(Step.confirm(EVEN, 1), 4);
            assertThat(rig.isHoldingBack()).isFalse();
        }
    }

    @Test
    void shouldPutOutAlsoAtTheBoundWhatWasLetIn() {
        try (ReplicaRig rig =
                new ReplicaRig(directory, THREE, block(), block()).begun().give(FOUR_EVEN, 0)) {
            assertThat(rig.outputs(EVEN)).hasSize(4);
        }
    }

    @Test
    void shouldHoldBackNobodyForATargetThatSpillsWithinItsOwnBound() {
        try (ReplicaRig rig =
                new ReplicaRig(directory, THREE, spill(16), spill()).begun().give(FOUR_EVEN, 0)) {
            assertThat(rig.isHoldingBack()).isFalse();
            assertThat(rig.outputs(EVEN)).hasSize(4);
        }
    }

    @Test
    void shouldDropTheNewestAtTheBoundAndCountIt() {
        try (ReplicaRig rig = new ReplicaRig(directory, THREE, dropNewest(), spill()).begun()) {
            rig.give(FOUR_EVEN, 0);
            assertThat(rig.isHoldingBack()).isFalse();
            assertThat(rig.outputs(EVEN)).extracting(Output::position).containsExactly(0L, 96L, 192L);
            assertThat(rig.outputs(ALL)).hasSize(4);
            assertThat(rig.replica.count(EVEN).dropped()).isEqualTo(1);
            rig.give(Step.confirm(EVEN, 1), 4);
            rig.give(Step.event(10), 5);
            assertThat(rig.outputs(EVEN))
                    .last()
                    .extracting(Output::sequence, Output::position)
                    .containsExactly(4L, 480L);
            assertThat(rig.replica.account().gaps()).isEmpty();
        }
    }

    @Test
    void shouldMakeADeadLetterAtTheBoundAndSayWhy() {
        try (ReplicaRig rig = new ReplicaRig(directory, THREE, deadLetter(), spill()).begun()) {
            rig.give(FOUR_EVEN, 0);
            assertThat(rig.outputs(EVEN)).hasSize(3);
            assertThat(rig.replica.count(EVEN).dead()).isEqualTo(1);
            assertThat(rig.outputs(DEAD))
                    .extracting(Output::text)
                    .containsExactly(
                            "{\"stage\":\"even\",\"reason\":\"target \\\"even\\\": what it has not confirmed has"
                                    + " reached its bound\",\"position\":288,\"event\":20008}");
            assertThat(rig.replica.account().gaps()).isEmpty();
        }
    }
}
