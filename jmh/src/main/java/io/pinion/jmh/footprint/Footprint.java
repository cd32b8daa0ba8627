package io.pinion.jmh.footprint;

import io.pinion.aeron.FreePorts;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Echo;
import io.pinion.jmh.rig.FirstEvent;
import io.pinion.jmh.rig.LinkAddress;
import io.pinion.jmh.rig.RateRun;
import io.pinion.jmh.rig.RigPlan;
import io.pinion.jmh.rig.RigProcess;
import io.pinion.jmh.rig.Subprocess;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the profile {@code sidecar} takes with the graph {@code Feedback}. */
public final class Footprint {
    /** So that each of a million keys, and each page of the buffers, has been used. */
    private static final long EVENTS = 1_250_000;

    private static final int USERS = 10_000;
    private static final int INGRESS_STREAM = 1001;
    private static final List<Integer> TARGET_STREAMS = List.of(2001, 2002, 2003);
    private static final long PATIENCE_S = 300;
    private static final Pattern TOLD = Pattern.compile("(?m)^ *resident +([0-9.]+) (MiB|GiB)");

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;
    private final Path users;

    /**
     * Makes one.
     *
     * @param place    where.
     * @param results  to add to.
     * @param progress is told what is going on.
     * @param quick    fewer starts, shorter idling.
     */
    public Footprint(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
        users = place.folder().resolve("users.jsonl");
    }

    /** Measures all. */
    public void run() {
        writeUsers();
        final int starts = quick ? 2 : 7;
        for (int i = 0; i < starts; i++) {
            progress.accept("from the start to the first event, " + (i + 1) + " of " + starts);
            timeEcho();
            timeSidecar();
        }
        if (ProcessUsage.isTold()) {
            measureSidecar();
        } else {
            results.note("This system has no /proc/PID/smaps_rollup: memory and idling were not measured.");
        }
    }

    private void timeEcho() {
        final String to = FreePorts.channel();
        final String back = FreePorts.channel();
        results.add(
                "footprint.echo.firstEvent",
                FirstEvent.time(
                        "echo",
                        place,
                        new LinkAddress(null, to, INGRESS_STREAM, back, List.of(2001)),
                        place.java(Echo.class, "-", "-", to, INGRESS_STREAM, back, 2001)));
    }

    private void timeSidecar() {
        final LinkAddress address = newAddress();
        results.add(
                "footprint.pinion.firstEvent", FirstEvent.time("pinion", place, asProducer(address), sidecar(address)));
    }

    private static LinkAddress newAddress() {
        return new LinkAddress(null, FreePorts.channel(), INGRESS_STREAM, FreePorts.channel(), TARGET_STREAMS);
    }

    /** With the term length of the profile, which is what check counts with. */
    private static LinkAddress asProducer(final LinkAddress address) {
        return new LinkAddress(
                null,
                address.outChannel() + "|term-length=1m",
                address.outStream(),
                address.backChannel(),
                address.backStreams());
    }

    private List<String> sidecar(final LinkAddress address) {
        return place.pinion("run", "Feedback", "--profile", profile(address), "--table", "users=" + users);
    }

    private Path profile(final LinkAddress address) {
        return place.profile("sidecar", address.outChannel(), address.backChannel(), null);
    }

    private void measureSidecar() {
        final LinkAddress address = newAddress();
        progress.accept("resident memory of the profile sidecar, idling, and the first event after it");
        told(address);
        try (Subprocess sidecar = Subprocess.start("sidecar", place.folder(), sidecar(address))) {
            final int idleS = quick ? 4 : 20;
            final RigPlan fill =
                    new RigPlan(-1, address, "feedback", EVENTS, 0, List.of(10_000L, 2L), quick ? 4 : 10, 1, false, 1);
            final List<RateRun> runs = RigProcess.run(place, fill, sidecar, PATIENCE_S);
            results.add("footprint.at10k.p50", runs.get(0).histogram().getValueAtPercentile(50));
            results.add("footprint.afterIdling.p50", runs.get(1).histogram().getValueAtPercentile(50));
            results.add("footprint.afterIdling.max", runs.get(1).histogram().getMaxValue());
            results.addLatency("footprint.afterIdling", runs.get(1).histogram());
            final ProcessUsage usage = new ProcessUsage(sidecar.pid());
            results.add("footprint.residentMib", usage.residentMib());
            Thread.sleep(idleS * 1_000L); // the compilers work for some seconds on what the pause has changed
            final double before = usage.processorSeconds();
            final long fromNs = System.nanoTime();
            Thread.sleep(idleS * 1_000L);
            final double seconds = (System.nanoTime() - fromNs) / 1e9;
            results.add("footprint.idleCores", (usage.processorSeconds() - before) / seconds);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What {@code check} says beforehand. */
    private void told(final LinkAddress address) {
        try {
            final Process check = new ProcessBuilder(place.pinion(
                            "check", "Feedback", "--profile", profile(address), "--table", "users=" + users))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String text = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final Matcher told = TOLD.matcher(text);
            if (told.find()) {
                results.add(
                        "footprint.toldMib",
                        Double.parseDouble(told.group(1)) * (told.group(2).equals("GiB") ? 1024 : 1));
            } else {
                results.note("check does not tell what will be resident.");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeUsers() {
        try {
            Files.writeString(
                    users,
                    IntStream.rangeClosed(1, USERS)
                            .mapToObj(id -> "{\"userId\":" + id + ",\"tier\":\"free\",\"locale\":\"en-GB\"}\n")
                            .collect(Collectors.joining()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
