package io.pinion.engine;

import static io.pinion.engine.StagesRig.APPLY;
import static io.pinion.engine.StagesRig.BROKEN;
import static io.pinion.engine.StagesRig.DECIDE;
import static io.pinion.engine.StagesRig.GATHER;
import static io.pinion.engine.StagesRig.ON_EVENT;
import static io.pinion.engine.StagesRig.OTHER;
import static io.pinion.engine.StagesRig.marked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nothing can follow: what came before that slot passes all stages, is told to targets and counted; what did not is neither. */
class StagesAgentErrorTest {
    private final StagesRig rig = new StagesRig();

    private Stage<Number> breakingOnEvent(final String name, final long at, final Error error) {
        return rig.new Noting(name) {
            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                breakWhere(event.value == at, error);
                super.onEvent(event, slot);
            }
        };
    }

    private static void breakWhere(final boolean is, final Error error) {
        if (is) {
            throw error;
        }
    }

    /** Breaks in some of its steps: at one slot where it gathers, where it decides, at another where it applies; makes a dead letter of 2. */
    private final class BreakingBatches extends StagesRig.Noting implements BatchStage<Number> {
        private final List<String> breaksIn;
        private final long gatheringAt;
        private final long applyingAt;
        private boolean isKilling;

        BreakingBatches(final long gatheringAt, final long applyingAt, final String... breaksIn) {
            rig.super("b");
            this.gatheringAt = gatheringAt;
            this.applyingAt = applyingAt;
            this.breaksIn = List.of(breaksIn);
        }

        BreakingBatches killing() {
            isKilling = true;
            return this;
        }

        @Override
        public void gather(final Number event, final Slot<Number> slot) {
            if (isKilling && event.value == 2) {
                slot.deadLetter("chosen");
            }
            breakWhere(event.value == gatheringAt && breaksIn.contains(GATHER), OTHER);
        }

        @Override
        public void decide() {
            breakWhere(breaksIn.contains(DECIDE), BROKEN);
        }

        @Override
        public void apply(final Number event, final Slot<Number> slot) {
            breakWhere(event.value == applyingAt && breaksIn.contains(APPLY), BROKEN);
            rig.calls.add(name() + event.value);
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            throw new AssertionError("in a batch it is never called");
        }
    }

    private void requireBroken(final Error error, final int at) {
        assertThatThrownBy(rig::step).isSameAs(error);
        assertThat(rig.reader.first()).isEqualTo(at);
        assertThat(rig.agentName()).isEqualTo("b");
    }

    private void requireCame(final int toA, final int toB, final int toC) {
        assertThat(rig.count("a").in()).isEqualTo(toA);
        assertThat(rig.count("b").in()).isEqualTo(toB);
        assertThat(rig.count("c").in()).isEqualTo(toC);
    }

    @ParameterizedTest
    @ValueSource(strings = {ON_EVENT, GATHER, APPLY})
    void shouldLetWhatCameBeforeThroughAllStages(final String step) {
        final Stage<Number> breaking =
                step.equals(ON_EVENT) ? breakingOnEvent("b", 2, BROKEN) : new BreakingBatches(2, 2, step);
        rig.agentOf(List.of(rig.noting("a"), breaking, rig.noting("c")));
        rig.events(5);
        requireBroken(step.equals(GATHER) ? OTHER : BROKEN, 2);
        assertThat(rig.calls).endsWith("b0", "b1", "c0", "c1");
        requireCame(5, 2, 2);
    }

    @Test
    void shouldPassNothingWhereTheFirstBreaks() {
        rig.agentOf(List.of(rig.noting("a"), breakingOnEvent("b", 0, BROKEN), rig.noting("c")));
        rig.events(2);
        requireBroken(BROKEN, 0);
        assertThat(rig.calls).containsExactly("a0", "a1");
        requireCame(2, 0, 0);
    }

    @Test
    void shouldTellOfTheEarlierSlotWhereTwoStagesBreak() {
        rig.agentOf(List.of(breakingOnEvent("a", 3, OTHER), breakingOnEvent("b", 1, BROKEN), rig.noting("c")));
        rig.events(5);
        requireBroken(BROKEN, 1);
        assertThat(rig.calls).containsExactly("a0", "a1", "a2", "b0", "c0");
        requireCame(3, 1, 1);
    }

    @Test
    void shouldLetNothingOfARunThroughThatCouldNotBeDecidedOn() {
        rig.agentOf(List.of(rig.noting("a"), new BreakingBatches(-1, -1, DECIDE), rig.noting("c")));
        rig.next(Slot.Kind.TICK);
        rig.events(2);
        requireBroken(BROKEN, 1);
        assertThat(rig.calls).containsExactly("aTICK", "bTICK", "cTICK", "a1", "a2");
        requireCame(2, 0, 0);
    }

    @Test
    void shouldCountWhatWasMadeADeadLetterBehindTheSlotItBrokeAt() {
        rig.agentOf(List.of(rig.noting("a"), new BreakingBatches(-1, 1, APPLY).killing(), rig.noting("c")));
        rig.events(5);
        requireBroken(BROKEN, 1);
        requireCame(5, 2, 1); // 0, which passes, and 2
        assertThat(rig.count("b").passed()).isEqualTo(1);
    }

    @Test
    void shouldTellOfTheErrorThatCameFirstWhereAStageBreaksTwice() {
        rig.agentOf(List.of(rig.noting("a"), new BreakingBatches(3, -1, GATHER, DECIDE).killing(), rig.noting("c")));
        rig.events(5);
        requireBroken(OTHER, 0);
        requireCame(5, 1, 0); // 2
        assertThat(rig.count("b").passed()).isZero();
    }

    @Test
    void shouldMarkAndCountNothingFromThere() {
        rig.agentToRoute(new NumberStage("killing", (slot, value) -> {
            breakWhere(value == 42, BROKEN);
            if (value == 41) {
                slot.deadLetter("chosen");
            }
        }));
        rig.events(44);
        rig.next(Slot.Kind.EVENT).deadLetter("no event");
        assertThatThrownBy(rig::step).isSameAs(BROKEN);
        assertThat(rig.reader.first()).isEqualTo(42);
        assertThat(marked(rig.targets[0], 0, 45)).hasSize(21).endsWith(40L);
        assertThat(marked(rig.targets[1], 0, 45)).hasSize(20).endsWith(39L);
        assertThat(marked(rig.letters, 0, 45)).containsExactly(41L);
        assertThat(rig.count("killing").in()).isEqualTo(42);
        assertThat(rig.count("killing").passed()).isEqualTo(41);
        assertThat(rig.count("route").in()).isEqualTo(41);
        assertThat(rig.count("route").counters()).containsEntry("to.even", 21L).containsEntry("to.odd", 20L);
    }

    /** An exception of a user's that can't even be told. */
    private static final class Untold extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw BROKEN;
        }
    }

    @Test
    void shouldEndWhereNoDeadLetterCanBeMade() {
        final Stage<Number> untold = rig.new Noting("b") {
            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                if (event.value == 1) {
                    throw new Untold();
                }
            }
        };
        rig.agentOf(List.of(rig.noting("a"), untold, rig.noting("c")));
        rig.events(3);
        requireBroken(BROKEN, 1);
        assertThat(rig.calls).containsExactly("a0", "a1", "a2", "c0");
    }

    @Test
    void shouldTellWhichStageBrokeAtWhatIsNoEvent() {
        final Stage<Number> broken = rig.new Noting("b") {
            @Override
            public void onControl(final Slot<Number> slot) {
                throw BROKEN;
            }
        };
        rig.agentOf(List.of(rig.noting("a"), broken, rig.noting("c")));
        rig.events(1);
        rig.next(Slot.Kind.TICK);
        requireBroken(BROKEN, 1);
        assertThat(rig.calls).containsExactly("a0", "b0", "c0", "aTICK");
    }
}
