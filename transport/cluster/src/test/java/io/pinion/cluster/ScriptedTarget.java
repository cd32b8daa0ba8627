package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Takes what it is offered, in order, as far as there is room. */
final class ScriptedTarget implements SequencedTarget {
    final List<Long> taken = new ArrayList<>();
    long next = 1;
    long settled;
    long highestSettled;
    long firstKept;
    int room = Integer.MAX_VALUE;
    boolean isLeadersOnly;
    EdgeException failure;
    EdgeException offerFailure;
    Runnable atOffer = () -> {};
    Runnable behindOffers = () -> {};
    /** One offer in so many is refused; 0 for none. */
    int refusesOneIn;

    private int offers;
    volatile long lastTaken;

    @Override
    public long next(final long logId, final long first) {
        assertThat(logId).isEqualTo(ForwarderRig.LOG);
        firstKept = first;
        return next < first ? UNKNOWN : next;
    }

    @Override
    public boolean offer(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        atOffer.run();
        if (offerFailure != null) {
            throw offerFailure;
        }
        assertThat(sequence).isEqualTo(next);
        assertThat(logTimeUs).isEqualTo(1_000 + sequence);
        assertThat(buffer.getStringWithoutLengthUtf8(offset, lengthBytes)).isEqualTo("output " + sequence);
        if (taken.size() >= room || refusesOneIn > 0 && ++offers % refusesOneIn == 0) {
            return false;
        }
        taken.add(sequence);
        lastTaken = sequence;
        next++;
        return true;
    }

    @Override
    public long settled() {
        behindOffers.run();
        highestSettled = Math.max(highestSettled, settled);
        return settled;
    }

    @Override
    public int doWork() {
        if (failure != null) {
            throw failure;
        }
        return 0;
    }

    @Override
    public boolean isLeadersOnly() {
        return isLeadersOnly;
    }

    @Override
    public int maxFrameBytes() {
        return 1_000;
    }

    @Override
    public String whyWaiting() {
        return "scripted";
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
