package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import io.pinion.wire.FrameCodec;
import java.util.function.ToIntFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * The job as one would write it by hand for just this purpose, on bare Aeron in the sidecar's place: the floor of what the job
 * adds to an echo. The same frames, in and out, by the same codec; the plain loop's tables. No ring, no counters, no clock.
 */
public final class PlainLoop implements ControlledFragmentHandler {
    private static final int FRAME_BYTES = 512;
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final BufferClaim claim = new BufferClaim();
    private final Codec<JobEvent> codec = FrameCodec.of(JobEvent::new);
    private final JobEvent event = codec.newEvent();
    private final Frame came = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
    private final Frame leaves = codec.newFrame(FRAME_BYTES, MAX_FRAME_BYTES);
    private final ExclusivePublication[] targets;
    private final Agent driver;
    private final ToIntFunction<JobEvent> steps;

    /** With these steps, which tell where an event goes, below 0 for nowhere. */
    PlainLoop(final ExclusivePublication[] targets, final Agent driver, final ToIntFunction<JobEvent> steps) {
        this.targets = targets;
        this.driver = driver;
        this.steps = steps;
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        final JobSteps steps = new JobSteps(new JobSink(), new JobSink(), new JobSink());
        BareAeron.run("loop", args, (targets, driver) -> new PlainLoop(targets, driver, steps::targetOf));
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (!came.copyFrom(buffer, offset, length, FrameFormat.WIRE) || !codec.decode(came, event)) {
            return Action.ABORT; // a rig that sends what is no event hears nothing more, and says so
        }
        final int target = steps.applyAsInt(event);
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
