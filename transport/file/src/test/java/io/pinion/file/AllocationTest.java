package io.pinion.file;

import static io.pinion.file.JsonLinesPublisherTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Frame;
import io.pinion.engine.IngressAdapter;
import io.pinion.file.JsonLinesPublisher.Existing;
import io.pinion.file.JsonLinesPublisher.WhenFailing;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {
    private static final int LINES = 200_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    @Test
    void shouldReadLinesWithoutGarbage() {
        final byte[] text =
                "{\"event\":\"12345678\",\"score\":0.25}\n".repeat(LINES).getBytes(StandardCharsets.UTF_8);
        final JsonLinesAdapter adapter = JsonLinesAdapter.ofStream(new ByteArrayInputStream(text), "text", 1_000);
        final IngressAdapter.FrameHandler handler = (buffer, offset, length, dueNs) -> true;
        readLines(adapter, handler, LINES / 2);
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        readLines(adapter, handler, LINES / 2);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000);
    }

    private static void readLines(
            final JsonLinesAdapter adapter, final IngressAdapter.FrameHandler handler, final int lines) {
        int read = 0;
        while (read < lines) {
            read += adapter.poll(handler, Math.min(16, lines - read));
        }
    }

    @Test
    void shouldWriteLinesWithoutGarbage() {
        final Frame frame = json("{\"event\":\"12345678\",\n\"score\":0.25}");
        try (JsonLinesPublisher publisher =
                new JsonLinesPublisher(directory.resolve("out.jsonl"), Existing.REFUSE, WhenFailing.WAIT, 4096)) {
            writeLines(publisher, frame);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            writeLines(publisher, frame);
            // The JDK may take a little for a write to a channel: per flush, never per line.
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(LINES / 2);
        }
    }

    /** Rolling a file takes some: a part is a hundred lines at least, and mostly many thousands. */
    @Test
    void shouldWriteLinesWithoutGarbageButForBeginningANewPart() {
        final Frame frame = json("{\"event\":\"12345678\",\n\"score\":0.25}");
        final Retention retention = new Retention(16L * LINES * frame.lengthBytes(), Duration.ofDays(1));
        try (JsonLinesPublisher publisher =
                JsonLinesPublisher.kept(directory.resolve("kept.jsonl"), retention, 4096, SystemEpochClock.INSTANCE)) {
            writeLines(publisher, frame);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            writeLines(publisher, frame);
            for (int i = 0; i < LINES; i++) {
                publisher.doWork();
            }
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(LINES / 2);
            assertThat(KeptFiles.parts(directory.resolve("kept.jsonl"))).isNotEmpty();
        }
    }

    private static void writeLines(final JsonLinesPublisher publisher, final Frame frame) {
        for (int i = 0; i < LINES; i++) {
            if (!publisher.offer(frame, 0)) {
                throw new AssertionError(publisher.whyWaiting());
            }
        }
    }
}
