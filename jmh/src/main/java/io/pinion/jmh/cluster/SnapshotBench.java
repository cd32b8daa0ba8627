package io.pinion.jmh.cluster;

import io.pinion.aeron.FreePorts;
import io.pinion.jmh.job.Job;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.TenfoldJob;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * How long nothing comes back while three members take a snapshot, with so many keys in the window of dedupe; the bare
 * cluster has no state, so its pause is what a snapshot costs without any.
 */
final class SnapshotBench {
    private static final int SNAPSHOTS = 3;
    private static final Duration AFTER = Duration.ofSeconds(1);
    private static final Duration WITHOUT = Duration.ofSeconds(3);

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;

    SnapshotBench(final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    void run() {
        measure(ClusterContender.ECHO, Job.class, 0, "0");
        measure(ClusterContender.PINION, Job.class, JobEvents.KEYS, "1m");
        if (!quick && Room.isFor("snapshots of 10M keys", place, results)) {
            measure(ClusterContender.PINION, TenfoldJob.class, TenfoldJob.TIMES * JobEvents.KEYS, "10m");
        }
    }

    private void measure(final ClusterContender contender, final Class<?> graph, final long keys, final String label) {
        progress.accept("three members, snapshots of " + label + " keys, " + contender.label());
        final MemberPlan plan = MemberPlan.ofThree(place.folder(), FreePorts.channel(), ClusterBench.HEARTBEAT_MS, 0)
                .withGraph(graph);
        final String figure = "cluster." + contender.label() + ".snapshot." + label;
        try (Members members = Members.start(place, contender, plan);
                Watch watch = Watch.begin(() -> contender.open(plan))) {
            watch.awaitReturn();
            members.awaitAll();
            watch.fill(keys + keys / 4); // one event in 16 is a repeat, one in ten lacks consent
            final long calmNs = System.nanoTime();
            Members.pause(WITHOUT);
            add(figure + ".without", watch.silences(), calmNs, System.nanoTime());
            for (int i = 0; i < SNAPSHOTS; i++) {
                final Silence snapshot = members.takeSnapshot();
                watch.awaitReturn();
                Members.pause(AFTER);
                results.add(figure + ".taken", snapshot.lengthNs());
                add(figure + ".pause", watch.silences(), snapshot.fromNs(), snapshot.toNs());
            }
        }
        results.median(figure + ".pause")
                .ifPresent(pauseNs -> results.note(String.format(
                        "%s, a snapshot of %s keys on three members: nothing came back for %.0f ms (%.0f ms in %d s"
                                + " without one).",
                        contender.title(),
                        label,
                        pauseNs / 1e6,
                        results.median(figure + ".without").orElse(0) / 1e6,
                        WITHOUT.toSeconds())));
    }

    private void add(final String figure, final List<Silence> silences, final long fromNs, final long untilNs) {
        final Silence longest = Silence.longest(silences, fromNs, untilNs);
        results.add(figure, longest == null ? 0 : longest.lengthNs());
    }
}
