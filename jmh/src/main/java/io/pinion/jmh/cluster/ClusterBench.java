package io.pinion.jmh.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.aeron.FreePorts;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.RateFigures;
import io.pinion.jmh.rig.RateRun;
import io.pinion.jmh.rig.RigPlan;
import io.pinion.jmh.rig.Subprocess;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Members of Pinion beside those of a bare cluster, in turn, each time in new processes on empty directories: from when an
 * event was due at the producer until it is at the target, the highest rate, how long nothing comes after the leader was
 * killed or while a snapshot is taken, and how long a restart takes.
 */
public final class ClusterBench {
    /** As the profiles have it. */
    static final int HEARTBEAT_MS = 2_000;

    private static final List<Long> RATES = List.of(1_000L, 10_000L);
    private static final long FILL_EVENTS = 20_000;
    private static final double WARM_UP_SECONDS = 8;
    private static final long PATIENCE_S = 300;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;
    private final ObjectMapper mapper = new ObjectMapper();
    private int rigs;

    /**
     * Makes one.
     *
     * @param place    where.
     * @param results  to add to.
     * @param progress is told what is going on.
     * @param quick    one short fork, fewer kills, a million keys and events, not ten as well.
     */
    public ClusterBench(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    /** From producer to target: latencies, and the highest rate held. */
    public void runRates() {
        for (final int sync : new int[] {0, 1}) {
            for (int fork = 0; fork < (quick ? 1 : 3); fork++) {
                for (final ClusterContender contender : ClusterContender.inTurn(fork)) {
                    progress.accept("three members, file sync level " + sync + ", " + contender.label());
                    measureRates(contender, sync);
                }
            }
        }
    }

    /** The leader killed. */
    public void runFailover() {
        new FailoverBench(place, results, progress, quick).run();
    }

    /** Snapshots, and restarts. */
    public void runState() {
        new SnapshotBench(place, results, progress, quick).run();
        new RecoveryBench(place, results, progress, quick).run();
    }

    private void measureRates(final ClusterContender contender, final int sync) {
        final MemberPlan plan = MemberPlan.ofThree(place.folder(), FreePorts.channel(), HEARTBEAT_MS, sync);
        final RigPlan load = new RigPlan(
                -1, null, "job", FILL_EVENTS, WARM_UP_SECONDS, RATES, quick ? 5 : 10, 1, true, quick ? 1 : 3);
        try (Members members = Members.start(place, contender, plan)) {
            members.awaitAll();
            final Path found = newFile("runs");
            try (Subprocess rig = rig(new ClusterRigPlan(contender, plan, load), found)) {
                rig.awaitSuccess(PATIENCE_S);
            }
            members.requireAlive();
            RateFigures.add(
                    results,
                    "cluster.sync" + sync + "." + contender.label() + ".",
                    contender.label() + " of three members, file sync level " + sync + ",",
                    RATES,
                    mapper.readValue(found.toFile(), new TypeReference<List<RateRun>>() {}));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Subprocess rig(final ClusterRigPlan plan, final Path found) throws IOException {
        final Path file = newFile("rig-plan");
        mapper.writeValue(file.toFile(), plan);
        return Subprocess.start("rig", place.folder(), place.java(ClusterRig.class, file, found));
    }

    private Path newFile(final String name) {
        return place.folder().resolve("cluster-" + name + "-" + rigs++);
    }
}
