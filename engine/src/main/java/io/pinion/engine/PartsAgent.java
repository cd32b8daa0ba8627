package io.pinion.engine;

import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** The parts of a graph that share a thread, stepped in the order an event passes them. */
final class PartsAgent implements Agent {
    /** For a thread that is pinned to no core. */
    static final int NO_CORE = -1;

    private final String name;
    private final Agent[] parts;
    private final int core;
    private final Consumer<Throwable> onFailure;

    PartsAgent(final String name, final List<Agent> parts, final int core, final Consumer<Throwable> onFailure) {
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

    /** What a part throws is not a user's exception: the processor has failed, and this thread steps no further. */
    @Override
    public int doWork() {
        int work = 0;
        for (final Agent part : parts) {
            try {
                work += part.doWork();
            } catch (final AgentTerminationException e) {
                throw e;
            } catch (final Throwable e) {
                onFailure.accept(e);
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
