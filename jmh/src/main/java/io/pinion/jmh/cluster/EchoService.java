package io.pinion.jmh.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.Publication;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/** Sends each message back to whom it came from. Used by the container's thread. */
final class EchoService implements ClusteredService {
    private final int member;
    private Cluster cluster;

    EchoService(final int member) {
        this.member = member;
    }

    @Override
    public void onStart(final Cluster started, final Image snapshotImage) {
        cluster = started;
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        if (session == null) {
            return;
        }
        long result = session.offer(buffer, offset, length);
        while (result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION) {
            cluster.idleStrategy().idle();
            result = session.offer(buffer, offset, length);
        }
        // Otherwise it is sent, or whom it was for is gone.
    }

    @Override
    public void onNewLeadershipTermEvent(
            final long leadershipTermId,
            final long logPosition,
            final long timestamp,
            final long termBaseLogPosition,
            final int leaderMemberId,
            final int logSessionId,
            final TimeUnit timeUnit,
            final int appVersion) {
        System.out.println("member " + member + (leaderMemberId == member ? " leads" : " follows") + ", term "
                + leadershipTermId); // as a member of Pinion tells it
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication publication) {
        // it has no state
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        // told with the term
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        // whoever comes
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        // whoever goes
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        // none is set
    }

    @Override
    public void onTerminate(final Cluster ended) {
        // the hook ends the process
    }
}
