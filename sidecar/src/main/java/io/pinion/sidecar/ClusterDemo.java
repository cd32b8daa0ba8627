package io.pinion.sidecar;

import io.pinion.engine.Target;
import io.pinion.sidecar.chaos.ChaosRound;
import io.pinion.sidecar.chaos.ClusterSetup;
import io.pinion.sidecar.chaos.DeliveryAccount;
import io.pinion.sidecar.chaos.Overflow;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** {@code pinion demo --cluster}: three members, one of which is killed, and the account. */
final class ClusterDemo {
    private static final String GRAPH = "Feedback";
    private static final Set<String> STREAMED = Set.of("training");
    private static final Set<String> FILES =
            new LinkedHashSet<>(List.of("evaluation", "analytics", Target.DEAD_LETTERS));
    private static final long LOOK_NS = 50_000_000;

    private final Path out;
    private final int seconds;
    private final int rate;
    private final long seed;
    private final String layout;
    private final PrintWriter console;

    /**
     * Makes one.
     *
     * @param out     where members keep their logs and files.
     * @param seconds how long there is load; the leader is killed after half of it.
     * @param rate    events a second.
     * @param seed    what the feedback is made up from.
     * @param layout  of the graph at each member; null for whatever it picks.
     * @param console where the screen is printed.
     */
    ClusterDemo(
            final Path out,
            final int seconds,
            final int rate,
            final long seed,
            final String layout,
            final PrintWriter console) {
        this.out = out;
        this.seconds = seconds;
        this.rate = rate;
        this.seed = seed;
        this.layout = layout;
        this.console = console;
    }

    /** The setup of a cluster that runs the graph Feedback; the table of users lies beside its folder. */
    static ClusterSetup setup(final Path folder, final Path users, final String layout) {
        return new ClusterSetup(
                pinion(),
                GRAPH,
                GRAPH,
                STREAMED,
                FILES,
                Map.of("users", users),
                (producer, seed) -> new FeedbackWorkload(users, producer, seed),
                Overflow.NONE,
                layout,
                folder);
    }

    /** The command that is this Pinion. */
    static List<String> pinion() {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    /** Runs it. @return whether the account closes. */
    boolean run() {
        final DemoFolder folder = new DemoFolder(out);
        folder.prepare();
        console.println("Three members of the graph " + GRAPH + ", and a producer of " + Units.count(rate)
                + " events/s for " + seconds + " s. The leader is killed midway.\n");
        console.flush();
        try (ChaosRound round =
                new ChaosRound(setup(out.resolve("cluster"), folder.users(), layout), null, 1, rate, seed, this::say)) {
            round.begin();
            waitFor(seconds / 2.0, round);
            round.failOver();
            waitFor(seconds / 2.0, round);
            final DeliveryAccount account = round.settle();
            console.print("\n" + text(account));
            console.flush();
            return account.closes();
        }
    }

    private void say(final String line) {
        console.println(line);
        console.flush();
    }

    private void waitFor(final double duration, final ChaosRound round) {
        final long endNs =
                System.nanoTime() + Duration.ofMillis((long) (duration * 1_000)).toNanos();
        long before = round.accepted();
        long beganNs = System.nanoTime();
        try (StatusLine line = StatusLine.onTerminal()) {
            while (System.nanoTime() < endNs) {
                LockSupport.parkNanos(LOOK_NS);
                if (System.nanoTime() - beganNs > 1_000_000_000L) {
                    final long now = round.accepted();
                    line.show(Units.rate(now - before, System.nanoTime() - beganNs) + " acknowledged, "
                            + Units.count(now) + " so far; " + round.roles());
                    before = now;
                    beganNs = System.nanoTime();
                }
            }
        }
    }

    /** What was due and what was found. */
    static String text(final DeliveryAccount account) {
        final Columns columns = new Columns("lrl").row("target", "due", "found");
        for (final String route : account.routes()) {
            final List<String> found = new ArrayList<>();
            account.found(route).forEach((witness, count) -> found.add(Units.count(count) + " by " + witness));
            columns.row(route, Units.count(account.due(route)), String.join(", ", found));
        }
        final StringBuilder text = new StringBuilder();
        columns.appendTo(text, "  ");
        text.append('\n');
        final List<String> faults = account.faults();
        if (faults.isEmpty()) {
            text.append("Every acknowledged event reached each of its targets exactly once, and none else did")
                    .append(account.overflows() ? "; or it was dropped, and counted, or diverted.\n" : ".\n");
            text.append("The state of the members was the same at ")
                    .append(Units.of(account.comparedStates(), "snapshot"))
                    .append(".\n");
        } else {
            text.append("The account does not close:\n");
            faults.forEach(fault -> text.append("  ").append(fault).append('\n'));
        }
        return text.toString();
    }
}
