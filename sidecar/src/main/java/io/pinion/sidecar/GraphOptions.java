package io.pinion.sidecar;

import io.pinion.engine.Idle;
import io.pinion.engine.Layout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that takes a graph takes: the graph, its profile, and what is said here instead of there. */
final class GraphOptions {
    @Parameters(
            paramLabel = "GRAPH",
            description = {
                "One that comes with Pinion (Reviews), a class on the class path (com.acme.MyGraph), one in a jar (my.jar,"
                        + " my.jar:com.acme.MyGraph), or a .java file, which is compiled."
            })
    private String graph;

    @Option(
            names = {"--class-path", "-cp"},
            paramLabel = "PATH",
            description = "Jars and directories of classes that the graph needs, joined by a colon.")
    private String classPath;

    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            defaultValue = Profiles.DEFAULT,
            description = "laptop (the default), sidecar, low-latency, cluster-0 to cluster-2, or a YAML file.")
    private String profile;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "one-thread, thread-per-stage, or groups such as driver+ingress,*,egress.")
    private String layout;

    @Option(names = "--idle", paramLabel = "IDLE", description = "busy-spin, yielding, backoff or sleeping.")
    private String idle;

    @Option(
            names = "--cores",
            paramLabel = "N",
            split = ",",
            description = "The cores to pin the layout's threads to, one for each, such as 2,3.")
    private List<Integer> cores;

    @Option(
            names = "--table",
            paramLabel = "NAME=FILE",
            description =
                    "What a table is filled from, JSON lines or .csv with a header; one such option for each table.")
    private Map<String, Path> tables = new LinkedHashMap<>();

    String graph() {
        return graph;
    }

    GraphClass graphClass() {
        return new GraphLoader(GraphLoader.parseClassPath(classPath)).load(graph);
    }

    /** The profile with what the command line says instead. */
    Profile profile() {
        final Profile read = Profiles.load(profile);
        final Map<String, Path> files = new LinkedHashMap<>(read.tables());
        files.putAll(tables);
        return new Profile(
                read.name(),
                layout == null ? read.layout() : Layout.parse(layout),
                idle == null ? read.idle() : Idle.named(idle),
                cores == null ? layout == null ? read.cores() : List.of() : cores,
                read.ringSlots(),
                read.maxFrameBytes(),
                read.drainTimeout(),
                read.spillDirectory(),
                read.aeron(),
                read.ingress(),
                read.egress(),
                files,
                read.cluster());
    }
}
