package io.pinion.engine;

import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** The parts of a graph that share a thread, stepped in the order an event passes them. */
final class PartsAgent implements Agent {
    /** For a thread that is pinned to no core. */
    static final int NO_CORE = -1;

    private final String name;
    private final Agent[] parts;
    private final int core;
    private final BiConsumer<String, Throwable> onFailure;
    private boolean hasFailed;

    /** {@code onFailure} is told the part, and what it threw, on the thread that steps it. */
    PartsAgent(
            final String name, final List<Agent> parts, final int core, final BiConsumer<String, Throwable> onFailure) {
        this.name = name;
        this.parts = parts.toArray(new Agent[0]);
        this.core = core;
        this.onFailure = onFailure;
    }

    @Override
    public void onStart() {
        if (core != NO_CORE) {
            Cores.pinCurrentThreadTo(core);
        }
        for (final Agent part : parts) {
            part.onStart();
        }
    }

    /**
     * What a part throws is not a user's exception: the graph has failed, and this thread steps no further, whatever becomes of
     * what is thrown here where memory is short.
     */
    @Override
    public int doWork() {
        if (hasFailed) {
            throw new AgentTerminationException(name);
        }
        int work = 0;
        for (final Agent part : parts) {
            try {
                work += part.doWork();
            } catch (final Throwable e) {
                hasFailed = true;
                onFailure.accept(part.roleName(), e);
                throw new AgentTerminationException(e);
            }
        }
        return work;
    }

    @Override
    public void onClose() {
        for (final Agent part : parts) {
            part.onClose();
        }
    }

    @Override
    public String roleName() {
        return name;
    }
}
