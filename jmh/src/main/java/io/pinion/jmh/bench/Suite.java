package io.pinion.jmh.bench;

import io.pinion.jmh.cluster.ClusterBench;
import io.pinion.jmh.footprint.Footprint;
import io.pinion.jmh.results.Report;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.NoiseFloor;
import io.pinion.jmh.rig.SidecarGarbage;
import io.pinion.jmh.rig.WireToWire;
import io.pinion.jmh.rig.Workplace;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** All measurements, one after the other; in each, what is compared takes turns. */
final class Suite {
    private static final double NOISE_S = 5;
    private static final double QUICK_NOISE_S = 2;
    private static final String PLAIN_LOOP = "\\.WholeGraphBenchmark\\.plainLoop";
    private static final String GRAPH = "\\.jmh\\.graph\\.";
    private static final String SOME_GRAPH = GRAPH + "(WholeGraph|Stage)";
    private static final String GROWTH = "\\.jmh\\.growth\\.";
    private static final String SOME_GROWTH = GROWTH + "(Keys|Fields)";
    private static final String CODEC = "\\.jmh\\.codec\\.(De|En)codeBenchmark\\.";
    /** Json and the parts of a decode are for whoever works on them. */
    private static final String CODECS =
            CODEC + "(pinion|pinionNew|pinionUnchanged|pinionEnriched|chroniclePlain|chronicleNamed|flyweight)$";

    static final String SOME_CODECS = CODEC + "(pinion|pinionNew|pinionEnriched|chroniclePlain)$";

    /** In a hurry, the largest sizes only. */
    static final Map<String, String[]> SOME_STAGES = Map.of(
            "operator", new String[] {"nothing", "filter", "dedupe-1m", "enrich", "route"},
            "table", new String[] {"nothing", "probe-1m", "items"});

    /** In a hurry, both ends of what grows. */
    private static final Map<String, String[]> ENDS = Map.of(
            "keys", new String[] {"1000", "1000000"},
            "fields", new String[] {"4", "64"});

    /** As memory allows. */
    private static final Map<String, String[]> ALL_KEYS =
            Map.of("keys", new String[] {"1000", "10000", "100000", "1000000", "10000000", "100000000"});

    private static final String UNFINISHED = "finished";

    private final Workplace place;
    private final Set<Part> parts;
    private final boolean quick;
    private final Progress progress;
    private final Results results = new Results();
    private final MicroBenchmarks micro;
    private final Consumer<Report> keep;
    private final Map<String, String> environment;
    private final int forks;
    private final int codecForks;
    private final MicroBenchmarks.Pace pace;
    private final MicroBenchmarks.Pace codecPace;
    private boolean hasFailed;

    /** What there is after each part is given to be kept: somebody may not wait for all of them. */
    Suite(
            final Workplace place,
            final Set<Part> parts,
            final boolean quick,
            final Progress progress,
            final Consumer<Report> keep) {
        this.keep = keep;
        this.place = place;
        this.parts = parts;
        this.quick = quick;
        this.progress = progress;
        environment = MeasuredOn.read(place);
        environment.put("mode", quick ? "quick" : "all");
        environment.put(UNFINISHED, "no: parts that were asked for are missing");
        micro = new MicroBenchmarks(place, results, progress);
        forks = quick ? 1 : 3;
        codecForks = quick ? 1 : 5;
        pace = quick ? MicroBenchmarks.Pace.BRIEF : MicroBenchmarks.Pace.STEADY;
        codecPace = quick ? MicroBenchmarks.Pace.BRIEF : MicroBenchmarks.Pace.SHORT;
    }

    /** Whether a part could not be measured. */
    boolean hasFailed() {
        return hasFailed;
    }

    /** Runs the parts. */
    Report run() {
        tellLoad();
        measureNoise();
        measureInMemory();
        if (parts.contains(Part.WIRE)) {
            run("wire", () -> new WireToWire(place, results, progress, quick).run());
        }
        if (parts.contains(Part.GARBAGE)) {
            run("garbage", () -> new SidecarGarbage(place, results, progress, quick).run());
        }
        if (parts.contains(Part.FOOTPRINT)) {
            run("footprint", () -> new Footprint(place, results, progress, quick).run());
        }
        if (parts.contains(Part.GROWTH)) {
            final Map<String, String[]> sizes = quick ? ENDS : MicroBenchmarks.hasMuchMemory() ? ALL_KEYS : Map.of();
            run("growth", () -> micro.run(quick ? SOME_GROWTH : GROWTH, sizes, forks, MicroBenchmarks.Pace.GLANCE));
        }
        if (parts.contains(Part.PEERS)) {
            run("peers", () -> new Peers(place, results, progress, quick).run());
        }
        measureCluster();
        measureNoise();
        CoreSharing.noteOn(results.additions()).ifPresent(results::note);
        environment.remove(UNFINISHED);
        return report();
    }

    private Report report() {
        return new Report("Pinion, measured " + environment.get("revision"), environment, results);
    }

    private void measureInMemory() {
        final boolean isGarbageAsked = parts.contains(Part.GARBAGE);
        if (parts.contains(Part.GRAPH) || isGarbageAsked) {
            final int times = parts.contains(Part.GRAPH) ? forks : 1; // garbage does not depend on the machine
            run("graph", () -> micro.run(quick ? SOME_GRAPH : GRAPH, quick ? SOME_STAGES : Map.of(), times, pace));
        } else if (parts.contains(Part.WIRE)) {
            // What is added over IPC is told in times of the plain loop.
            run("graph", () -> micro.run(PLAIN_LOOP, Map.of(), forks, pace));
        }
        if (parts.contains(Part.CODEC) || isGarbageAsked) {
            final int times = parts.contains(Part.CODEC) ? codecForks : 1;
            run("codec", () -> micro.run(quick ? SOME_CODECS : CODECS, Map.of(), times, codecPace));
        }
    }

    private void measureCluster() {
        final ClusterBench cluster = new ClusterBench(place, results, progress, quick);
        final boolean isWhole = parts.contains(Part.CLUSTER);
        if (isWhole || parts.contains(Part.CLUSTER_RATES)) {
            run("cluster-rates", cluster::runRates);
        }
        if (isWhole || parts.contains(Part.CLUSTER_FAILOVER)) {
            run("cluster-failover", cluster::runFailover);
        }
        if (isWhole || parts.contains(Part.CLUSTER_STATE)) {
            run("cluster-state", cluster::runState);
        }
    }

    private void measureNoise() {
        progress.accept("the machine's own noise");
        NoiseFloor.measure(place, results, quick ? QUICK_NOISE_S : NOISE_S);
    }

    /** Others at work on the machine spoil everything here. */
    private void tellLoad() {
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
    private void run(final String part, final Runnable measurement) {
        try {
            measurement.run();
        } catch (final RuntimeException e) {
            hasFailed = true;
            results.note("The part " + part + " failed: " + e.getMessage());
        }
        keep.accept(report());
    }
}
