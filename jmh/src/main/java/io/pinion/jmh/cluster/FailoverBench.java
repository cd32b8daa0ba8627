package io.pinion.jmh.cluster;

import io.pinion.aeron.FreePorts;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Kills the leader of three, again and again, and counts how long nothing comes back. */
final class FailoverBench {
    private static final int QUICK_KILLS = 3;
    private static final int KILLS = 20;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final int kills;

    FailoverBench(final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        kills = quick ? QUICK_KILLS : KILLS;
    }

    void run() {
        for (final ClusterContender contender : ClusterContender.inTurn(0)) {
            progress.accept("three members, the leader killed, " + contender.label());
            measure(contender);
        }
        for (final ClusterContender contender : ClusterContender.inTurn(0)) {
            results.median(figure(contender))
                    .ifPresent(gapNs -> results.note(String.format(
                            "%s: the leader killed %d times, gap of %.2f s in the median, %.2f times the heartbeat timeout.",
                            contender.title(), kills, gapNs / 1e9, gapNs / 1e6 / ClusterBench.HEARTBEAT_MS)));
        }
    }

    private static String figure(final ClusterContender contender) {
        return "cluster." + contender.label() + ".failover";
    }

    private void measure(final ClusterContender contender) {
        final MemberPlan plan = MemberPlan.ofThree(place.folder(), FreePorts.channel(), ClusterBench.HEARTBEAT_MS, 0);
        // Kills come at any moment between two heartbeats; where they do is drawn, and the same for both.
        final Random moments = new Random(ClusterBench.HEARTBEAT_MS);
        final List<Long> killedNs = new ArrayList<>();
        try (Members members = Members.start(place, contender, plan);
                Watch watch = Watch.begin(() -> contender.open(plan))) {
            watch.awaitReturn();
            members.awaitAll();
            for (int i = 0; i < kills; i++) {
                // Time to be warm, and for the one before to have caught up.
                Members.pause(
                        Duration.ofMillis(ClusterBench.HEARTBEAT_MS + moments.nextInt(ClusterBench.HEARTBEAT_MS)));
                final int leader = members.awaitLeader();
                killedNs.add(members.kill(leader));
                members.awaitLeader();
                watch.awaitReturn();
                members.start(leader);
                members.awaitBack(leader);
            }
            Members.pause(Duration.ofMillis(ClusterBench.HEARTBEAT_MS));
            add(contender, killedNs, watch.silences());
        }
    }

    private void add(final ClusterContender contender, final List<Long> killedNs, final List<Silence> silences) {
        for (int i = 0; i < killedNs.size(); i++) {
            final long untilNs = i + 1 < killedNs.size() ? killedNs.get(i + 1) : System.nanoTime();
            Silence.gapNs(silences, killedNs.get(i), untilNs)
                    .ifPresentOrElse(
                            gapNs -> results.add(figure(contender), gapNs),
                            () -> results.note(
                                    "No gap was seen after the leader of " + contender.title() + " was killed."));
        }
    }
}
