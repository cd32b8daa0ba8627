package io.pinion.jmh.rig;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A load rig in a process of its own. */
public final class RigProcess {
    private RigProcess() {}

    /**
     * Runs a plan to its end.
     *
     * @param place    where.
     * @param plan     what to do.
     * @param other    the process at the other end, which has to outlive it.
     * @param patience in seconds.
     * @return what came of each rate.
     */
    public static List<RateRun> run(
            final Workplace place, final RigPlan plan, final Subprocess other, final long patience) {
        final Path out = place.folder().resolve("rig-runs.json");
        try (Subprocess rig =
                Subprocess.start("rig", place.folder(), place.java(LoadRig.class, written(place, plan, "rig"), out))) {
            rig.awaitSuccess(patience);
        } catch (final IllegalStateException e) {
            other.requireAlive();
            throw e;
        }
        other.requireAlive();
        return read(out);
    }

    /** Starts one that waits for its {@link Turns}, and writes what came of it to a file. */
    static Subprocess startInTurn(final Workplace place, final RigPlan plan, final String name, final Path out) {
        return Subprocess.startInTurn(
                name, place.folder(), place.java(LoadRig.class, written(place, plan, name), out, "in-turn"));
    }

    private static Path written(final Workplace place, final RigPlan plan, final String name) {
        try {
            final Path file = place.folder().resolve(name + "-plan.json");
            new ObjectMapper().writeValue(file.toFile(), plan);
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a rig wrote. */
    static List<RateRun> read(final Path runs) {
        try {
            return new ObjectMapper().readValue(runs.toFile(), new TypeReference<List<RateRun>>() {});
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
