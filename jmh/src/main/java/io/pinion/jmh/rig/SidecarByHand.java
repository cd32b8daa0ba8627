package io.pinion.jmh.rig;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.WallClock;
import io.pinion.jmh.job.CountedSteps;
import io.pinion.jmh.job.JobEvent;
import io.pinion.wire.FrameCodec;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/**
 * The job by hand with what a sidecar has and {@link PlainLoop} has not, in the sidecar's place: steps count and have rows of a class of the
 * user's, as {@link CountedLoop} does ({@link CountedSteps}), events go through a Disruptor's ring, and how long they wait and take is counted too. For exactly
 * this graph, the straightforward way, all on one thread. It does less than the sidecar, no policies, nothing caught of what a user's function throws, one
 * reading of the clock less, latencies that no other thread can read; and where events have piled up more, since it takes each
 * one through by itself.
 */
public final class SidecarByHand implements ControlledFragmentHandler, EventPoller.Handler<SidecarByHand.Slot> {
    /** As many as the profile {@code low-latency} has. */
    private static final int SLOTS = 1_024;

    private static final int FRAME_BYTES = 512;
    private static final int MAX_FRAME_BYTES = 64 * 1024;
    private static final long LONGEST_NS = 60_000_000_000L;
    private static final int DIGITS = 2;

    private final Codec<JobEvent> codec = FrameCodec.of(JobEvent::new);
    private final RingBuffer<Slot> ring =
            RingBuffer.createSingleProducer(() -> new Slot(codec), SLOTS, new YieldingWaitStrategy());
    private final EventPoller<Slot> poller = ring.newPoller();
    private final CountedSteps steps = new CountedSteps();
    private final Frame leaves = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
    private final BufferClaim claim = new BufferClaim();
    private final ExclusivePublication[] targets;
    private final Agent driver;

    private final WallClock clock = new WallClock();
    private final Histogram waited = new Histogram(LONGEST_NS, DIGITS);
    private final Histogram[] took;

    /** One event on its way. */
    static final class Slot {
        private final JobEvent event;
        private final Frame frame;
        private long dueNs;

        Slot(final Codec<JobEvent> codec) {
            event = codec.newEvent();
            frame = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
        }
    }

    private SidecarByHand(final ExclusivePublication[] targets, final Agent driver) {
        this.targets = targets;
        this.driver = driver;
        ring.addGatingSequences(poller.getSequence());
        took = Stream.of(targets)
                .map(target -> new Histogram(LONGEST_NS, DIGITS))
                .toArray(Histogram[]::new);
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        BareAeron.run("hand", args, SidecarByHand::new);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final Slot slot = ring.get(ring.getCursor() + 1); // there is room: what came before has been taken out
        slot.dueNs = header.reservedValue();
        waited.recordValue(sinceDue(slot));
        if (!slot.frame.copyFrom(buffer, offset, length, FrameFormat.WIRE) || !codec.decode(slot.frame, slot.event)) {
            return Action.ABORT; // a rig that sends what is no event hears nothing more, and says so
        }
        ring.publish(ring.next());
        try {
            poller.poll(this);
        } catch (final Exception e) {
            LangUtil.rethrowUnchecked(e);
        }
        return Action.CONTINUE;
    }

    @Override
    public boolean onEvent(final Slot slot, final long sequence, final boolean endOfBatch) {
        final int target = steps.targetOf(slot.event);
        if (target >= 0) {
            codec.encode(slot.frame, slot.event, leaves, FrameFormat.WIRE);
            if (BareAeron.isClaimed(targets[target], leaves.lengthBytes(), claim, driver)) {
                claim.putBytes(leaves.buffer(), 0, leaves.lengthBytes());
                claim.reservedValue(slot.dueNs);
                claim.commit();
                took[target].recordValue(sinceDue(slot));
            }
        }
        return true;
    }

    private long sinceDue(final Slot slot) {
        return Math.min(Math.max(0, clock.nanoTime() - slot.dueNs), LONGEST_NS);
    }
}
