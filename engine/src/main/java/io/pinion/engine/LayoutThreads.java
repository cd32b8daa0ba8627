package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;

/** The threads of a layout, each with its parts; or, where the layout has none, the caller's. */
final class LayoutThreads {
    private static final String THREAD_NAME_PREFIX = "pinion-";

    private final Layout layout;
    private final List<PartsAgent> groups = new ArrayList<>();
    private final List<AgentThread> running = new ArrayList<>();
    private final Consumer<Throwable> onFailure;

    LayoutThreads(
            final Layout layout,
            final List<List<String>> threads,
            final Map<String, Agent> parts,
            final Consumer<Throwable> onFailure) {
        this.layout = layout;
        this.onFailure = onFailure;
        for (int i = 0; i < threads.size(); i++) {
            final List<String> names = threads.get(i);
            groups.add(new PartsAgent(
                    THREAD_NAME_PREFIX + String.join("+", names),
                    names.stream().map(parts::get).toList(),
                    i < layout.cores().size() ? layout.cores().get(i) : PartsAgent.NO_CORE,
                    onFailure));
        }
    }

    /** The parts of a graph that share a thread: one list for each thread of its layout. */
    static List<List<String>> partsOf(final Processor.Builder<?> options) {
        final List<String> parts = new ArrayList<>();
        if (options.driver != null) {
            parts.add(Layout.DRIVER);
        }
        parts.addAll(options.graph.parts());
        return options.layout.groupsOf(parts);
    }

    void start() {
        if (layout.isStepped()) {
            return;
        }
        for (final PartsAgent group : groups) {
            final AgentThread thread = new AgentThread(group, layout.idle().strategy(), onFailure);
            running.add(thread);
            thread.start();
        }
    }

    int step() {
        int work = 0;
        for (final PartsAgent group : groups) {
            work += group.doWork();
        }
        return work;
    }

    /** Ends them; the names of those that do not end, and are given up. */
    List<String> stop() {
        return running.stream()
                .filter(thread -> !thread.stop())
                .map(AgentThread::name)
                .toList();
    }
}
