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
        try {
            final ObjectMapper mapper = new ObjectMapper();
            final Path in = place.folder().resolve("rig-plan.json");
            final Path out = place.folder().resolve("rig-runs.json");
            mapper.writeValue(in.toFile(), plan);
            try (Subprocess rig = Subprocess.start("rig", place.folder(), place.java(LoadRig.class, in, out))) {
                rig.awaitSuccess(patience);
            } catch (final IllegalStateException e) {
                other.requireAlive();
                throw e;
            }
            other.requireAlive();
            return mapper.readValue(out.toFile(), new TypeReference<List<RateRun>>() {});
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
