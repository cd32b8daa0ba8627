package io.pinion.sidecar;

import io.pinion.engine.Codec;
import io.pinion.engine.Cores;
import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.wire.FrameCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph, and how it is to be run here: all that is known before anything is opened.
 *
 * @param source  where the graph came from.
 * @param graph   built anew, so it runs once.
 * @param codec   of its events.
 * @param profile with what the command line said instead.
 * @param layout  with idling and cores.
 * @param parts   all the parts that the layout puts on threads.
 * @param <E>     the event class.
 */
record Deployment<E>(
        GraphClass source, Graph<E> graph, Codec<E> codec, Profile profile, Layout layout, List<String> parts) {

    /**
     * Puts one together.
     *
     * @param options     of the command.
     * @param environment the names that the graph may use; null for the profile's.
     * @return nothing is open yet.
     * @throws GraphException when the graph is wrong.
     */
    static Deployment<?> of(final GraphOptions options, final Environment environment) {
        final Profile profile = options.profile();
        final GraphClass source = options.graphClass();
        final boolean isLive = environment == null;
        final Graph<?> graph = source.build(isLive ? profile.environment() : environment);
        return of(source, graph, profile, isLive && hasDriver(profile));
    }

    /**
     * Puts one together that is to run live.
     *
     * @param source  of the graph.
     * @param profile with what the command line said instead.
     * @return nothing is open yet.
     */
    static Deployment<?> of(final GraphClass source, final Profile profile) {
        return of(source, source.build(profile.environment()), profile, hasDriver(profile));
    }

    /** A member of a cluster has one that is no part of its layout. */
    private static boolean hasDriver(final Profile profile) {
        return profile.cluster() == null && profile.aeron().embedded();
    }

    private static <E> Deployment<E> of(
            final GraphClass source, final Graph<E> graph, final Profile profile, final boolean withDriver) {
        final List<String> parts = new ArrayList<>();
        if (withDriver) {
            parts.add(Layout.DRIVER);
        }
        parts.addAll(graph.parts());
        final Layout chosen = profile.layout() != null ? profile.layout() : pick(profile, parts.size());
        return new Deployment<>(
                source,
                graph,
                FrameCodec.of(graph.events()),
                profile,
                chosen.idle(profile.idle()).cores(profile.cores()),
                parts);
    }

    /** A member has four busy threads besides, and its graph is seldom what holds it up. */
    private static Layout pick(final Profile profile, final int parts) {
        return profile.cluster() == null ? Layout.forCores(Cores.allowed().size(), parts) : Layout.oneThread();
    }

    /** The layout, and whether somebody chose it. */
    String layoutChoice() {
        if (profile.layout() == null && profile.cluster() != null) {
            return layout.name() + " (picked for a member of a cluster)";
        }
        final String cores = Units.of(Cores.allowed().size(), "core");
        return layout.name() + " (" + (profile.layout() == null ? "picked for " : "chosen; there are ") + cores + ")";
    }

    List<List<String>> threads() {
        return layout.groupsOf(parts);
    }

    /**
     * What would keep it from running.
     *
     * @param isStart whether it is to run now: then each table must have its file.
     * @return sentences that say what to change.
     */
    List<String> problems(final boolean isStart) {
        final List<String> problems = new ArrayList<>();
        try {
            problems.addAll(Cores.problems(layout.cores(), threads().size()));
        } catch (final GraphException wrong) {
            problems.addAll(wrong.problems());
        }
        problems.addAll(graph.memoryProblems(Runtime.getRuntime().maxMemory()));
        addTableProblems(isStart, problems);
        addUpdateProblems(problems);
        return problems;
    }

    private void addTableProblems(final boolean isStart, final List<String> problems) {
        final Map<String, Path> files = profile.tables();
        final List<String> known =
                graph.tables().stream().map(ReferenceTable::name).toList();
        for (final ReferenceTable<?> table : graph.tables()) {
            final String name = table.name();
            final Path file = files.get(name);
            if (file == null) {
                if (isStart && table.updates() == null) {
                    problems.add("The graph reads the table \"" + name + "\": say --table " + name
                            + "=FILE, a file of JSON lines or CSV.");
                }
            } else if (!Files.isReadable(file) || Files.isDirectory(file)) {
                problems.add("The table \"" + name + "\" is to be filled from " + file
                        + ", which is no file that can be" + " read: name another with --table " + name + "=FILE.");
            }
        }
        files.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problems.add("The graph reads no"
                        + " table \"" + name + "\"; it reads " + (known.isEmpty() ? "none" : String.join(", ", known))
                        + DidYouMean.endOfSentence(name, known)));
    }

    /** What comes in by one address can't be told apart. */
    private void addUpdateProblems(final List<String> problems) {
        final Map<String, String> usedBy = new HashMap<>();
        usedBy.put(profile.ingressOf(graph).toString(), "events");
        profile.updatesOf(graph).forEach((table, address) -> {
            final String other = usedBy.putIfAbsent(address.toString(), "those of the table \"" + table + "\"");
            if (other != null) {
                problems.add("The updates of the table \"" + table + "\" come in by " + address + ", as do " + other
                        + ": give each a stream of its own in the profile.");
            }
        });
    }

    /** Fills the tables of the graph, which opens them. */
    List<TableLoader.Loaded> loadTables() {
        final List<TableLoader.Loaded> loaded = new ArrayList<>();
        for (final ReferenceTable<?> table : graph.tables()) {
            final Path file = profile.tables().get(table.name());
            if (file != null) {
                loaded.add(TableLoader.load(table, file, profile.maxFrameBytes()));
            }
        }
        return loaded;
    }

    /** Begins the processor; its edges are still to be named. */
    Processor.Builder<E> processor() {
        return Processor.of(source.name(), graph, codec)
                .layout(layout)
                .rowCodecs(FrameCodec::of)
                .ringSlots(profile.ringSlots())
                .maxFrameBytes(profile.maxFrameBytes());
    }

    /** Refuses to go on when there are problems. */
    void requireNoProblems() {
        final List<String> problems = problems(true);
        if (!problems.isEmpty()) {
            throw new GraphException(problems);
        }
    }
}
