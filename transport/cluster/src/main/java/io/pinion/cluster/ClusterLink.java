package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.aeron.security.AuthenticationException;
import io.aeron.security.CredentialsSupplier;
import io.pinion.engine.EdgeException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;

/**
 * A client session with whichever member leads, opened again when it is lost. Used by one thread; {@link #whyWaiting} may be
 * called on any. Waits for nothing but its own driver, for a moment, where another member comes to lead.
 */
final class ClusterLink implements LogSession {
    /** Takes what the service answers; what it throws comes out of {@link #doWork}. */
    @FunctionalInterface
    interface AnswerHandler {
        void onAnswer(DirectBuffer buffer, int offset, int lengthBytes);
    }

    private static final int TERM_BYTES = 4 << 20;

    /** The longest message it takes: Aeron's eighth of a term, less the session's header. */
    static final int MAX_MESSAGE_BYTES = TERM_BYTES / 8 - AeronCluster.SESSION_HEADER_LENGTH;

    private static final String INGRESS = "aeron:udp?term-length=" + TERM_BYTES;

    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The shortest silence that means anything, on a slow machine. */
    private static final long LEAST_SILENCE_NS = TimeUnit.SECONDS.toNanos(3);

    /** After so many heartbeat time-outs another member leads, and has said so; as an election takes no longer. */
    private static final int HEARTBEATS = 3;

    private final Aeron aeron;
    private final String endpoints;
    private final String egressChannel;
    private final CredentialsSupplier credentials;
    private final String name;
    private final AnswerHandler handler;
    private final boolean isAlone;
    private final EgressListener egress = new Egress();
    private final AgentInvoker lentDriver;

    private AeronCluster.AsyncConnect connecting;
    private AeronCluster session;
    private long connectAtNs;
    private long keepAliveAtNs;
    private long generation;
    private long patienceNs;
    private boolean isRejected;
    private RuntimeException thrown;
    private volatile String trouble;

    /** What Aeron calls ingress endpoints, of each member's in the order of their numbers. */
    static String endpoints(final List<String> ingress) {
        return IntStream.range(0, ingress.size())
                .mapToObj(member -> member + "=" + ingress.get(member))
                .collect(Collectors.joining(","));
    }

    /**
     * Makes one; it connects in {@link #doWork}.
     *
     * @param aeron         not closed with this.
     * @param endpoints     each member's ingress: {@code 0=host:port,1=host:port}.
     * @param egressChannel where answers come.
     * @param credentials   or null where members don't ask.
     * @param name          for those who look at the cluster's sessions.
     * @param handler       takes answers.
     */
    ClusterLink(
            final Aeron aeron,
            final String endpoints,
            final String egressChannel,
            final CredentialsSupplier credentials,
            final String name,
            final AnswerHandler handler) {
        this.aeron = aeron;
        this.endpoints = endpoints;
        this.egressChannel = egressChannel;
        this.credentials = credentials;
        this.name = name;
        this.handler = handler;
        isAlone = endpoints.indexOf(',') < 0;
        lentDriver = LentDriver.of(aeron);
        connectAtNs = System.nanoTime();
        trouble = "not connected yet to a cluster at " + endpoints;
    }

    @Override
    public int doWork(final long nowNs) {
        if (aeron.isClosed()) {
            throw new EdgeException("The session with the cluster at " + endpoints + " is lost: the media driver in "
                    + aeron.context().aeronDirectoryName()
                    + " is gone, or dropped this client; see that it runs and start this process again.");
        }
        if (session == null) {
            return connect(nowNs);
        }
        int done = 0;
        try {
            done += session.pollEgress();
            if (nowNs - keepAliveAtNs >= 0 && !session.isClosed()) {
                keepAliveAtNs = nowNs + KEEP_ALIVE_NS;
                done += session.sendKeepAlive() ? 1 : 0; // where it fails the session ends, and that is seen below
            }
        } catch (final AeronException e) {
            lost(nowNs, String.valueOf(e.getMessage()));
        }
        if (thrown != null) {
            final RuntimeException first = thrown;
            thrown = null;
            throw first;
        }
        if (session != null && session.isClosed()) {
            lost(nowNs, "its session was closed");
        }
        return done;
    }

