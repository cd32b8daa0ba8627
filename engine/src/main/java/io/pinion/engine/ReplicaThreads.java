package io.pinion.engine;

import com.lmax.disruptor.Sequence;
import java.util.List;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Who does the work of a replica. The thread that gives it the log is the layout's ingress: it writes the slots, and steps the
 * parts that share its group; each other group has a thread of its own.
 *
 * <pre>
 *   the log's thread: slots, and what is grouped with the ingress ──▶ [ring] ──▶ the other groups' threads
 *                    ◀── room, what is through, what is unconfirmed, a failure ──┘
 * </pre>
 *
 * <p>A part is one thread's from {@link #start} to {@link #stop}, with its stage or outlets and their state. What the log's
 * thread does with that state it does before, after, or while nothing is under way: it has then read the last reader's
 * sequence, which each part's last write came before, and no part writes again until it has read a slot that the log's thread
 * published since. So nothing else has to be volatile.
 *
 * <p>The first thing that goes wrong on any thread ends that thread, holds up the ring at its slot, and is thrown at the log's
 * thread at its next call. What it gave meanwhile has come no further than that part.
 */
final class ReplicaThreads<E> {
    private final String name;
    private final Assembly<E> assembly;
    private final RouteOutlets routes;
    private final LayoutThreads threads;
    /** Of the last part that the log's thread steps itself; null where there is none. */
    private final Sequence ownLast;

    private final boolean ownsEgress;
    private long through = -1;
    private String failedPart;
    private long failedAt;
    /** The first; written when the two before it are. */
    private volatile Throwable failure;

    ReplicaThreads(final Processor.Builder<E> options, final Assembly<E> assembly, final RouteOutlets routes) {
        name = options.name;
        this.assembly = assembly;
        this.routes = routes;
        final List<List<String>> groups = LayoutThreads.partsOf(options);
        threads = new LayoutThreads(options.layout, groups, assembly.parts, true, this::fail);
        final List<String> own = groups.stream()
                .filter(group -> group.contains(Layout.INGRESS))
                .findFirst()
                .orElseThrow();
        ownsEgress = own.contains(Layout.EGRESS);
        ownLast = own.stream()
                .filter(assembly.readers::containsKey)
                .map(part -> assembly.readers.get(part).sequence())
                .reduce(null, (before, last) -> last);
    }

    /** Once the state is what the first slot is to meet. The caller is the log's thread, and pinned where the layout says. */
    void start() {
        threads.start();
    }

    /** On the thread of the part. Allocates nothing, since there may be nothing left. */
    private synchronized void fail(final String part, final Throwable error) {
        if (failure == null) {
            failedPart = part;
            failedAt = assembly.positionAt(part);
            failure = error;
        }
    }

    void requireNoFailure() {
        final Throwable error = failure;
        if (error != null) {
            throw new PartException(failedPart, failedAt, error);
        }
    }

    /** Steps what is the log's thread's own; how much was done, there and elsewhere. */
    int step() {
        requireNoFailure();
        int work = 0;
        try {
            work = threads.step();
        } catch (final AgentTerminationException e) { // it has been noted, and must not look like the end of a cluster
            requireNoFailure();
            throw e;
        }
        final long before = through;
        through = assembly.through();
        return work + (int) (through - before);
    }

    /** Whether nothing is left to the log's thread of what was given. */
    boolean isPassedOn() {
        return ownsEgress ? isSettled() : ownLast == null || ownLast.get() == assembly.ring.published();
    }

    /** Whether nothing is under way. */
    boolean isSettled() {
        return assembly.occupancy() == 0 && !routes.isHolding();
    }

    /** Ends them. What is in the ring is given up: the log has it. */
    void stop() {
        final List<String> stuck = threads.stop();
        if (!stuck.isEmpty()) {
            throw new EdgeException("The replica of " + name + " was left running on " + String.join(", ", stuck)
                    + ": a stage does not return there; its route logs stay open until the process ends.");
        }
    }
}
