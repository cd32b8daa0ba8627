package io.pinion.jmh.graph;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Code that was compiled while batches were large must do for events that come alone. What the compiler took for granted then and is not so
 * sends it back to the interpreter, which costs more than all four operators, and where it does not compile anew it does so for each
 * event (ADR 8, 21). The flight recorder counts that.
 */
class LoneEventsTest {
    /** Enough for the compiler to be sure. */
    private static final int IN_BATCHES = 20_000_000;

    private static final int ALONE = 50_000;

    @TempDir
    private Path directory;

    @Test
    void shouldStayInCompiledCodeAfterLargeBatches() throws IOException {
        final NumberedEvents events = new NumberedEvents();
        try (PinionJob job = PinionJob.ofNumbers(events, Layout.stepped())) {
            events.add(IN_BATCHES);
            job.runDry();

            final List<RecordedEvent> left = recorded(() -> runOneByOne(job, events));
            assertThat(left.size())
                    .as(
                            "how often compiled code was left for %d events that came alone: %s",
                            ALONE, left.stream().collect(groupingBy(LoneEventsTest::describe, counting())))
                    .isLessThan(ALONE / 50);
        }
    }

    private static void runOneByOne(final PinionJob job, final NumberedEvents events) {
        for (int i = 0; i < ALONE; i++) {
            events.add(1);
            job.runDry();
        }
    }

    private List<RecordedEvent> recorded(final Runnable work) throws IOException {
        try (Recording recording = new Recording()) {
            recording.enable("jdk.Deoptimization").withoutStackTrace();
            recording.start();
            work.run();
            recording.stop();
            final Path file = directory.resolve("alone.jfr");
            recording.dump(file);
            return RecordingFile.readAllEvents(file);
        }
    }

    private static String describe(final RecordedEvent deoptimization) {
        return deoptimization.getValue("method.name") + " line " + deoptimization.getInt("lineNumber") + ", "
                + deoptimization.getString("reason") + ", " + deoptimization.getString("action");
    }
}
