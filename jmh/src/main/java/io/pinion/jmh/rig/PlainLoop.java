package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.pinion.jmh.codec.EventFlyweight;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/**
 * The job as one would write it by hand for just this purpose, on bare Aeron in the sidecar's place: the floor of what the job
 * adds to an echo. No ring, no counters, no clock; fields at fixed places, read where they lie; the plain loop's tables; what
 * came is copied once, with the price after it.
 */
public final class PlainLoop implements ControlledFragmentHandler {
    private final BufferClaim claim = new BufferClaim();
    private final JobSteps steps = new JobSteps(new JobSink(), new JobSink(), new JobSink());
    private final JobEvent event = new JobEvent();
    private final ExclusivePublication[] targets;
    private final Agent driver;

    private PlainLoop(final ExclusivePublication[] targets, final Agent driver) {
        this.targets = targets;
        this.driver = driver;
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        BareAeron.run("loop", args, PlainLoop::new);
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        EventFlyweight.readNumbers(buffer, offset, event);
        final int target = steps.targetOf(event);
        if (target >= 0 && isClaimed(targets[target], length + Double.BYTES)) {
            claim.putBytes(buffer, offset, length);
            claim.buffer().putDouble(claim.offset() + length, event.price);
            claim.reservedValue(header.reservedValue());
            claim.commit();
        }
        return Action.CONTINUE;
    }

    /** The tables have the event already, so it can't come again: waits for room, unless nobody is there any more. */
    private boolean isClaimed(final ExclusivePublication to, final int length) {
        try {
            long result = to.tryClaim(length, claim);
            while (result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION) {
                driver.doWork();
                result = to.tryClaim(length, claim);
            }
            return result > 0;
        } catch (final Exception e) {
            LangUtil.rethrowUnchecked(e);
            return false;
        }
    }
}
