package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.security.CredentialsSupplier;

/**
 * This member's own client session: by it the log hears GENESIS and TICK of the leader, CONFIRM of the leader's forwarders,
 * and HASHES of each member. Connects again by itself. Used by the delivery thread.
 */
final class MemberSession implements Confirmations, AutoCloseable {
    /**
     * Makes one; connects in {@link #doWork}.
     *
     * @param aeron         not closed with this.
     * @param endpoints     each member's ingress: {@code 0=host:port,1=host:port}.
     * @param egressChannel where answers come, such as {@code aeron:udp?endpoint=host:0}.
     * @param credentials   of a member.
     * @param member        this one's number.
     * @param routes        how many routes are confirmed.
     * @param genesis       what it says when the log is new.
     * @param view          of this member's service.
     */
    MemberSession(
            final Aeron aeron,
            final String endpoints,
            final String egressChannel,
            final CredentialsSupplier credentials,
            final int member,
            final int routes,
            final Genesis genesis,
            final ServiceView view) {
        throw new UnsupportedOperationException();
    }

    int doWork(final long nowNs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean confirm(final int route, final long sequence) {
        throw new UnsupportedOperationException();
    }

    /** What a person should know when nothing can be said to the log. Any thread. */
    String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
