package io.pinion.jmh.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import io.pinion.jmh.rig.LoadRig;
import java.nio.file.Path;

/** A load rig in a process of its own: producer and consumer of three members, on one thread. */
public final class ClusterRig {
    private static final int POOL = 1 << 14;

    private ClusterRig() {}

    /**
     * Runs a plan.
     *
     * @param args a file with the {@link ClusterRigPlan} as JSON, and one to write the rates to.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        final ObjectMapper mapper = new ObjectMapper();
        final ClusterRigPlan plan = mapper.readValue(Path.of(args[0]).toFile(), ClusterRigPlan.class);
        try (FarEnd end = plan.contender().open(plan.members())) {
            mapper.writeValue(Path.of(args[1]).toFile(), new LoadRig(end, FramePool.ofJob(POOL)).run(plan.load()));
        }
    }
}
