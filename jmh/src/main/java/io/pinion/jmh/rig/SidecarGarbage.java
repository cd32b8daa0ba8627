package io.pinion.jmh.rig;

import io.pinion.jmh.results.Results;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a whole sidecar leaves on its heap for each event: its heap is looked at from outside, before and after so many
 * events that a byte for each could not be missed.
 */
public final class SidecarGarbage {
    private static final long PATIENCE_S = 240;
    private static final Pattern USED = Pattern.compile("(?:generation|heap) +total [0-9]+K, used ([0-9]+)K");

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;

    /**
     * Makes one.
     *
     * @param place    where.
     * @param results  to add to.
     * @param progress is told what is going on.
     * @param quick    one layout, fewer events.
     */
    public SidecarGarbage(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    /** Measures all transports and layouts. */
    public void run() {
        final List<String> layouts = quick ? List.of("one-thread") : List.of("one-thread", "thread-per-stage");
        for (final String layout : layouts) {
            measure(Wire.udp(), layout);
            measure(Wire.ipc(), layout);
        }
    }

    private void measure(final Wire wire, final String layout) {
        progress.accept("garbage of a sidecar over " + wire.label() + ", " + layout);
        final List<String> command = Contender.sidecar(place, wire, layout);
        command.addAll(List.of("--idle", "yielding")); // more spinning threads than cores would take forever
        final long events = quick ? 400_000 : 1_000_000;
        try (Subprocess sidecar = Subprocess.start("sidecar", place.folder(), command)) {
            send(wire, sidecar, events / 2);
            heapKib(sidecar); // the first look leaves something itself
            final long before = heapKib(sidecar);
            send(wire, sidecar, events);
            final long after = heapKib(sidecar);
            if (after < before) {
                results.note("A sidecar over " + wire.label() + ", " + layout
                        + ", collected garbage while it was looked at: how much it leaves was not measured.");
            } else {
                results.add("garbage." + wire.label() + "." + layout + ".bytes", (after - before) * 1024.0 / events);
            }
        } finally {
            wire.clean();
        }
    }

    private void send(final Wire wire, final Subprocess sidecar, final long events) {
        final RigPlan plan =
                new RigPlan(-1, wire.address(Contender.PINION.backStreams()), "job", events, List.of(), 1, false, 1);
        RigProcess.run(place, plan, sidecar, PATIENCE_S);
    }

    private static long heapKib(final Subprocess process) {
        try {
            final Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            String.valueOf(process.pid()),
                            "GC.heap_info")
                    .redirectErrorStream(true)
                    .start();
            final String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final Matcher used = USED.matcher(text);
            long kib = 0;
            while (used.find()) {
                kib += Long.parseLong(used.group(1));
            }
            if (kib == 0) {
                throw new IllegalStateException("jcmd does not tell how much heap is used:\n" + text);
            }
            return kib;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
