package io.pinion.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.Agent;

/** Steps all targets, and the dead letters after them, on one thread; says when everything has left. */
final class EgressAgent<E> implements Agent {
    private final TargetAgent<E>[] targets;
    private final DeadLetterAgent<E> deadLetters;
    private final CountDownLatch end;
    private boolean drained;

    @SuppressWarnings("unchecked")
    EgressAgent(final List<TargetAgent<E>> targets, final DeadLetterAgent<E> deadLetters, final CountDownLatch end) {
        this.targets = (TargetAgent<E>[]) targets.toArray(new TargetAgent<?>[0]);
        this.deadLetters = deadLetters;
        this.end = end;
    }

    @Override
    public int doWork() throws Exception {
        if (drained) {
            return 0;
        }
        int work = 0;
        boolean ended = true;
        for (final TargetAgent<E> target : targets) {
            work += target.doWork();
            ended &= target.hasEnded();
        }
        work += deadLetters.doWork();
        if (ended && deadLetters.hasEnded() && haveAllDrained()) {
            drained = true;
            end.countDown();
        }
        return work;
    }

    private boolean haveAllDrained() {
        boolean all = deadLetters.isDrained();
        for (final TargetAgent<E> target : targets) {
            all &= target.isDrained();
        }
        return all;
    }

    @Override
    public String roleName() {
        return Layout.EGRESS;
    }
}
