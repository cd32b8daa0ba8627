package io.pinion.jmh.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final long KILL = 1_000;

    @Test
    void shouldCountFromTheKillToTheEndOfTheSilence() {
        assertThat(Silence.gapNs(List.of(new Silence(990, 3_500)), KILL, 9_000)).hasValue(2_500);
    }

    @Test
    void shouldNotTakeWhatWasStillOnItsWayForAnAnswer() {
        final List<Silence> silences = List.of(new Silence(995, 1_050), new Silence(1_060, 3_500));

        assertThat(Silence.gapNs(silences, KILL, 9_000)).hasValue(2_500);
    }

    @Test
    void shouldLeaveOutTheSilencesOfOtherKills() {
        final List<Silence> silences =
                List.of(new Silence(100, 900), new Silence(1_000, 1_200), new Silence(9_000, 9_999));

        assertThat(Silence.gapNs(silences, KILL, 9_000)).hasValue(200);
    }

    @Test
    void shouldSeeNoGapWhereNoneWas() {
        assertThat(Silence.gapNs(List.of(new Silence(100, 900)), KILL, 9_000)).isEmpty();
    }

    @Test
    void shouldFindTheLongestThatReachesIntoATime() {
        final Silence longest = new Silence(900, 3_000);

        assertThat(Silence.longest(List.of(new Silence(10, 800), longest, new Silence(3_000, 3_100)), KILL, 5_000))
                .isEqualTo(longest);
        assertThat(Silence.longest(List.of(longest), 3_000, 5_000)).isNull();
        assertThat(Silence.longest(List.of(longest), 100, 900)).isNull();
    }
}
