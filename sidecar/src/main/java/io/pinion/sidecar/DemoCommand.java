package io.pinion.sidecar;

import io.pinion.aeron.FreePorts;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Idle;
import io.pinion.engine.Layout;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pinion demo}: the main job, in front of one's eyes. */
@Command(
        name = "demo",
        description = {
            "Runs the graph Feedback as a sidecar, and two producer processes that send it a chat's feedback over Aeron UDP:"
                    + " votes, corrections, re-prompts and dwell times, some sent twice, some without consent, of users"
                    + " nobody knows, or no event at all.",
            "Then it shows where every event went, and exits 1 when that is not what was sent.",
            "With --cluster the graph runs replicated, in three processes, of which the leader is killed midway: it shows who"
                    + " leads, for how long nothing was acknowledged, and that each acknowledged event reached each of its"
                    + " targets once; and exits 1 when not."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion demo",
            "  pinion demo --cluster",
            "  pinion demo --seconds 60 --rate 50000 --seed 7",
            "  pinion demo --layout thread-per-stage --out /tmp/demo"
        })
final class DemoCommand implements Callable<Integer> {
    private static final String GRAPH = "Feedback";
    private static final int STREAM = 1001;
    private static final int RATE = 10_000;
    private static final int CLUSTER_RATE = 2_000;
    private static final int MIN_SECONDS = 1;
    private static final int MAX_SECONDS = 86_400;

    @Option(names = "--cluster", description = "Three members, the leader of which is killed.")
    private boolean isCluster;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long; ${DEFAULT-VALUE} otherwise.")
    private int seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Events a second, of all producers together; 10000 otherwise, 2000 with --cluster.")
    private Integer rateWanted;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "What the feedback is made up from: the same seed sends the same; ${DEFAULT-VALUE} otherwise.")
    private long seed;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "one-thread, thread-per-stage, or groups; otherwise picked from the cores there are.")
    private String layout;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "out/demo",
            description = "Where the outputs are written, over those of the last demo; ${DEFAULT-VALUE} otherwise.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        requireWithin("--seconds", seconds, MIN_SECONDS, MAX_SECONDS);
        final int rate = rateWanted != null ? rateWanted : isCluster ? CLUSTER_RATE : RATE;
        requireWithin("--rate", rate, DemoProducers.COUNT, 10_000_000);
        final PrintWriter console = spec.commandLine().getOut();
        if (isCluster) {
            if (layout != null) {
                Layout.parse(layout); // before any member says it
            }
            return new ClusterDemo(out, seconds, rate, seed, layout, console).run() ? 0 : 1;
        }
        final DemoFolder folder = new DemoFolder(out);
        folder.prepare();

        final EdgeAddress ingress = EdgeAddress.ofStream(FreePorts.channel(), STREAM, List.of(FrameFormat.values()));
        final Deployment<?> deployment = Deployment.of(GraphLoader.shipped(GRAPH), profile(ingress, folder));
        deployment.requireNoProblems();
        deployment.loadTables();

        console.println("Two producers send " + Units.count(rate) + " events/s to the graph " + GRAPH + " for "
                + seconds + " s.");
        console.flush();
        try (DemoProducers producers = new DemoProducers(ingress, seconds, rate, seed)) {
            final Sidecar sidecar = new Sidecar(
                    deployment,
                    deployment.profile().egressesOf(deployment.graph()),
                    deployment.profile().drainTimeout(),
                    console,
                    spec.commandLine().getErr());
            final Sidecar.Ending ending = sidecar.run(StatusLine.always(), producers::start, producers::haveEnded);
            console.print("\n" + TextReport.of(ending.report()));
            if (ending.failure() != null) {
                console.flush();
                throw new SidecarException(GRAPH + " " + ending.failure(), ending.cause());
            }
            final DemoAccount account =
                    new DemoAccount(producers.tally(), ending.report().account(), folder);
            console.print("\n" + account.text());
            console.flush();
            return account.closes() && ending.report().gaps().isEmpty() ? 0 : 1;
        }
    }

    private Profile profile(final EdgeAddress ingress, final DemoFolder folder) {
        return new Profile(
                "demo",
                layout == null ? null : Layout.parse(layout),
                Idle.YIELDING, // it is looked at for its latency; the producers leave it a core
                List.of(),
                4_096,
                64 * 1_024,
                Duration.ofSeconds(10),
                out.resolve("spill"),
                new AeronSettings(true, null, 1 << 22, 8 * 1_024),
                Map.of(Profile.ALL_OTHERS, ingress),
                Map.of(Profile.ALL_OTHERS, EdgeAddress.ofFile(folder.pattern())),
                Map.of("users", folder.users()),
                null);
    }

    private void requireWithin(final String option, final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " is " + value + ": make it " + least + " to " + most + ".");
        }
    }
}
