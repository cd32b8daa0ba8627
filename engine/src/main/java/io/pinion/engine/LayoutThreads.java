package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;

/** The threads of a layout, each with its parts; or, where the layout has none, the caller's. */
final class LayoutThreads {
    private static final int CLOSE_TIMEOUT_MS = 2_000;
    private static final String THREAD_NAME_PREFIX = "pinion-";

    private final Layout layout;
    private final List<PartsAgent> groups = new ArrayList<>();
    private final List<AgentRunner> runners = new ArrayList<>();
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

    void start() {
        if (layout.isStepped()) {
            return;
        }
        for (final PartsAgent group : groups) {
            final AgentRunner runner = new AgentRunner(layout.idle().strategy(), this::onRunnerError, null, group);
            runners.add(runner);
            AgentRunner.startOnThread(runner, task -> {
                final Thread thread = new Thread(task);
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private void onRunnerError(final Throwable error) {
        if (!(error instanceof AgentTerminationException)) {
            onFailure.accept(error);
        }
    }

    int step() {
        int work = 0;
        for (final PartsAgent group : groups) {
            work += group.doWork();
        }
        return work;
    }

    void stop() {
        runners.forEach(runner -> runner.close(CLOSE_TIMEOUT_MS, thread -> {}));
    }
}
