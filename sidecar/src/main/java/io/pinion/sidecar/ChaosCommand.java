package io.pinion.sidecar;

import io.pinion.engine.Layout;
import io.pinion.sidecar.chaos.ChaosRound;
import io.pinion.sidecar.chaos.DeliveryAccount;
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
            "  pinion chaos --list"
        })
final class ChaosCommand implements Callable<Integer> {
    private static final int PRODUCERS = 2;

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
            throw new SidecarException("the scenario " + scenario + " changes networks or mounts: run it as root.");
        }
        if (layout != null) {
            Layout.parse(layout); // before any member says it
        }
        final DemoFolder folder = new DemoFolder(out);
        folder.prepare();
        final long endNs = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        long next = seed == null ? System.currentTimeMillis() : seed;
        int rounds = 0;
        do {
            if (!round(next++, folder, possible, console)) {
                return 1;
            }
            rounds++;
        } while (System.nanoTime() - endNs < 0);
        console.println(Units.of(rounds, "round") + ", and each account closed.");
        return 0;
    }

    private boolean round(
            final long roundSeed, final DemoFolder folder, final List<String> names, final PrintWriter console) {
        final String picked =
                scenario == null ? names.get(new SplittableRandom(roundSeed).nextInt(names.size())) : scenario;
        final String again = "pinion chaos --scenario " + picked + " --seed " + roundSeed + " --rate " + rate
                + (layout == null ? "" : " --layout " + layout);
        console.println(picked + ", seed " + roundSeed);
        console.flush();
        try (ChaosRound round = new ChaosRound(
                ClusterDemo.setup(out.resolve("cluster"), folder.users(), layout),
                picked,
                PRODUCERS,
                rate,
                roundSeed,
                line -> {
                    console.println(line);
                    console.flush();
                })) {
            round.begin();
            round.run();
            final DeliveryAccount account = round.settle();
            console.print("\n" + ClusterDemo.text(account) + "\n");
            if (!account.closes()) {
                console.println("To see it again: " + again);
            }
            console.flush();
            return account.closes();
        } catch (final RuntimeException failed) {
            throw new SidecarException(
                    failed.getMessage() + " Members' words lie in " + out.resolve("cluster") + "; to see it again: "
                            + again,
                    failed);
        }
    }
}
