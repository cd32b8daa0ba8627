package io.pinion.sidecar;

import io.pinion.engine.Layout;
import io.pinion.sidecar.chaos.ChaosRound;
import io.pinion.sidecar.chaos.ClusterSetup;
import io.pinion.sidecar.chaos.DeliveryAccount;
import io.pinion.sidecar.chaos.OverflowingGraph;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pinion chaos}: breaks a cluster again and again, and takes the account each time. */
@Command(
        name = "chaos",
        description = {
            "Starts three members on this machine, puts them under load, breaks them in a way that chance picks, mends them,"
                    + " and counts: each acknowledged event once at each of its targets, none else, in its producer's"
                    + " order, and the state of all members the same. Then again, with a new cluster.",
            "It ends at the first account that does not close, with exit code 1 and the seed that shows it again."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion chaos --minutes 30",
            "  pinion chaos --scenario leader-killed --seed 7",
            "  pinion chaos --calm --minutes 10",
            "  pinion chaos --list"
        })
final class ChaosCommand implements Callable<Integer> {
    private static final int PRODUCERS = 2;

    /** Less is usual where many processes share a few cores. */
    private static final long STALL_MS = 1_000;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "0",
            description = "New rounds for so long; otherwise one.")
    private int minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the first round: the same one breaks it in the same way. Otherwise the time.")
    private Long seed;

    @Option(names = "--scenario", paramLabel = "NAME", description = "Only this one; otherwise any.")
    private String scenario;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Events a second; ${DEFAULT-VALUE} otherwise.")
    private int rate;

    @Option(names = "--calm", description = "Breaks nothing for --minutes, and fails when another leader is elected.")
    private boolean isCalm;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "Of the graph at each member: one-thread, as it is otherwise, thread-per-stage, or groups.")
    private String layout;

    @Option(names = "--list", description = "Only say which scenarios there are.")
    private boolean isList;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/chaos",
            description = "Where members keep their disks; ${DEFAULT-VALUE} otherwise.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter console = spec.commandLine().getOut();
        final Map<String, String> scenarios = ChaosRound.scenarios();
        if (isList) {
            final Columns columns = new Columns("ll");
            scenarios.forEach(columns::row);
            final StringBuilder text = new StringBuilder();
            columns.appendTo(text, "");
            console.print(text);
            return 0;
        }
        if (scenario != null && !scenarios.containsKey(scenario)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "there is no scenario " + scenario
                            + DidYouMean.endOfSentence(scenario, List.copyOf(scenarios.keySet())));
        }
        final List<String> possible = ChaosRound.possible();
        if (scenario != null && !possible.contains(scenario)) {
            throw new SidecarException("the scenario " + scenario + " can't be run here: " + scenarios.get(scenario));
        }
        if (layout != null) {
            Layout.parse(layout); // before any member says it
        }
        final DemoFolder folder = new DemoFolder(out);
        folder.prepare();
        if (isCalm) {
            return isRoundGood(seed == null ? 1 : seed, folder, null, console) ? 0 : 1;
        }
        final long endNs = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        long next = seed == null ? System.currentTimeMillis() : seed;
        int rounds = 0;
        do {
            final String picked =
                    scenario == null ? possible.get(new SplittableRandom(next).nextInt(possible.size())) : scenario;
            if (!isRoundGood(next++, folder, picked, console)) {
                return 1;
            }
            rounds++;
        } while (System.nanoTime() - endNs < 0);
        console.println(Units.of(rounds, "round") + ", and each account closed.");
        return 0;
    }

    /** @param picked null for one in which nothing is broken. */
    private boolean isRoundGood(
            final long roundSeed, final DemoFolder folder, final String picked, final PrintWriter console) {
        final String again = "pinion chaos "
                + (picked == null ? "--calm --minutes " + minutes : "--scenario " + picked) + " --seed " + roundSeed
                + " --rate " + rate + (layout == null ? "" : " --layout " + layout);
        console.println((picked == null ? "calm" : picked) + ", seed " + roundSeed);
        console.flush();
        final Path cluster = out.resolve("cluster");
        final ClusterSetup setup = picked != null && ChaosRound.overflows(picked)
                ? OverflowingGraph.setup(ClusterDemo.pinion(), layout, cluster)
                : ClusterDemo.setup(cluster, folder.users(), layout);
        try (ChaosRound round = new ChaosRound(setup, picked, PRODUCERS, rate, roundSeed, line -> {
            console.println(line);
            console.flush();
        })) {
            final DeliveryAccount account = accountOf(round, picked, again);
            console.print("\n" + ClusterDemo.text(account) + "\n");
            if (!account.closes()) {
                console.println(stallIn(round).strip());
                console.println("To see it again: " + again);
            }
            console.flush();
            return account.closes();
        }
    }

    private DeliveryAccount accountOf(final ChaosRound round, final String picked, final String again) {
        try {
            round.begin();
            if (picked == null) {
                round.rest(Duration.ofMinutes(minutes));
            } else {
                round.run();
            }
            return round.settle();
        } catch (final RuntimeException failed) {
            throw new SidecarException(
                    failed.getMessage() + stallIn(round) + " Members' words lie in " + out.resolve("cluster")
                            + "; to see it again: " + again,
                    failed);
        }
    }

    /** Members end, and others are elected, when the machine stands still: then nobody need look for another cause. */
    private static String stallIn(final ChaosRound round) {
        final long stallMs = round.longestStallMs();
        return stallMs < STALL_MS ? "" : " This machine stood still for " + stallMs + " ms meanwhile.";
    }
}
