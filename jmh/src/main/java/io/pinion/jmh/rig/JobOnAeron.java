package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.wire.FrameCodec;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The job by hand on bare Aeron, each event from its frame to the next before another is looked at; by the codec that the sidecar has. What it
 * looks up and counts is its steps' own.
 */
final class JobOnAeron implements ControlledFragmentHandler {
    private static final int FRAME_BYTES = 512;
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final BufferClaim claim = new BufferClaim();
    private final Codec<JobEvent> codec = FrameCodec.of(JobEvent::new);
    private final JobEvent event = codec.newEvent();
    private final Frame came = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
    private final Frame leaves = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
    private final ExclusivePublication[] targets;
    private final Agent driver;
    private final ToIntFunction<JobEvent> targetOf;

    /**
     * With these steps.
     *
     * @param targetOf called once for each event, which it remembers and changes: where it goes, below 0 for nowhere.
     */
    JobOnAeron(final ExclusivePublication[] targets, final Agent driver, final ToIntFunction<JobEvent> targetOf) {
        this.targets = targets;
        this.driver = driver;
        this.targetOf = targetOf;
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (!came.copyFrom(buffer, offset, length, FrameFormat.WIRE) || !codec.decode(came, event)) {
            return Action.ABORT; // a rig that sends what is no event hears nothing more, and says so
        }
        final int target = targetOf.applyAsInt(event);
        if (target >= 0) {
            codec.encode(came, event, leaves, FrameFormat.WIRE);
            if (BareAeron.isClaimed(targets[target], leaves.lengthBytes(), claim, driver)) {
                claim.putBytes(leaves.buffer(), 0, leaves.lengthBytes());
                claim.reservedValue(header.reservedValue());
                claim.commit();
            }
        }
        return Action.CONTINUE;
    }
}
