package io.pinion.engine;

import com.lmax.disruptor.EventPoller;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * Takes dead letters out of the ring, in log order. It comes after all targets, so that it sees also what a target could
 * not take, and so it is the last reader of the ring.
 */
final class DeadLetterAgent<E> implements Agent, EventPoller.Handler<Slot<E>> {
    private final List<Target> targets;
    private final DeadLetterRecord<E> letter;
    private final EventPoller<Slot<E>> poller;
    private final Outlet outlet;
    private final Counter routed;

    private int done;
    private boolean ended;

    DeadLetterAgent(
            final List<Target> targets,
            final DeadLetterRecord<E> letter,
            final EventPoller<Slot<E>> poller,
            final Outlet outlet,
            final Counter routed) {
        this.targets = targets;
        this.letter = letter;
        this.poller = poller;
        this.outlet = outlet;
        this.routed = routed;
    }

    @Override
    public int doWork() throws Exception {
        done = outlet.doWork();
        if (outlet.isHolding()) {
            if (!outlet.isHeldTaken()) {
                return done;
            }
            done++;
        }
        if (!ended) {
            poller.poll(this);
        }
        return done;
    }

    @Override
    public boolean onEvent(final Slot<E> slot, final long sequence, final boolean endOfBatch) {
        done++;
        if (slot.kind() == Slot.Kind.END_OF_INPUT) {
            ended = true;
            return false;
        }
        if (slot.verdict() == Slot.Verdict.DEAD && !send(slot, slot.deadBy())) {
            return false;
        }
        if (slot.deadTargets() != 0 && !send(slot, namesOf(slot.deadTargets()))) {
            return false;
        }
        return done < StageAgent.BATCH_LIMIT;
    }

    private boolean send(final Slot<E> slot, final String stage) {
        routed.increment();
        outlet.takeUp(slot);
        letter.write(slot, stage, outlet.frame());
        return outlet.put() != Outlet.Outcome.HELD;
    }

    private String namesOf(final long bits) {
        final List<String> names = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            names.add(targets.get(Long.numberOfTrailingZeros(rest)).name());
        }
        return String.join(",", names);
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isDrained() {
        return outlet.isDrained();
    }

    Outlet outlet() {
        return outlet;
    }

    Counter routed() {
        return routed;
    }

    @Override
    public String roleName() {
        return Target.DEAD_LETTERS;
    }
}
