package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import org.agrona.DirectBuffer;

/**
 * A bare Aeron echo: each message sent back as it came, over as many streams in turn as the sidecar has targets. The baseline
 * for the sidecar, in its place.
 */
public final class Echo implements ControlledFragmentHandler {
    private final BufferClaim claim = new BufferClaim();
    private final ExclusivePublication[] back;
    private int turn;

    private Echo(final ExclusivePublication... back) {
        this.back = back;
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        BareAeron.run("echo", args, (back, driver) -> new Echo(back));
    }

    @Override
    public Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        final long result = back[turn].tryClaim(length, claim);
        if (result < 0) {
            BareAeron.requireOpen(back[turn], result);
            return Action.ABORT;
        }
        turn = turn + 1 == back.length ? 0 : turn + 1;
        claim.putBytes(buffer, offset, length);
        claim.reservedValue(header.reservedValue());
        claim.commit();
        return Action.CONTINUE;
    }
}
