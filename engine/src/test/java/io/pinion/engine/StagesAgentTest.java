package io.pinion.engine;

import static io.pinion.engine.StagesRig.marked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StagesAgentTest {
    private final StagesRig rig = new StagesRig();

    @Test
    void shouldShowWhatIsNoEventToAllStagesAfterTheEventsBeforeIt() {
        rig.agentOf(List.of(rig.noting("a"), rig.noting("b")));
        rig.events(2);
        rig.next(Slot.Kind.TICK);
        rig.events(1);
        rig.step();
        assertThat(rig.calls).containsExactly("a0", "a1", "b0", "b1", "aTICK", "bTICK", "a3", "b3");
        assertThat(rig.reader.first()).isEqualTo(4);
    }

    @Test
    void shouldShowNoStageWhatOneBeforeItDropped() {
        rig.agentOf(List.of(rig.dropping("a", 1), rig.dropping("b", 0), rig.noting("c")));
        rig.events(3);
        rig.step();
        assertThat(rig.calls).containsExactly("a0", "a1", "a2", "b0", "b2", "c2");
        assertThat(rig.count("a").in()).isEqualTo(3);
        assertThat(rig.count("b").in()).isEqualTo(2);
        assertThat(rig.count("c").in()).isEqualTo(1);
    }

    @Test
    void shouldGoThroughAllThatABatchCanBeAndThenOn() {
        rig.agentOf(List.of(rig.noting("a"), rig.noting("b")));
        rig.events(70);
        rig.step();
        assertThat(rig.calls).hasSize(128).contains("a63").endsWith("b63");
        assertThat(rig.reader.first()).isEqualTo(64);
        rig.step();
        assertThat(rig.calls).hasSize(140).endsWith("b69");
        assertThat(rig.reader.first()).isEqualTo(70);
    }

    @Test
    void shouldShowNoLaterStageWhatIsNoEventAndOneMadeADeadLetter() {
        final Stage<Number> refusing = rig.new Noting("b") {
            @Override
            public void onControl(final Slot<Number> slot) {
                slot.deadLetter("refused");
            }
        };
        rig.agentOf(List.of(rig.noting("a"), refusing, rig.noting("c")));
        final Slot<Number> change = rig.next(Slot.Kind.TABLE_CHANGE);
        rig.step();
        assertThat(rig.calls).containsExactly("aTABLE_CHANGE");
        assertThat(change.deadBy()).isEqualTo("b");
    }

    @Test
    void shouldTellTargetsAndDeadLettersWhichSlotsAreTheirs() {
        rig.agentToRoute(new NumberStage("killing", (slot, value) -> {
            if (value == 41 || value == 43) {
                slot.deadLetter("chosen");
            }
        }));
        rig.events(40); // so that the next batch begins in the middle of a word and ends in another
        rig.step();
        rig.events(40);
        rig.next(Slot.Kind.TICK);
        rig.next(Slot.Kind.TABLE_CHANGE);
        rig.next(Slot.Kind.TABLE_CHANGE).deadLetter("no row");
        rig.next(Slot.Kind.EVENT).deadLetter("no event");
        rig.step();
        assertThat(marked(rig.targets[0], 40, 84))
                .containsExactlyElementsOf(LongStream.rangeClosed(40, 80)
                        .filter(at -> at % 2 == 0)
                        .boxed()
                        .toList());
        assertThat(marked(rig.targets[1], 40, 84))
                .contains(45L, 63L, 65L, 79L, 80L)
                .doesNotContain(41L, 43L, 44L, 83L)
                .hasSize(19);
        assertThat(marked(rig.letters, 40, 84)).containsExactly(41L, 43L, 80L, 82L, 83L);
        assertThat(rig.count("route").counters()).containsEntry("to.even", 40L).containsEntry("to.odd", 38L);
    }

    @Test
    void shouldBeNamedByAllItsStages() {
        rig.agentOf(List.of(rig.noting("a"), rig.noting("b")));
        assertThat(rig.agentName()).isEqualTo("a+b");
    }
}
