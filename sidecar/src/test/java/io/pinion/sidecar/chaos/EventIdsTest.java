package io.pinion.sidecar.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventIdsTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindTheNumberOfAnEvent() {
        assertThat(in("{\"at\":5,\"eventId\":1099511627777,\"userId\":3}")).isEqualTo(1_099_511_627_777L);
    }

    @Test
    void shouldFindItInADeadLetter() {
        assertThat(in("{\"stage\":\"user\",\"position\":17,\"event\":{\"eventId\":42}}"))
                .isEqualTo(42);
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThat(in("{\"stage\":\"ingress\",\"bytes\":\"e30=\"}")).isEqualTo(DeliveryAccount.UNNAMED);
        assertThat(in("\"eventId\"")).isEqualTo(DeliveryAccount.UNNAMED);
    }

    @Test
    void shouldReadWholeLinesOfAFileInTheirOrder() throws Exception {
        final Path file =
                Files.writeString(folder.resolve("f"), "{\"eventId\":2}\n{\"eventId\":1}\n{}\n{\"eventId\":9}");
        final List<Long> found = new ArrayList<>();
        EventIds.ofLines(file, found::add);
        assertThat(found).containsExactly(2L, 1L, 0L);
    }

    @Test
    void shouldFindNothingInAFileThatIsNotThere() {
        EventIds.ofLines(folder.resolve("none"), id -> {
            throw new AssertionError(id);
        });
    }

    private static long in(final String json) {
        final byte[] bytes = ("..." + json + "\"eventId\":77").getBytes(StandardCharsets.UTF_8);
        return EventIds.in(new UnsafeBuffer(bytes), 3, json.length());
    }
}
