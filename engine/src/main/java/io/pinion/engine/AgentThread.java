package io.pinion.engine;

import java.util.function.BiConsumer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.IdleStrategy;

/** A thread of a layout, which steps its parts until it is stopped or they fail. Started and stopped by one thread. */
final class AgentThread {
    /** How long a thread may take to end, first when it is asked to and then when it was interrupted. */
    private static final int PATIENCE_MS = 1_000;

    private final PartsAgent parts;
    private final AgentRunner runner;
    private boolean wasInterrupted;

    AgentThread(final PartsAgent parts, final IdleStrategy idle, final BiConsumer<String, Throwable> onFailure) {
        this.parts = parts;
        runner = new AgentRunner(
                idle,
                error -> {
                    if (!(error instanceof AgentTerminationException)) { // the parts' own were told
                        onFailure.accept(parts.roleName(), error);
                    }
                },
                null,
                parts);
    }

    void start() {
        AgentRunner.startOnThread(runner, task -> {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** False when it does not end, in a user's function that never returns for example; it is given up then. */
    boolean stop() {
        try {
            runner.close(PATIENCE_MS, thread -> {
                if (wasInterrupted) {
                    throw new AgentTerminationException(thread.getName());
                }
                wasInterrupted = true;
            });
            return true;
        } catch (final AgentTerminationException gaveUp) {
            return false;
        }
    }

    String name() {
        return parts.roleName();
    }
}
