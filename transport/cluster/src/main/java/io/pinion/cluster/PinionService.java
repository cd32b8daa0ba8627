package io.pinion.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.pinion.engine.EdgeException;
import io.pinion.engine.PartException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentTerminationException;

/**
 * Aeron's callbacks: each message of the log is taken in, in its own call, before the next; whatever goes wrong in one
 * ends the member there. Aeron would go on behind a message whose handler threw, and this member would differ from the
 * others in silence. What goes wrong on a thread of the layout ends it at the next call: the ring stands still before the slot
 * that it went wrong at, so nothing behind it gets out, and no snapshot can be taken.
 *
 * <p>One thread, the service container's.
 */
final class PinionService implements ClusteredService {
    private final LogMessages messages;
    private final Admission admission;
    private final ServiceState state;
    private final ServiceView view;
    private final MemberHalt halt;
    private Cluster cluster;

    /**
     * Makes one.
     *
     * @param messages  takes them in.
     * @param admission which decides about them.
     * @param state     saves and restores.
     * @param view      what others see of it.
     * @param halt      the end.
     */
    PinionService(
            final LogMessages messages,
            final Admission admission,
            final ServiceState state,
            final ServiceView view,
            final MemberHalt halt) {
        this.messages = messages;
        this.admission = admission;
        this.state = state;
        this.view = view;
        this.halt = halt;
    }

    @FunctionalInterface
    private interface Callback {
        void run() throws IOException;
    }

    private void guard(final String what, final Callback callback) {
        try {
            callback.run();
        } catch (final AgentTerminationException end) {
            throw end; // the container's own
        } catch (
                final Throwable
                        e) { // an Error too: it would end this thread, and leave the process there as if it lived
            throw halted(what, e);
        }
    }

    private Error halted(final String what, final Throwable e) {
        if (e instanceof PartException) {
            return halt.halt(e.getMessage(), e.getCause());
        }
        final boolean isSentence = e instanceof EdgeException || e instanceof IOException;
        final long position = cluster == null ? 0 : cluster.logPosition();
        return halt.halt(
                isSentence
                        ? e.getMessage()
                        : "An error while " + what + " at position " + position + " of the log: " + e + ".",
                isSentence ? null : e);
    }

    @Override
    public void onStart(final Cluster newCluster, final Image snapshotImage) {
        cluster = newCluster;
        guard("starting", () -> {
            messages.cluster(newCluster);
            if (snapshotImage != null) {
                state.restore(new ImageInput(snapshotImage, newCluster.idleStrategy()));
                messages.requireNoConflict();
                view.logId = admission.logId();
                view.tablesToLoad = admission.missingTables();
                messages.showCounts();
            }
            view.position = newCluster.logPosition();
        });
    }

    @Override
    public void onSessionMessage(
            final ClientSession session,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        final long position = cluster.logPosition();
        try { // as in guard, without a lambda for each message
            messages.onMessage(session, position, timestamp, buffer, offset, length);
        } catch (final AgentTerminationException end) {
            throw end;
        } catch (final Throwable e) {
            throw halted("taking in a message", e);
        }
        view.position = position;
    }

    @Override
    public void onTakeSnapshot(final ExclusivePublication publication) {
        guard("taking a snapshot", () -> {
            messages.settle();
            view.hashes = state.save(
                    new PublicationOutput(publication::offer, cluster.idleStrategy()), cluster.logPosition());
        });
    }

    @Override
    public void onRoleChange(final Cluster.Role newRole) {
        view.isTermCurrent = newRole != Cluster.Role.LEADER; // the term's own event comes next
        view.isLeader = newRole == Cluster.Role.LEADER;
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
        guard("beginning a leadership term", () -> {
            if (timeUnit != TimeUnit.MICROSECONDS) {
                throw new EdgeException("The log counts time in " + timeUnit
                        + ", and a member of Pinion takes microseconds: it is the log of something else.");
            }
            view.leadershipTermId = leadershipTermId;
            view.isTermCurrent = true;
            view.position = logPosition;
        });
    }

    @Override
    public void onTerminate(final Cluster ended) {
        view.isLeader = false;
    }

    @Override
    public void onSessionOpen(final ClientSession session, final long timestamp) {
        // a session is nothing here: producers open themselves
    }

    @Override
    public void onSessionClose(final ClientSession session, final long timestamp, final CloseReason closeReason) {
        // the producer's mark stays
    }

    @Override
    public void onTimerEvent(final long correlationId, final long timestamp) {
        // none is ever set
    }
}
