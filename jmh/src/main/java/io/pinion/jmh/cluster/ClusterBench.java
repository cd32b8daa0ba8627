package io.pinion.jmh.cluster;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.RateFigures;
import io.pinion.jmh.rig.RateRun;
import io.pinion.jmh.rig.RigPlan;
import io.pinion.jmh.rig.Subprocess;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Three members beside a bare cluster's three, in turn, each time in new processes on empty directories: from when an event
 * was due at the producer until it is at the target, the highest rate, and how long nothing comes after the leader was
 * killed.
 */
public final class ClusterBench {
    private static final List<Long> RATES = List.of(1_000L, 10_000L);
    private static final long FILL_EVENTS = 20_000;

    private static final double WARM_UP_SECONDS = 4;
    /** As the profiles have it. */
    private static final int HEARTBEAT_MS = 2_000;

    private static final long PATIENCE_S = 300;
    private static final int QUICK_KILLS = 3;
    private static final int KILLS = 20;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;
    private final ObjectMapper mapper = new ObjectMapper();
    /** Kills come at any moment between two heartbeats; where they do is drawn, and the same for both. */
    private Random moments = new Random(0);

    private int rigs;

    /**
     * Makes one.
     *
     * @param place    where.
     * @param results  to add to.
     * @param progress is told what is going on.
     * @param quick    one short fork without waiting for the disk, and 3 kills, not 20.
     */
    public ClusterBench(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    /** Runs all of it. */
    public void run() {
        for (final int sync : quick ? new int[] {0} : new int[] {0, 1}) {
            for (int fork = 0; fork < (quick ? 1 : 3); fork++) {
                for (final ClusterContender contender : inTurn(fork)) {
                    progress.accept("three members, file sync level " + sync + ", " + contender.label());
                    measureRates(contender, sync);
                }
            }
        }
        for (final ClusterContender contender : inTurn(0)) {
            progress.accept("three members, the leader killed, " + contender.label());
            measureFailover(contender);
        }
    }

    private static List<ClusterContender> inTurn(final int fork) {
        return fork % 2 == 0
                ? List.of(ClusterContender.ECHO, ClusterContender.PINION)
                : List.of(ClusterContender.PINION, ClusterContender.ECHO);
    }

    private MemberPlan members(final int sync) {
        return MemberPlan.ofThree(place.folder(), Workplace.freeUdpChannel(), HEARTBEAT_MS, sync);
    }

    private void measureRates(final ClusterContender contender, final int sync) {
        final MemberPlan plan = members(sync);
        final RigPlan load =
                new RigPlan(-1, null, "job", FILL_EVENTS, WARM_UP_SECONDS, RATES, quick ? 5 : 10, true, quick ? 1 : 3);
        try (Members members = Members.start(place, contender, plan)) {
            final Path found = newFile("runs");
            try (Subprocess rig = rig(new ClusterRigPlan(contender, plan, load, null, null), found)) {
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

    private void measureFailover(final ClusterContender contender) {
        moments = new Random(HEARTBEAT_MS);
        final MemberPlan plan = members(0);
        final Path found = newFile("silences");
        final Path started = newFile("started");
        final Path stop = newFile("stop");
        final List<Long> kills = new ArrayList<>();
        try (Members members = Members.start(place, contender, plan);
                Subprocess rig =
                        rig(new ClusterRigPlan(contender, plan, null, started.toString(), stop.toString()), found)) {
            while (!Files.exists(started)) {
                rig.requireAlive();
                members.requireAlive();
                Members.pause(Duration.ofMillis(100));
            }
            for (int i = 0; i < (quick ? QUICK_KILLS : KILLS); i++) {
                // Time to be warm, and for the one before to have caught up.
                Members.pause(Duration.ofMillis(HEARTBEAT_MS + moments.nextInt(HEARTBEAT_MS)));
                final int leader = members.awaitLeader();
                kills.add(members.kill(leader));
                members.awaitLeader();
                members.start(leader);
                members.awaitBack(leader);
            }
            Members.pause(Duration.ofMillis(HEARTBEAT_MS));
            Files.createFile(stop);
            rig.awaitSuccess(PATIENCE_S);
            add(contender, kills, mapper.readValue(found.toFile(), new TypeReference<List<Silence>>() {}));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(final ClusterContender contender, final List<Long> kills, final List<Silence> silences) {
        for (int i = 0; i < kills.size(); i++) {
            final OptionalLong gap =
                    Silence.gapNs(silences, kills.get(i), i + 1 < kills.size() ? kills.get(i + 1) : System.nanoTime());
            gap.ifPresentOrElse(
                    ns -> results.add("cluster." + contender.label() + ".failover", ns),
                    () -> results.note("No gap was seen after the leader of " + contender.label() + " was killed."));
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
