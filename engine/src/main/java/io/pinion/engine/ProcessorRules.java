package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;

/** What can be wrong with the way a graph is to be run: each rule adds sentences that say what to change. */
final class ProcessorRules {
    private final Processor.Builder<?> options;
    private final List<String> problems = new ArrayList<>();

    ProcessorRules(final Processor.Builder<?> options) {
        this.options = options;
    }

    void requireProcessor() {
        checkSizes();
        checkEdges();
        checkUpdates();
        checkThreads();
        require();
    }

    /** Its edges are others'. */
    void requireReplica() {
        checkSizes();
        checkThreads();
        if (options.logTimeFromEvents) {
            problems.add("A replica takes its time from its log: leave out .logTimeFromEvents().");
        }
        if (options.rowCodecs == null && !options.graph.tables().isEmpty()) {
            problems.add(
                    "The graph has tables, and nothing is set to read their rows: say .rowCodecs(FrameCodec::of).");
        }
        require();
    }

    private void require() {
        problems.addAll(memoryProblems(options.graph, Runtime.getRuntime().maxMemory()));
        if (!problems.isEmpty()) {
            throw new GraphException(problems);
        }
    }

    private void checkSizes() {
        if (Integer.bitCount(options.ringSlots) != 1 || options.ringSlots < 2) {
            problems.add(
                    "The ring has " + options.ringSlots + " slots: a power of two is needed, 2 or more, such as 1024.");
        }
        if (options.maxFrameBytes < 64) {
            problems.add("The longest frame is " + options.maxFrameBytes + " bytes: allow 64 or more.");
        }
    }

    private void checkEdges() {
        if (options.adapter == null) {
            problems.add("Nothing is set to come in by the ingress \""
                    + options.graph.ingress().name() + "\".");
        }
        final List<Target> targets = new ArrayList<>(options.graph.targets());
        targets.add(options.graph.deadLetters());
        for (final Target target : targets) {
            if (!options.publishers.containsKey(target.name())) {
                problems.add("Nothing is set to take what goes to \"" + target.name() + "\".");
            }
        }
    }

    private void checkUpdates() {
        for (final String name : options.updates.keySet()) {
            final boolean isLive = options.graph.tables().stream()
                    .anyMatch(table -> table.name().equals(name) && table.updates() != null);
            if (!isLive) {
                problems.add("Live updates are set for the table \"" + name
                        + "\", and the graph has none of that name with .updates(…).");
            }
            if (options.rowCodecs == null) {
                problems.add("The table \"" + name + "\" has live updates, and nothing is set to read its rows: say"
                        + " .rowCodecs(FrameCodec::of).");
            }
        }
    }

    private void checkThreads() {
        try {
            final int threads = LayoutThreads.partsOf(options).size();
            if (!options.layout.isStepped()) {
                problems.addAll(Cores.problems(options.layout.cores(), threads));
            }
        } catch (final GraphException e) {
            problems.addAll(e.problems());
        }
    }

    static List<String> memoryProblems(final Graph<?> graph, final long maxHeapBytes) {
        final long stateBytes = graph.stateBytes();
        if (stateBytes <= maxHeapBytes / 10 * 7) {
            return List.of();
        }
        return List.of(
                "The keys and tables of the graph take " + mebibytes(stateBytes) + " MiB, and the heap is at most "
                        + mebibytes(maxHeapBytes) + " MiB: lower the numbers in upTo(…), or give the JVM more with -Xmx"
                        + mebibytes(stateBytes * 3 / 2) + "m (./pinion takes it from PINION_JAVA_OPTS).");
    }

    private static long mebibytes(final long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
