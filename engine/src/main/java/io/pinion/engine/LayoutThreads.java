package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.agrona.concurrent.Agent;

/** The threads of a layout, each with its parts; one group may be the caller's, who steps it on a thread of its own. */
final class LayoutThreads {
    private static final String THREAD_NAME_PREFIX = "pinion-";

    private final Layout layout;
    private final List<PartsAgent> groups = new ArrayList<>();
    private final List<AgentThread> running = new ArrayList<>();
    private final BiConsumer<String, Throwable> onFailure;
    private PartsAgent callers;

    /** Where the ingress is the caller's, so is its group; an ingress without an agent is whatever the caller does. */
    LayoutThreads(
            final Layout layout,
            final List<List<String>> threads,
            final Map<String, Agent> parts,
            final boolean isIngressCallers,
            final BiConsumer<String, Throwable> onFailure) {
        this.layout = layout;
        this.onFailure = onFailure;
        for (int i = 0; i < threads.size(); i++) {
            final List<String> names = threads.get(i);
            final PartsAgent group = new PartsAgent(
                    THREAD_NAME_PREFIX + String.join("+", names),
                    names.stream()
                            .filter(parts::containsKey)
                            .map(parts::get)
                            .distinct() // stages that follow one another share theirs
                            .toList(),
                    i < layout.cores().size() ? layout.cores().get(i) : PartsAgent.NO_CORE,
                    onFailure);
            if (isIngressCallers && names.contains(Layout.INGRESS)) {
                callers = group;
            } else {
                groups.add(group);
            }
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

    /** Starts them, and pins the caller's thread where it is one of the layout's. */
    void start() {
        if (callers != null && !layout.isStepped()) {
            callers.onStart();
        }
        for (final PartsAgent group : groups) {
            final AgentThread thread = new AgentThread(group, layout.idle().strategy(), onFailure);
            running.add(thread);
            thread.start();
        }
    }

    /** Runs each part of the caller's group once; how much was done. */
    int step() {
        return callers == null ? 0 : callers.doWork();
    }

    /** Ends them; the names of those that do not end, and are given up. */
    List<String> stop() {
        return running.stream()
                .filter(thread -> !thread.stop())
                .map(AgentThread::name)
                .toList();
    }
}