    private int connect(final long nowNs) {
        if (nowNs - connectAtNs < 0) {
            return 0;
        }
        try {
            if (connecting == null) {
                connecting = AeronCluster.asyncConnect(new AeronCluster.Context()
                        .aeron(aeron)
                        .ownsAeronClient(false)
                        .agentInvoker(lentDriver)
                        .ingressChannel(INGRESS)
                        .ingressEndpoints(endpoints)
                        .egressChannel(egressChannel)
                        .credentialsSupplier(credentials)
                        .clientName(name)
                        .egressListener(egress));
            }
            session = connecting.poll();
            if (session == null) {
                return 0;
            }
            connecting = null;
            measurePatience();
            isRejected = false;
            trouble = null;
            keepAliveAtNs = nowNs + KEEP_ALIVE_NS;
            generation++;
            return 1;
        } catch (final AuthenticationException e) {
            isRejected = true;
            lost(nowNs, "it does not accept who this is: give it the cluster's own secret");
        } catch (final AeronException | IllegalArgumentException e) {
            lost(nowNs, String.valueOf(e.getMessage()));
        }
        return 0;
    }

    /**
     * Drops a session in which nothing is answered for so long that another leader would have been heard of; another one is
     * opened. A member that starts again, alone, knows its sessions no more and says nothing to them, and Aeron itself
     * notices only when the driver's image of the answers times out, after ten seconds.
     *
     * @param nowNs     of {@link System#nanoTime}.
     * @param silenceNs how long it has been.
     */
    void dropIfSilent(final long nowNs, final long silenceNs) {
        if (session != null && silenceNs > patienceNs) {
            lost(nowNs, "it answers nothing");
        }
    }

    private void measurePatience() {
        // Aeron's client has it from the leader: twice the heartbeat time-out.
        final long heartbeatNs = session.context().newLeaderTimeoutNs() / 2;
        patienceNs = Math.max(LEAST_SILENCE_NS, isAlone ? heartbeatNs : HEARTBEATS * heartbeatNs);
    }

    private void lost(final long nowNs, final String why) {
        trouble = "no session with the cluster at " + endpoints + ": " + why;
        connectAtNs = nowNs + RETRY_NS;
        disconnect();
    }

    private void disconnect() {
        CloseHelper.quietCloseAll(connecting, session);
        connecting = null;
        session = null;
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public boolean isConnected() {
        return session != null;
    }

    /** Whether the last attempt was refused for its credentials. */
    boolean isRejected() {
        return isRejected;
    }

    @Override
    public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        return session != null && isTaken(session.offer(buffer, offset, lengthBytes));
    }

    /** What an offer's result means here; the session acts on each by itself. */
    boolean isTaken(final long result) {
        if (result > 0) {
            if (trouble != null) {
                trouble = null;
            }
            return true;
        }
        if (result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION) {
            return false; // the leader reads slower than we send, or the term was rotated: the next offer may be taken
        }
        if (result == Publication.NOT_CONNECTED
                || result == Publication.CLOSED
                || result == Publication.MAX_POSITION_EXCEEDED) {
            // The session awaits another leader, or closes: either is a new generation.
            if (trouble == null) {
                trouble = "the leader of the cluster at " + endpoints + " is gone, and no other has come yet";
            }
            return false;
        }
        throw new EdgeException("An offer to the cluster at " + endpoints + " had the unknown result " + result + ".");
    }

    @Override
    public String whyWaiting() {
        return trouble;
    }

    @Override
    public void close() {
        disconnect();
    }

    /** What comes back. Aeron would report what is thrown here and go on. */
    private final class Egress implements EgressListener {
        @Override
        public void onMessage(
                final long clusterSessionId,
                final long timestamp,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final Header header) {
            try {
                handler.onAnswer(buffer, offset, length);
            } catch (final RuntimeException e) {
                if (thrown == null) {
                    thrown = e;
                }
            }
        }

        @Override
        public void onSessionEvent(
                final long correlationId,
                final long clusterSessionId,
                final long leadershipTermId,
                final int leaderMemberId,
                final EventCode code,
                final String detail) {
            // That a session was closed is seen by isClosed().
        }

        @Override
        public void onNewLeader(
                final long clusterSessionId,
                final long leadershipTermId,
                final int leaderMemberId,
                final String ingressEndpoints) {
            generation++;
        }
    }
}
