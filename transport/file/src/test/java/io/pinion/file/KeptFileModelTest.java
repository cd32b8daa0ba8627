package io.pinion.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.agrona.IoUtil;

/**
 * Against the plain list of all lines that were ever offered, each with its time: what is kept is its end; it is never too
 * long, nothing in it is too old, and nothing was removed that was neither.
 */
class KeptFileModelTest {
    private static final int BUFFER_BYTES = 40;
    private static final long MAX_BYTES = 16 * BUFFER_BYTES;
    private static final long KEEP_MS = Duration.ofMinutes(16).toMillis();
    private static final Retention RETENTION = new Retention(MAX_BYTES, Duration.ofMillis(KEEP_MS));

    /** Offers a line of this many bytes; or passes this many seconds; or ends the run and begins another. */
    private record Action(int lineBytes, int seconds, boolean isRestart) {}

    private record Line(String text, long atMs) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        final Arbitrary<Action> line =
                Arbitraries.integers().between(9, BUFFER_BYTES - 1).map(bytes -> new Action(bytes, 0, false));
        final Arbitrary<Action> time = Arbitraries.frequencyOf(
                        Tuple.of(5, Arbitraries.integers().between(1, 90)),
                        Tuple.of(1, Arbitraries.integers().between(90, 1_000)))
                .map(seconds -> new Action(0, seconds, false));
        return Arbitraries.frequencyOf(
                        Tuple.of(20, line), Tuple.of(3, time), Tuple.of(1, Arbitraries.of(new Action(0, 0, true))))
                .list()
                .ofMaxSize(300);
    }

    @Property(tries = 150)
    void shouldKeepTheEndOfAllLinesAsFarAsItIsToBeKept(@ForAll("actions") final List<Action> actions)
            throws IOException {
        final Path directory = Files.createTempDirectory("kept");
        try {
            run(actions, directory.resolve("lines.jsonl"));
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static void run(final List<Action> actions, final Path file) {
        final long[] nowMs = {1_000_000_000_000L};
        final List<Line> all = new ArrayList<>();
        long retired = 0;
        JsonLinesPublisher publisher = open(file, nowMs);
        try {
            for (final Action action : actions) {
                if (action.isRestart) {
                    publisher.close();
                    retired += publisher.retired();
                    publisher = open(file, nowMs);
                } else if (action.lineBytes > 0) {
                    final String text = String.format("%08d", all.size()) + "x".repeat(action.lineBytes - 8);
                    KeptFiles.offer(publisher, text);
                    all.add(new Line(text, nowMs[0]));
                }
                nowMs[0] += action.seconds * 1_000L;
                KeptFiles.settle(publisher);
                check(file, all, retired + publisher.retired(), nowMs[0]);
            }
        } finally {
            publisher.close();
        }
    }

    private static JsonLinesPublisher open(final Path file, final long[] nowMs) {
        return JsonLinesPublisher.kept(file, RETENTION, BUFFER_BYTES, () -> nowMs[0]);
    }

    private static void check(final Path file, final List<Line> all, final long retired, final long nowMs) {
        final List<String> kept = KeptFiles.lines(file);
        final int gone = all.size() - kept.size();
        assertThat(kept).isEqualTo(all.stream().skip(gone).map(Line::text).toList());
        assertThat(retired).as("retired").isEqualTo(gone);
        assertThat(KeptFiles.bytes(file)).as("bytes on disk").isLessThanOrEqualTo(MAX_BYTES);
        if (gone < all.size()) {
            assertThat(nowMs - all.get(gone).atMs).as("age of the oldest").isLessThan(KEEP_MS);
        }
        if (gone > 0) {
            final long bytesSince = all.stream()
                    .skip(gone - 1)
                    .mapToLong(line -> line.text.length() + 1)
                    .sum();
            final boolean wasToGo = bytesSince > MAX_BYTES * 3 / 4 || nowMs - all.get(gone - 1).atMs >= KEEP_MS * 3 / 4;
            assertThat(wasToGo)
                    .as("the last that went had %s bytes from it on", bytesSince)
                    .isTrue();
        }
    }
}
