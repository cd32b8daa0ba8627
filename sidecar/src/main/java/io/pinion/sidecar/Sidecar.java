package io.pinion.sidecar;

import io.pinion.engine.EdgeException;
import io.pinion.engine.Processor;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A graph that runs until it is told to stop, then drains and ends. One thread, besides those of the processor, and the
 * JVM's own for a second signal.
 */
final class Sidecar {
    private static final Duration TICK = Duration.ofMillis(250);
    private static final long WATCH_NS = TimeUnit.SECONDS.toNanos(1);

    private final Deployment<?> deployment;
    private final Map<String, EdgeAddress> egresses;
    private final Duration drainTimeout;
    private final PrintWriter out;
    private final PrintWriter err;
    private StatusLine line;
    private TableReloads reloads;
    private volatile Processor<?> processor;

    /**
     * Makes one.
     *
     * @param deployment   checked already, its tables loaded.
     * @param egresses     where each target's events go.
     * @param drainTimeout how long the end may take.
     * @param out          for the line that says that it runs.
     * @param err          for what a person should know meanwhile.
     */
    Sidecar(
            final Deployment<?> deployment,
            final Map<String, EdgeAddress> egresses,
            final Duration drainTimeout,
            final PrintWriter out,
            final PrintWriter err) {
        this.deployment = deployment;
        this.egresses = egresses;
        this.drainTimeout = drainTimeout;
        this.out = out;
        this.err = err;
    }

    /**
     * How it ended.
     *
     * @param report  what came of it.
     * @param failure a sentence that says why it did not end well, or null.
     * @param cause   what was thrown, or null.
     */
    record Ending(RunReport report, String failure, Throwable cause) {}

    /** Runs until a signal comes, or it fails. */
    Ending run() {
        return run(StatusLine.onTerminal(), () -> {}, () -> false);
    }

    /**
     * Runs until a signal comes, or what feeds it has ended, or it fails.
     *
     * @param status    shows how it goes.
     * @param onRunning called once it takes events.
     * @param hasEnded  whether nothing more will come.
     */
    Ending run(final StatusLine status, final Runnable onRunning, final BooleanSupplier hasEnded) {
        line = status;
        try (LiveEdges edges = new LiveEdges(deployment, egresses);
                Processor<?> running = edges.newProcessor()) {
            processor = running;
            final StopSignals signals = StopSignals.install(this::stopAtOnce);
            reloads = new TableReloads(deployment, running, this::tell);
            StopSignals.on("HUP", reloads::ask);
            final long beganNs = System.nanoTime();
            running.start();
            sayReady(edges, running);
            onRunning.run();
            String failure = null;
            Throwable cause = null;
            try {
                failure = runUntilEnd(running, () -> signals.isStopWanted() || hasEnded.getAsBoolean(), edges, beganNs);
            } catch (final EdgeException failed) {
                failure = ErrorPrinter.messageOf(failed) + " "
                        + capitalised(Leftovers.of(running.account(), running.waiting())) + ".";
                cause = failed;
            }
            line.clear();
            final RunReport report = RunReport.of(
                    deployment,
                    running,
                    System.nanoTime() - beganNs,
                    running.latency(),
                    edges.names(),
                    edges.driverErrors());
            final EdgeException lost = close(running);
            if (lost == null) {
                return new Ending(report, failure, cause);
            }
            return failure == null
                    ? new Ending(report, lost.getMessage(), lost)
                    : new Ending(report, failure + " " + lost.getMessage(), cause);
        }
    }

    /** Closes it before its end is told, which what it could not put out is part of. @return that, or null. */
    private static EdgeException close(final Processor<?> running) {
        try {
            running.close();
            return null;
        } catch (final EdgeException lost) {
            return lost;
        }
    }

    /** @return null after a drain, or a sentence. */
    private String runUntilEnd(
            final Processor<?> running, final BooleanSupplier isStopWanted, final LiveEdges edges, final long beganNs) {
        final LiveLine live = new LiveLine(running, beganNs);
        final WaitWatch waits = new WaitWatch(this::tell);
        int errorsTold = 0;
        long drainedByNs = 0;
        long tellDrainAtNs = 0;
        boolean isDraining = false;
        boolean isDrainTold = false;
        long watchAtNs = beganNs + WATCH_NS;
        while (!running.awaitEnd(TICK)) {
            final long nowNs = System.nanoTime();
            if (isDraining && nowNs - drainedByNs >= 0) {
                return "did not drain within " + Units.durationOf(drainTimeout) + ": "
                        + Leftovers.of(running.account(), running.waiting()) + ".";
            }
            if (!isDraining && isStopWanted.getAsBoolean()) {
                isDraining = true;
                drainedByNs = nowNs + drainTimeout.toNanos();
                tellDrainAtNs = nowNs + WATCH_NS;
                running.drain();
            }
            if (isDraining && !isDrainTold && nowNs - tellDrainAtNs >= 0) {
                isDrainTold = true;
                tell("draining, for up to " + Units.durationOf(drainTimeout) + "; a second signal stops it at once");
            }
            reloads.observe();
            waits.observe(running.waiting(), nowNs);
            if (nowNs - watchAtNs >= 0) {
                watchAtNs = nowNs + WATCH_NS;
                errorsTold = tellNew(edges.driverErrors(), errorsTold);
                if (line.isShowing()) {
                    line.show(live.at(nowNs));
                }
            }
        }
        return null;
    }

    private int tellNew(final List<String> errors, final int told) {
        errors.stream().skip(told).forEach(this::tell);
        return errors.size();
    }

    private void tell(final String sentence) {
        line.clear();
        err.println("pinion: " + sentence);
        err.flush();
    }

    private void sayReady(final LiveEdges edges, final Processor<?> running) {
        final List<String> where = new ArrayList<>();
        edges.names().forEach((target, name) -> where.add("  " + target + " → " + name));
        out.println(deployment.source().name() + " is running: " + edges.ingress() + "; layout "
                + deployment.layoutChoice() + ", " + Units.of(running.threads().size(), "thread")
                + "; Ctrl-C drains and stops");
        edges.updateNames().forEach((table, name) -> where.add("  table " + table + " ← " + name));
        out.println(where.stream().collect(Collectors.joining("\n")));
        out.flush();
    }

    /** On a thread of the JVM's: the one that waits for the drain is not waited for. */
    private void stopAtOnce() {
        final Processor<?> running = processor;
        if (running != null) {
            err.println("pinion: stopped at once: " + Leftovers.of(running.account(), running.waiting()) + ".");
            err.flush();
        }
        Runtime.getRuntime().halt(1);
    }

    private static String capitalised(final String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
