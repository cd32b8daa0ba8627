package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorLinesTest {
    private final List<String> told = new ArrayList<>();
    private final ErrorLines lines = new ErrorLines(told::add);

    @Test
    void shouldTellARequestThatIsRefusedAgainAndAgainOnceAndKeepRoomForOthers() {
        for (int i = 0; i < 1_000; i++) {
            lines.onError(new IllegalStateException("response for correlationId=" + i + ", error: recording 7"));
        }
        lines.onError(new IllegalStateException("response for correlationId=1, error: recording 8"));
        assertThat(told)
                .containsExactly(
                        "java.lang.IllegalStateException: response for correlationId=0, error: recording 7",
                        "java.lang.IllegalStateException: response for correlationId=1, error: recording 8");
        assertThat(lines.lines()).isEqualTo(told);
    }

    @Test
    void shouldTellAndKeepNoMoreThanItsBound() {
        for (int i = 0; i < 1_000; i++) {
            lines.onError(new IllegalStateException("recording " + i));
        }
        assertThat(told).hasSize(100);
        assertThat(lines.lines()).hasSize(100);
    }
}
