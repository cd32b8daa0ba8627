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
 * events that a byte for each could not be missed. What it leaves for the time that passes, and for a producer that comes
 * and goes, is measured too, and taken off.
 */
public final class SidecarGarbage {
    /** What a thread has claimed counts as used: with the JVM's own sizes, megabytes. */
    private static final String SMALL_TLABS = "-XX:-ResizeTLAB -XX:TLABSize=8k";

    private static final long PATIENCE_S = 240;
    private static final long IDLE_MS = 5_000;
    /** A run that is mostly coming and going. */
    private static final long FEW = 1_000;

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
     * @param quick    one transport and layout, fewer events.
     */
    public SidecarGarbage(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    /** Measures all transports and layouts, or one of each in a hurry. */
    public void run() {
        measure(Wire.udp(), "one-thread");
        if (!quick) {
            measure(Wire.ipc(), "one-thread");
            measure(Wire.udp(), "thread-per-stage");
            measure(Wire.ipc(), "thread-per-stage");
        }
    }

    private void measure(final Wire wire, final String layout) {
        progress.accept("garbage of a sidecar over " + wire.label() + ", " + layout);
        final List<String> command = Contender.sidecar(place, wire, layout);
        command.addAll(List.of("--idle", "yielding")); // more spinning threads than cores would take forever
        final long events = quick ? 500_000 : 1_000_000;
        try (Subprocess sidecar = Subprocess.start("sidecar", place.folder(), command, SMALL_TLABS)) {
            // Warms up: the media driver makes iterators while it polls, until the compiler sees that nobody keeps
            // them.
            send(wire, sidecar, events);
            // The first look at the heap leaves something itself.
            heapKib(sidecar);
            final Growth idle = grow(sidecar, SidecarGarbage::pause);
            final Growth few = grow(sidecar, () -> send(wire, sidecar, FEW));
            final Growth many = grow(sidecar, () -> send(wire, sidecar, events));
            if (idle.bytes() < 0 || few.bytes() < 0 || many.bytes() < 0) {
                results.note("A sidecar over " + wire.label() + ", " + layout
                        + ", collected garbage while it was looked at: how much it leaves was not measured.");
                return;
            }
            final double perSecond = idle.bytes() / idle.seconds();
            final double ofEvents = many.bytes() - few.bytes() - perSecond * (many.seconds() - few.seconds());
            final String name = "garbage." + wire.label() + "." + layout;
            results.add(name + ".bytes", Math.max(0, ofEvents / (events - FEW)));
            results.add(name + ".idleBytesPerSecond", perSecond);
        } finally {
            wire.clean();
        }
    }

    private void send(final Wire wire, final Subprocess sidecar, final long events) {
        final RigPlan plan =
                new RigPlan(-1, wire.address(Contender.BACK_STREAMS), "job", events, 0, List.of(), 1, 1, false, 1);
        RigProcess.run(place, plan, sidecar, PATIENCE_S);
    }

    /**
     * How a heap grew.
     *
     * @param bytes   it grew by.
     * @param seconds in this time.
     */
    private record Growth(double bytes, double seconds) {}

    private static Growth grow(final Subprocess process, final Runnable action) {
        final long beforeKib = heapKib(process);
        final long fromNs = System.nanoTime();
        action.run();
        final double seconds = (System.nanoTime() - fromNs) / 1e9;
        return new Growth((heapKib(process) - beforeKib) * 1024.0, seconds);
    }

    private static void pause() {
        try {
            Thread.sleep(IDLE_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
