package io.pinion.engine;

import com.lmax.disruptor.EventPoller;
import org.agrona.concurrent.Agent;

/**
 * Takes what is for one outlet out of the ring, in log order, until the end. A frame that is held comes before everything
 * newer: the poller has given its slot up already, so the outlet keeps the bytes.
 */
abstract class OutletAgent<E> implements Agent, EventPoller.Handler<Slot<E>> {
    private final EventPoller<Slot<E>> poller;
    private final Outlet outlet;
    private int done;
    private boolean ended;

    OutletAgent(final EventPoller<Slot<E>> poller, final Outlet outlet) {
        this.poller = poller;
        this.outlet = outlet;
    }

    /** Puts out what of this slot is for the outlet; false when that is held. */
    abstract boolean isSettled(Slot<E> slot);

    @Override
    public final int doWork() throws Exception {
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
    public final boolean onEvent(final Slot<E> slot, final long sequence, final boolean endOfBatch) {
        done++;
        if (slot.kind() == Slot.Kind.END_OF_INPUT) {
            ended = true;
            return false;
        }
        return isSettled(slot) && done < StageAgent.BATCH_LIMIT;
    }

    final boolean hasEnded() {
        return ended;
    }

    final boolean isDrained() {
        return outlet.isDrained();
    }

    final Outlet outlet() {
        return outlet;
    }
}
