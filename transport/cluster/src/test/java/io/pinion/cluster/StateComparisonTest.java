package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class StateComparisonTest {
    private static final long POSITION = 4_096;

    private final StateComparison comparison = new StateComparison();
    private final ExpandableArrayBuffer answer = new ExpandableArrayBuffer();

    private void says(final int member, final long hash, final String section) {
        final int length = ClusterMessages.checked(answer, member, 3, POSITION, hash, section);
        comparison.onAnswer(answer, 0, length);
    }

    @Test
    void shouldSayWhereAllAreTheSame() {
        says(1, 5, "");
        says(0, 5, "");
        assertThat(comparison.isComplete()).isFalse();
        says(2, 5, "");
        assertThat(comparison.isEqual()).isTrue();
        assertThat(comparison.verdict())
                .isEqualTo("The state of all 3 members is the same at position 4096 of the log.");
    }

    @Test
    void shouldNameWhoDiffersAndInWhat() {
        says(0, 5, "");
        says(1, 6, "once");
        says(2, 5, "");
        assertThat(comparison.isComplete()).isTrue();
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.verdict())
                .startsWith("The members differ at position 4096 of the log, in the section \"once\":"
                        + " 0 and 2 have one state, 1 another.")
                .contains("seed it");
    }

    /** A leader that differs ends itself, perhaps before it has said its own. */
    @Test
    void shouldKnowThatALeaderDiffersWhichHasNotSaidItsOwn() {
        says(0, 5, "once");
        says(1, 5, "once");
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.verdict())
                .startsWith("The members differ at position 4096 of the log, in the section \"once\": 0 and 1 have one"
                        + " state, the leader another.")
                .contains("Nothing was heard of member 2");
    }

    @Test
    void shouldNameWhoSaysNothing() {
        says(0, 5, "");
        says(2, 5, "");
        assertThat(comparison.isEqual()).isFalse();
        assertThat(comparison.verdict())
                .isEqualTo(
                        "The state of those that said it is the same at position 4096 of the log. Nothing was heard of"
                                + " member 1: see whether it runs, and ask again.");
    }

    @Test
    void shouldSayThatNobodyHasAnswered() {
        assertThat(comparison.isComplete()).isFalse();
        assertThat(comparison.verdict()).contains("No member");
    }

    @Test
    void shouldIgnoreWhatIsNoAnswerToACheck() {
        comparison.onAnswer(answer, 0, ClusterMessages.three(answer, ClusterMessages.ACK, 0, 1, 2, 3));
        final int length = ClusterMessages.checked(answer, 3, 3, POSITION, 5, "");
        comparison.onAnswer(answer, 0, length); // there is no member 3
        comparison.onAnswer(answer, 0, ClusterMessages.CHECKED_HEADER_BYTES);
        assertThat(comparison.isComplete()).isFalse();
        assertThat(comparison.verdict()).contains("No member");
    }
}
