package io.pinion.jmh.bench;

import io.pinion.engine.Cores;
import io.pinion.jmh.results.Report;
import io.pinion.jmh.results.Target;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.agrona.IoUtil;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion bench}: measures Pinion beside its baselines, and holds it against its targets. */
@Command(
        name = "pinion bench",
        description = {
            "Measures Pinion beside its baselines, in turn on this machine, and holds the figures against the targets.",
            "What counts are ratios from one run. Leave the machine alone meanwhile: it takes about 30 minutes, and about 3"
                    + " with --quick, which leaves some targets out and says which.",
            "The results go to jmh/results/TIME-REVISION: index.html, a page with plots, the plots by themselves, and results.json."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion bench --quick                    a first look",
            "  pinion bench                            all of it",
            "  pinion bench --only wire,footprint      two parts of it",
            "  pinion bench --only peers               the same job on Flink, Jet, Siddhi and Fluxtion",
            "  pinion bench --only cluster --quick     three members: latency, rate, failover, snapshots, replay",
            "  pinion bench --quick --against HEAD~1   what moved since another revision, by more than the noise",
            "  pinion bench --strict                   for scripts: exits 1 where a target does not hold"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(names = "--quick", description = "About 3 minutes: fewer forks, shorter runs, some targets left out.")
    private boolean quick;

    @Option(names = "--strict", description = "Exit 1 where a target does not hold.")
    private boolean strict;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description =
                    "Measure only these: wire, graph, codec, growth, garbage, footprint; and where they are named only,"
                            + " since they take long: peers, other engines at the same job, and cluster, three members"
                            + " beside a bare Aeron Cluster, or a part of that: cluster-rates, cluster-failover,"
                            + " cluster-state.")
    private Set<Part> only;

    @Option(
            names = "--against",
            paramLabel = "REV",
            description =
                    "Build another git revision beside this one, run the graph and the codec of both in turn, and say"
                            + " which ratios moved.")
    private String against;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to put the results instead.")
    private Path out;

    @Spec
    private CommandSpec spec;

    BenchCommand() {}

    /**
     * Runs it, and exits: 0 when it measured what it was asked to, 1 when something failed, 2 when it was asked wrongly.
     *
     * @param args the options.
     */
    public static void main(final String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new BenchCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    line.getErr().println("pinion bench: " + failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    Set<Part> parts() {
        return only == null ? EnumSet.range(Part.WIRE, Part.FOOTPRINT) : EnumSet.copyOf(only);
    }

    boolean isQuick() {
        return quick;
    }

    @Override
    public Integer call() throws IOException {
        final Path home = Path.of(System.getProperty("pinion.home", "")).toAbsolutePath();
        final Progress progress = new Progress(System.err, Boolean.getBoolean("pinion.terminal.err"));
        final Path folder = Files.createTempDirectory("pinion-bench-");
        final PrintWriter console = spec.commandLine().getOut();
        try {
            final Workplace place = place(home, folder);
            if (against != null) {
                console.print(new Against(place, progress, quick).compare(against));
                progress.clear();
                console.flush();
                return 0;
            }
            final Path results = out != null
                    ? out
                    : home.resolve("jmh/results/" + LocalDateTime.now().format(TIME) + "-" + MeasuredOn.revision(home));
            final Suite suite = new Suite(place, parts(), quick, progress, soFar -> soFar.write(results));
            final Report report = suite.run();
            report.write(results);
            progress.clear();
            console.print(report.text());
            console.println("The page: " + results.resolve("index.html"));
            console.flush();
            return suite.hasFailed() || strict && report.count(Target.Outcome.MISSED) > 0 ? 1 : 0;
        } finally {
            IoUtil.delete(folder.toFile(), true);
        }
    }

    private static Workplace place(final Path home, final Path folder) {
        final List<Integer> cores = Cores.allowed();
        return cores.size() < 2
                ? new Workplace(home, folder, -1, -1)
                : new Workplace(home, folder, cores.get(0), cores.get(cores.size() - 1));
    }
}
