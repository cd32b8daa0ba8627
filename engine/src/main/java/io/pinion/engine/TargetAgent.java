package io.pinion.engine;

import com.lmax.disruptor.EventPoller;
import org.agrona.concurrent.Agent;

/** Takes the copies for one target out of the ring, in log order, encodes each and offers it to the publisher. */
final class TargetAgent<E> implements Agent, EventPoller.Handler<Slot<E>> {
    private final Target target;
    private final long targetBit;
    private final FrameFormat format;
    private final Codec<E> codec;
    private final EventPoller<Slot<E>> poller;
    private final Outlet outlet;
    private final Counter dead;

    private int done;
    private boolean ended;

    /** Format null means: as the event came. */
    TargetAgent(
            final Target target,
            final long targetBit,
            final FrameFormat format,
            final Codec<E> codec,
            final EventPoller<Slot<E>> poller,
            final Outlet outlet,
            final Counter dead) {
        this.target = target;
        this.targetBit = targetBit;
        this.format = format;
        this.codec = codec;
        this.poller = poller;
        this.outlet = outlet;
        this.dead = dead;
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
        if (slot.isRoutedTo(targetBit) && encode(slot)) {
            final Outlet.Outcome outcome = outlet.put();
            if (outcome == Outlet.Outcome.HELD) {
                return false;
            }
            if (outcome == Outlet.Outcome.REFUSED) {
                die(slot, outlet.whyRefused());
            }
        }
        return done < StageAgent.BATCH_LIMIT;
    }

    private boolean encode(final Slot<E> slot) {
        outlet.takeUp(slot);
        try {
            codec.encode(
                    slot.frame(),
                    slot.event(),
                    outlet.frame(),
                    format == null ? slot.frame().format() : format);
            return true;
        } catch (final FrameTooLongException e) {
            die(slot, e.getMessage());
        } catch (final RuntimeException e) {
            die(slot, "the codec: " + StageAgent.describe(e));
        }
        return false;
    }

    private void die(final Slot<E> slot, final String reason) {
        slot.deadAtTarget(targetBit, "target \"" + target.name() + "\": " + reason);
        dead.increment();
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

    Counter dead() {
        return dead;
    }

    Target target() {
        return target;
    }

    @Override
    public String roleName() {
        return target.name();
    }
}
