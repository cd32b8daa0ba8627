package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashBallotTest {
    private static final long HERE = 100;

    private static SectionHashes own(final long... hashes) {
        return new SectionHashes(HERE, List.of("first", "second"), hashes);
    }

    private static HashBallot ballotOf(final int members) {
        return new HashBallot(0, members);
    }

    @Test
    void shouldNameTheSectionThatMostOthersHaveOtherwise() {
        final HashBallot ballot = ballotOf(3);
        ballot.vote(1, HERE, new long[] {1, 2});
        ballot.vote(2, HERE, new long[] {1, 2});
        assertThat(ballot.verdict(own(1, 2))).isNull();
        assertThat(ballot.verdict(own(1, 9)))
                .contains("member 0")
                .contains("position 100")
                .contains("\"second\"");
    }

    @Test
    void shouldNotJudgeByFewerThanMost() {
        final HashBallot ballot = ballotOf(3);
        ballot.vote(1, HERE, new long[] {1, 2});
        assertThat(ballot.verdict(own(1, 9))).isNull();
        ballot.vote(2, HERE, new long[] {1, 3});
        assertThat(ballot.verdict(own(1, 9))).isNull();
    }

    @Test
    void shouldNotCompareWhatIsOfAnotherPosition() {
        final HashBallot ballot = ballotOf(3);
        ballot.vote(1, HERE, new long[] {1, 2});
        ballot.vote(2, HERE + 1, new long[] {1, 2});
        assertThat(ballot.verdict(own(1, 9))).isNull();
    }

    @Test
    void shouldPassOverWhatIsOlder() {
        final HashBallot ballot = ballotOf(3);
        ballot.vote(1, HERE, new long[] {1, 2});
        ballot.vote(2, HERE, new long[] {1, 2});
        ballot.vote(2, HERE - 1, new long[] {7, 7});
        assertThat(ballot.verdict(own(1, 9))).isNotNull();
    }

    @Test
    void shouldPassOverWhoIsNoMember() {
        final HashBallot ballot = ballotOf(1);
        ballot.vote(5, HERE, new long[] {1, 2});
        ballot.vote(-1, HERE, new long[] {1, 2});
        assertThat(ballot.verdict(own(1, 9))).isNull();
    }
}
