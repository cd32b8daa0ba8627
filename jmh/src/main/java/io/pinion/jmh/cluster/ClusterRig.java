package io.pinion.jmh.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import io.pinion.jmh.rig.LoadRig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A load rig in a process of its own: producer and consumer of three members, on one thread. */
public final class ClusterRig {
    private static final int POOL = 1 << 14;

    private ClusterRig() {}

    /**
     * Runs a plan.
     *
     * @param args a file with the {@link ClusterRigPlan} as JSON, and one to write to: rates, or silences.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        final ObjectMapper mapper = new ObjectMapper();
        final ClusterRigPlan plan = mapper.readValue(Path.of(args[0]).toFile(), ClusterRigPlan.class);
        final FramePool frames = FramePool.ofJob(POOL);
        try (FarEnd end = plan.contender().open(plan.members())) {
            final Object found = plan.load() != null
                    ? new LoadRig(end, frames).run(plan.load())
                    : new Watch(end, frames)
                            .run(() -> made(Path.of(plan.started())), () -> Files.exists(Path.of(plan.stop())));
            mapper.writeValue(Path.of(args[1]).toFile(), found);
        }
    }

    private static void made(final Path file) {
        try {
            Files.createFile(file);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
