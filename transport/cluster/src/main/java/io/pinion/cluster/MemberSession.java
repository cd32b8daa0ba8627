package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.security.CredentialsSupplier;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * This member's own client session: by it the log hears GENESIS and TICK of the leader, CONFIRM of the leader's forwarders,
 * and HASHES of each member. Connects again by itself. Used by the delivery thread.
 */
final class MemberSession implements Confirmations, AutoCloseable {
    private static final long TICK_NS = TimeUnit.SECONDS.toNanos(1);

    private final int member;
    private final Genesis genesis;
    private final ServiceView view;
    private final LogSession link;
    private final long logIdToPropose;
    private final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
    private final ConfirmPace pace;
    private long generation;
    private long nowNs = System.nanoTime();
    private long tickAtNs = nowNs;
    private SectionHashes hashesSent;

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
        this(
                new ClusterLink(
                        aeron, endpoints, egressChannel, credentials, "member-" + member, MemberSession::ignore),
                member,
                routes,
                genesis,
                view);
    }

    /** Over a session that is there already; closed with this. */
    MemberSession(
            final LogSession link, final int member, final int routes, final Genesis genesis, final ServiceView view) {
        this.link = link;
        this.member = member;
        this.genesis = genesis;
        this.view = view;
        pace = new ConfirmPace(routes);
        logIdToPropose = newLogId();
    }

    private static long newLogId() {
        final SecureRandom random = new SecureRandom();
        long id = 0;
        while (id == 0) {
            id = random.nextLong();
        }
        return id;
    }

    private static void ignore(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        // A member asks for nothing: what it says to the log comes back to it as a message of the log.
    }

    int doWork(final long now) {
        nowNs = now;
        int done = link.doWork(now);
        if (!link.isConnected()) {
            return done;
        }
        if (generation != link.generation()) {
            generation = link.generation();
            pace.reset();
            hashesSent = null;
            tickAtNs = now;
        }
        if (view.isLeader && now - tickAtNs >= 0 && tick()) {
            tickAtNs = now + TICK_NS;
            done++;
        }
        final SectionHashes hashes = view.hashes;
        if (hashes != null && hashes != hashesSent) {
            final int length = ClusterMessages.hashes(message, member, hashes.position(), hashes.hashes());
            if (link.offer(message, 0, length)) {
                hashesSent = hashes;
                done++;
            }
        }
        return done;
    }

    private boolean tick() {
        final int length = view.logId == 0
                ? ClusterMessages.genesis(
                        message, genesis.revision(), logIdToPropose, genesis.graph(), genesis.settings())
                : ClusterMessages.header(message, ClusterMessages.TICK, 0);
        return link.offer(message, 0, length);
    }

    @Override
    public boolean confirm(final int route, final long sequence) {
        if (!link.isConnected() || generation != link.generation()) {
            return false;
        }
        if (!pace.isDue(route, sequence, nowNs)) {
            return pace.isSent(route, sequence);
        }
        final int length = ClusterMessages.two(message, ClusterMessages.CONFIRM, route, view.logId, sequence);
        if (!link.offer(message, 0, length)) {
            return false;
        }
        pace.sent(route, sequence, nowNs);
        return true;
    }

    /** What a person should know when nothing can be said to the log; null when it can. Any thread. */
    String whyWaiting() {
        return link.whyWaiting();
    }

    @Override
    public void close() {
        link.close();
    }
}
