package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.cluster.Admission.Outcome;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Genesis GENESIS = new Genesis(1, "Graph", "a: 1\nb: 2\n");
    private static final long PRODUCER = 5;
    private static final long FILLER = 6;

    private final Admission admission = newAdmission(0b10);

    private static Admission newAdmission(final long required) {
        return new Admission(GENESIS, new ProducerMarks(10, 1_000_000), new TableLoads(2, required));
    }

    private long opened(final long producer) {
        assertThat(admission.onOpen(producer, producer)).isEqualTo(Outcome.ACCEPT);
        return admission.epoch();
    }

    @Test
    void shouldRefuseAllUntilTheLogHasBegun() {
        assertThat(admission.onOpen(PRODUCER, 1)).isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(ClusterMessages.BUSY);
        assertThat(admission.onEvent(PRODUCER, 1, 1, 0, false)).isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(ClusterMessages.BUSY);
    }

    @Test
    void shouldBeginOnceOnly() {
        assertThat(admission.onGenesis(7, GENESIS)).isTrue();
        assertThat(admission.onGenesis(8, GENESIS)).isFalse();
        assertThat(admission.logId()).isEqualTo(7);
    }

    @Test
    void shouldNameTheLineInWhichAMemberDiffersFromItsLog() {
        admission.onGenesis(7, new Genesis(1, "Graph", "a: 1\nb: 3\n"));
        assertThat(admission.conflict()).contains("\"b: 3\"").contains("\"b: 2\"");
    }

    @Test
    void shouldRefuseALogOfAnotherRevision() {
        admission.onGenesis(7, new Genesis(2, "Graph", GENESIS.settings()));
        assertThat(admission.conflict()).contains("revision 2").contains("revision 1");
    }

    @Test
    void shouldHoldEventsBackUntilTheTableThatNeedsItsFileIsLoaded() {
        admission.onGenesis(7, GENESIS);
        final long epoch = opened(PRODUCER);
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 0, false)).isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(ClusterMessages.BUSY);

        final long fill = opened(FILLER);
        assertThat(admission.onSwap(FILLER, fill, 1, 2, ClusterMessages.SWAP_BEGIN))
                .isEqualTo(Outcome.ACCEPT);
        assertThat(admission.onSwap(FILLER, fill, 2, 2, ClusterMessages.SWAP_ROWS))
                .isEqualTo(Outcome.ACCEPT);
        assertThat(admission.missingTables()).isEqualTo(0b10);
        assertThat(admission.onSwap(FILLER, fill, 3, 2, ClusterMessages.SWAP_END))
                .isEqualTo(Outcome.ACCEPT);
        assertThat(admission.missingTables()).isZero();
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 0, false)).isEqualTo(Outcome.ACCEPT);
    }

    @Test
    void shouldHoldLiveRowsBackWhileTheirTableIsSwapped() {
        admission.onGenesis(7, GENESIS);
        final long epoch = opened(PRODUCER);
        final long fill = opened(FILLER);
        admission.onSwap(FILLER, fill, 1, 1, ClusterMessages.SWAP_BEGIN);
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 1, false)).isEqualTo(Outcome.REFUSE);
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 2, false)).isEqualTo(Outcome.ACCEPT);
        admission.onSwap(FILLER, fill, 2, 1, ClusterMessages.SWAP_CANCEL);
        assertThat(admission.onEvent(PRODUCER, epoch, 2, 1, false)).isEqualTo(Outcome.ACCEPT);
    }

    @Test
    void shouldNotWaitForASwapThatHasGoneSilent() {
        admission.onGenesis(7, GENESIS);
        final long epoch = opened(PRODUCER);
        final long fill = opened(FILLER);
        admission.onSwap(FILLER, fill, 1, 1, ClusterMessages.SWAP_BEGIN);
        admission.onTime(TableLoads.SILENCE_US);
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 1, false)).isEqualTo(Outcome.ACCEPT);
        assertThat(admission.onSwap(FILLER, fill, 2, 1, ClusterMessages.SWAP_END))
                .isEqualTo(Outcome.ACKNOWLEDGE);
    }

    @Test
    void shouldAcknowledgeAndPassOverTheRestOfASwapThatAnotherHasEnded() {
        admission.onGenesis(7, GENESIS);
        final long first = opened(FILLER);
        final long second = opened(PRODUCER);
        admission.onSwap(FILLER, first, 1, 2, ClusterMessages.SWAP_BEGIN);
        admission.onSwap(PRODUCER, second, 1, 2, ClusterMessages.SWAP_BEGIN);
        assertThat(admission.onSwap(FILLER, first, 2, 2, ClusterMessages.SWAP_ROWS))
                .isEqualTo(Outcome.ACKNOWLEDGE);
        assertThat(admission.onSwap(FILLER, first, 3, 2, ClusterMessages.SWAP_END))
                .isEqualTo(Outcome.ACKNOWLEDGE);
        assertThat(admission.missingTables()).isEqualTo(0b10);
    }

    @Test
    void shouldRefuseATableThatIsNotThere() {
        admission.onGenesis(7, GENESIS);
        final long epoch = opened(PRODUCER);
        assertThat(admission.onEvent(PRODUCER, epoch, 1, 3, false)).isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(ClusterMessages.INVALID);
        assertThat(admission.onSwap(PRODUCER, epoch, 1, 0, ClusterMessages.SWAP_BEGIN))
                .isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(ClusterMessages.INVALID);
    }

    @Test
    void shouldGiveAProducerThatWasForgottenAnEpochThatNoInstanceOfItEverHad() {
        admission.onGenesis(7, GENESIS);
        admission.onTime(1_000);
        final long before = opened(PRODUCER);
        admission.onTime(1_000 + 1_000_000);
        opened(FILLER); // forgets
        assertThat(opened(PRODUCER)).isGreaterThan(before);
        assertThat(admission.last()).isZero();
    }
}
