package io.pinion.jmh.bench;

import io.pinion.engine.Cores;
import io.pinion.jmh.footprint.Footprint;
import io.pinion.jmh.results.Report;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.results.Target;
import io.pinion.jmh.rig.NoiseFloor;
import io.pinion.jmh.rig.SidecarGarbage;
import io.pinion.jmh.rig.WireToWire;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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
            "What counts are ratios from one run. Leave the machine alone meanwhile: it takes some 30 minutes, and about 3"
                    + " with --quick, which leaves some targets out and says which.",
            "The results go to jmh/results/TIME-REVISION: index.html, a page with plots, and results.json."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion bench --quick                    a first look",
            "  pinion bench                            all of it",
            "  pinion bench --only wire,footprint      two parts of it",
            "  pinion bench --quick --against HEAD~1   what moved since another revision, by more than the noise",
            "  pinion bench --strict                   for scripts: exits 1 where a target does not hold"
        })
public final class BenchCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
    private static final double NOISE_S = 5;
    private static final double QUICK_NOISE_S = 2;

    /** In a hurry, the largest sizes only. */
    private static final Map<String, String[]> SOME_STAGES = Map.of(
            "operator", new String[] {"nothing", "filter", "dedupe-1m", "enrich", "route"},
            "table", new String[] {"nothing", "probe-1m", "items"});

    private static final String SOME_CODECS =
            "\\.jmh\\.codec\\.(De|En)codeBenchmark\\.(pinion|pinionNew|pinionEnriched|chroniclePlain)$";

    /** In a hurry, both ends of what grows. */
    private static final Map<String, String[]> ENDS = Map.of(
            "keys", new String[] {"1000", "1000000"},
            "fields", new String[] {"4", "64"},
            "stages", new String[] {"1", "16"});

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
            description = "Measure only these: wire, graph, codec, growth, garbage, footprint.")
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

    private boolean hasFailed;

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
        return only == null ? EnumSet.allOf(Part.class) : EnumSet.copyOf(only);
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
            final Report report = measure(place, progress);
            final Path results = out != null
                    ? out
                    : home.resolve("jmh/results/" + LocalDateTime.now().format(TIME) + "-" + MeasuredOn.revision(home));
            report.write(results);
            progress.clear();
            console.print(report.text());
            console.println("The page: " + results.resolve("index.html"));
            console.flush();
            return hasFailed || strict && report.count(Target.Outcome.MISSED) > 0 ? 1 : 0;
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

    private Report measure(final Workplace place, final Progress progress) {
        final Results results = new Results();
        final Map<String, String> environment = MeasuredOn.read(place);
        environment.put("mode", quick ? "quick" : "all");
        tellLoad(results);
        final MicroBenchmarks micro = new MicroBenchmarks(place, results, progress, quick);
        final int forks = quick ? 1 : 3;
        progress.accept("the machine's own noise");
        NoiseFloor.measure(place, results, quick ? QUICK_NOISE_S : NOISE_S);
        final Set<Part> parts = parts();
        if (parts.contains(Part.GRAPH) || parts.contains(Part.GARBAGE)) {
            final int times = parts.contains(Part.GRAPH) ? forks : 1; // garbage does not depend on the machine
            run(results, "graph", () -> micro.run("\\.jmh\\.graph\\.", quick ? SOME_STAGES : Map.of(), times));
        } else if (parts.contains(Part.WIRE)) {
            // What is added over IPC is told in times of the plain loop.
            run(results, "graph", () -> micro.run("\\.WholeGraphBenchmark\\.plainLoop", Map.of(), forks));
        }
        if (parts.contains(Part.CODEC) || parts.contains(Part.GARBAGE)) {
            final int times = parts.contains(Part.CODEC) ? forks : 1;
            run(results, "codec", () -> micro.run(quick ? SOME_CODECS : "\\.jmh\\.codec\\.", Map.of(), times));
        }
        if (parts.contains(Part.WIRE)) {
            run(results, "wire", () -> new WireToWire(place, results, progress, quick).run());
        }
        if (parts.contains(Part.GARBAGE)) {
            run(results, "garbage", () -> new SidecarGarbage(place, results, progress, quick).run());
        }
        if (parts.contains(Part.FOOTPRINT)) {
            run(results, "footprint", () -> new Footprint(place, results, progress, quick).run());
        }
        if (parts.contains(Part.GROWTH)) {
            run(
                    results,
                    "growth",
                    () -> micro.run(
                            "\\.jmh\\.growth\\." + (quick ? "(Keys|Fields|Stages)" : ""),
                            quick ? ENDS : Map.of(),
                            forks));
        }
        progress.accept("the machine's own noise");
        NoiseFloor.measure(place, results, quick ? QUICK_NOISE_S : NOISE_S);
        return new Report("Pinion, measured " + environment.get("revision"), environment, results);
    }

    /** Others at work on the machine spoil everything here. */
    private static void tellLoad(final Results results) {
        final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        final double load = system.getSystemLoadAverage();
        if (load > system.getAvailableProcessors() / 2.0) {
            results.note(String.format(
                    "The machine was busy before this began, with a load of %.1f on %d cores: take no figure for more"
                            + " than a hint.",
                    load, system.getAvailableProcessors()));
        }
    }

    /** A part that fails leaves the others to be measured. */
    private void run(final Results results, final String part, final Runnable measurement) {
        try {
            measurement.run();
        } catch (final RuntimeException e) {
            hasFailed = true;
            results.note("The part " + part + " failed: " + e.getMessage());
        }
    }
}
