package io.pinion.jmh.cluster;

import io.pinion.aeron.FreePorts;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * How long a member alone takes from its start, after it was killed, until an event is through again: with next to nothing
 * in its log, with a log to read again from its beginning, and with a snapshot. What the first two differ by is the replay.
 */
final class RecoveryBench {
    private static final int TIMES = 3;
    private static final int FULL_EVENTS = 10;
    private static final Duration CALM = Duration.ofSeconds(1);

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;

    RecoveryBench(final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    void run() {
        final boolean isMany = !quick && Room.isFor("replay of 10M events", place, results);
        final long events = (isMany ? FULL_EVENTS : 1L) * JobEvents.KEYS;
        for (final ClusterContender contender : ClusterContender.inTurn(0)) {
            progress.accept("one member, killed and started again, " + contender.label());
            measure(contender, events);
        }
    }

    private void measure(final ClusterContender contender, final long events) {
        final String figure = "cluster." + contender.label() + ".recovery.";
        final MemberPlan plan = MemberPlan.ofOne(place.folder(), FreePorts.channel(), ClusterBench.HEARTBEAT_MS, 0);
        try (Members members = Members.start(place, contender, plan);
                Watch watch = Watch.begin(() -> contender.open(plan))) {
            watch.awaitReturn();
            restart(members, watch, figure + "empty");
            watch.fill(events);
            results.add(figure + "events", watch.sent());
            restart(members, watch, figure + "log");
            members.takeSnapshot();
            restart(members, watch, figure + "snapshot");
        }
        final OptionalDouble logNs = results.median(figure + "log");
        final OptionalDouble emptyNs = results.median(figure + "empty");
        if (logNs.isPresent() && emptyNs.isPresent() && logNs.getAsDouble() > emptyNs.getAsDouble()) {
            final double seconds = (logNs.getAsDouble() - emptyNs.getAsDouble()) / 1e9;
            final double rate = results.median(figure + "events").orElse(0) / seconds;
            results.add(figure + "replayed", rate);
            results.note(String.format(
                    "%s, one member started again: %.2f s until an event is through with an empty log, %.2f s with %.1f M"
                            + " events to replay (%.0f k/s), %.2f s from a snapshot.",
                    contender.title(),
                    emptyNs.getAsDouble() / 1e9,
                    logNs.getAsDouble() / 1e9,
                    results.median(figure + "events").orElse(0) / 1e6,
                    rate / 1e3,
                    results.median(figure + "snapshot").orElse(0) / 1e9));
        }
    }

    private void restart(final Members members, final Watch watch, final String figure) {
        for (int i = 0; i < TIMES; i++) {
            members.kill(0);
            Members.pause(CALM); // what was on its way comes in
            watch.reconnect(); // how long the old session would be missed is not the member's doing
            final long startNs = System.nanoTime();
            members.start(0);
            watch.awaitReturn();
            Members.pause(CALM);
            Silence.gapNs(watch.silences(), startNs, System.nanoTime()).ifPresent(gapNs -> results.add(figure, gapNs));
        }
    }
}
