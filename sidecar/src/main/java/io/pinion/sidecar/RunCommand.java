package io.pinion.sidecar;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion run}: the sidecar. */
@Command(
        name = "run",
        description = {
            "Runs a graph: events come in over Aeron and go out over Aeron or to files, as the profile says.",
            "SIGTERM or Ctrl-C drains it: what came in is delivered, the report printed, and it exits 0. When that takes"
                    + " longer than the drain timeout it names what was left and exits 1. A second signal stops it at"
                    + " once.",
            "SIGHUP reads the files of all tables again: each is swapped for what its file has, between two events; a"
                    + " file that is wrong leaves its table as it was. In a cluster it is for the member that leads."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion run Reviews                      with the profile laptop; elsewhere:",
            "    pinion listen                           prints what comes out",
            "    pinion send --in reviews.jsonl.gz       sends what goes in",
            "  pinion run Mine.java --out out          into files, one for each target",
            "  pinion run Clicks --table items=items.jsonl --profile sidecar --layout one-thread"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private GraphOptions options;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Append each target's events to DIR/TARGET.jsonl, whatever the profile says; a file's bounds hold"
                            + " there too.")
    private Path out;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the end may take, such as 10s; otherwise the profile says.")
    private Duration drainTimeout;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there too, as JSON.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final PrintWriter console = spec.commandLine().getOut();
        final PrintWriter err = spec.commandLine().getErr();
        final Deployment<?> deployment = Deployment.of(options, null);
        deployment.requireNoProblems();
        if (deployment.profile().cluster() != null) {
            new ClusterSidecar(deployment, egresses(deployment), console, err).run();
            return 0;
        }
        deployment.loadTables();

        final Duration timeout = drainTimeout == null ? deployment.profile().drainTimeout() : drainTimeout;
        final Sidecar.Ending ending = new Sidecar(deployment, egresses(deployment), timeout, console, err).run();
        console.print("\n" + TextReport.of(ending.report()));
        console.flush();
        if (report != null) {
            JsonReport.write(ending.report(), report);
        }
        if (ending.failure() != null) {
            throw new SidecarException(
                    deployment.source().name() + (ending.cause() == null ? " " : ": ") + ending.failure(),
                    ending.cause());
        }
        return ending.report().gaps().isEmpty() ? 0 : 1;
    }

    private Map<String, EdgeAddress> egresses(final Deployment<?> deployment) {
        final Map<String, EdgeAddress> egresses =
                new LinkedHashMap<>(deployment.profile().egressesOf(deployment.graph()));
        if (out != null) {
            egresses.replaceAll((target, address) ->
                    EdgeAddress.ofFile(out.resolve(target + ".jsonl").toString(), address.kept()));
        }
        return egresses;
    }
}
