package io.pinion.sidecar;

import io.pinion.engine.EdgeException;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.file.JsonLinesAdapter;
import io.pinion.file.JsonLinesPublisher;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a graph over a file, as fast as it can, through the same ring that runs live; log time is the events' own. */
final class Replay {
    private static final Duration REFRESH = Duration.ofMillis(100);
    private static final int BAR_WIDTH = 24;

    private final Deployment<?> deployment;
    private final Path in;
    private final InputStream standardIn;
    private final ReplayOutputs outputs;
    private final boolean isForce;

    /**
     * Makes one.
     *
     * @param deployment what to run.
     * @param in         the file, or null for standard input.
     * @param standardIn read where there is no file.
     * @param outputs    checked already.
     * @param isForce    whether to write over files.
     */
    Replay(
            final Deployment<?> deployment,
            final Path in,
            final InputStream standardIn,
            final ReplayOutputs outputs,
            final boolean isForce) {
        this.deployment = deployment;
        this.in = in;
        this.standardIn = standardIn;
        this.outputs = outputs;
        this.isForce = isForce;
    }

    RunReport run() {
        deployment.loadTables();
        final int maxFrameBytes = deployment.profile().maxFrameBytes();
        try (Opened opened = new Opened()) {
            final JsonLinesAdapter adapter = opened.add(
                    in == null
                            ? JsonLinesAdapter.ofStream(standardIn, "standard input", maxFrameBytes)
                            : JsonLinesAdapter.ofFile(in, maxFrameBytes));
            final Processor.Builder<?> builder =
                    deployment.processor().ingress(adapter, FrameFormat.JSON).logTimeFromEvents();
            outputs.byTarget()
                    .forEach((target, file) -> builder.egress(target, opened.add(publisher(file)), FrameFormat.JSON));
            try (Processor<?> processor = builder.build()) {
                opened.handOver();
                return run(processor, adapter);
            }
        }
    }

    private JsonLinesPublisher publisher(final Path file) {
        return new JsonLinesPublisher(
                file,
                isForce ? JsonLinesPublisher.Existing.REPLACE : JsonLinesPublisher.Existing.REFUSE,
                JsonLinesPublisher.WhenFailing.FAIL);
    }

    private RunReport run(final Processor<?> processor, final JsonLinesAdapter adapter) {
        final long beganNs = System.nanoTime();
        try (StatusLine line = StatusLine.onTerminal()) {
            processor.start();
            while (!processor.awaitEnd(REFRESH)) {
                if (line.isVisible()) {
                    line.show(progress(adapter, System.nanoTime() - beganNs));
                }
            }
        } catch (final EdgeException failed) {
            throw new EdgeException(failed.getMessage() + " The outputs hold only what came before it.", failed);
        }
        return RunReport.of(deployment, processor, System.nanoTime() - beganNs, Map.of(), outputs.names(), notes());
    }

    private List<String> notes() {
        final List<String> notes = new ArrayList<>();
        if (!deployment.graph().hasEventTime()) {
            notes.add("the graph declares no event time, so the log's time stood still in this replay:"
                    + " windows, where it has any, never ended. Declare it with .eventTime(…).");
        }
        for (final ReferenceTable<?> table : deployment.graph().tables()) {
            if (table.updates() != null) {
                notes.add("the table \"" + table.name() + "\" has live updates, and a replay reads none.");
            }
        }
        return notes;
    }

    private static String progress(final JsonLinesAdapter adapter, final long elapsedNs) {
        final String counts = Units.of(adapter.lines(), "event") + "  " + Units.rate(adapter.lines(), elapsedNs);
        if (adapter.totalBytes() <= 0) {
            return counts;
        }
        final double done = Math.min(1, (double) adapter.bytesRead() / adapter.totalBytes());
        final int filled = (int) (done * BAR_WIDTH);
        return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] "
                + String.format("%3d", (int) (done * 100)) + " %  " + counts;
    }
}
