package io.pinion.jmh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoreSharingTest {
    @Test
    void shouldSayInHowManyProcessesACoreWasShared() {
        assertThat(CoreSharing.noteOn(List.of(0.55, 0.56, 0.77, 0.55)))
                .hasValueSatisfying(
                        note -> assertThat(note).contains("In 1 of 4 processes").contains("up to 1.40 times"));
    }

    @Test
    void shouldSayNothingWhereNoneWas() {
        assertThat(CoreSharing.noteOn(List.of(0.55, 0.57, 0.55))).isEmpty();
        assertThat(CoreSharing.noteOn(List.of())).isEmpty();
    }
}
