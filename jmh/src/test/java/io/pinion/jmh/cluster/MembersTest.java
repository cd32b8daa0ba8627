package io.pinion.jmh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MembersTest {
    private static final String PRINTED = "Job is running\nmember 2 follows, term 0\nmember 2 leads, term 11\n";

    @Test
    void shouldReadTheTermOfTheLastRole() {
        assertThat(Members.termOf(PRINTED, "leads")).isEqualTo(11);
        assertThat(Members.termOf(PRINTED, "leads|follows")).isEqualTo(11);
    }

    @Test
    void shouldNotTakeAFormerLeaderForOne() {
        assertThat(Members.termOf(PRINTED + "member 2 follows, term 12\n", "leads"))
                .isNegative();
    }

    @Test
    void shouldKnowNobodyWhoHasNoRoleYet() {
        assertThat(Members.termOf("Job is running\n", "leads|follows")).isNegative();
    }
}
