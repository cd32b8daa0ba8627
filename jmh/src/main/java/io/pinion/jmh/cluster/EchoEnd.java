package io.pinion.jmh.cluster;

import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.Header;
import io.pinion.jmh.rig.FramePool;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A plain client of Aeron Cluster, which connects again when it lost its session. Before each frame stands when it was due,
 * so that the echo brings it back.
 */
final class EchoEnd implements ClusterEnd, EgressListener {
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(250);

    private final RigDriver driver = new RigDriver();
    private final BufferClaim claim = new BufferClaim();
    private final String endpoints;
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster session;
    private long connectAtNs = System.nanoTime();
    private ReturnHandler onReturn;
    private int polled;

    EchoEnd(final MemberPlan plan) {
        final StringBuilder list = new StringBuilder();
        for (int i = 0; i < plan.hosts().size(); i++) {
            list.append(i == 0 ? "" : ",")
                    .append(i)
                    .append('=')
                    .append(plan.ingress().get(i));
        }
        endpoints = list.toString();
    }

    @Override
    public void work() throws Exception {
        driver.work(polled == 0);
        if (session != null && session.isClosed()) {
            session = null;
        }
        if (session == null && System.nanoTime() - connectAtNs >= 0) {
            connect();
        }
    }

    private void connect() {
        try {
            if (connecting == null) {
                connecting = AeronCluster.asyncConnect(new AeronCluster.Context()
                        .aeron(driver.client())
                        .ownsAeronClient(false)
                        .agentInvoker(driver.client().context().driverAgentInvoker())
                        .ingressChannel("aeron:udp?term-length=4m")
                        .ingressEndpoints(endpoints)
                        .egressChannel("aeron:udp?endpoint=localhost:0")
                        .egressListener(this));
            }
            session = connecting.poll();
            connecting = session == null ? connecting : null;
        } catch (final AeronException notYet) {
            CloseHelper.quietClose(connecting);
            connecting = null;
            connectAtNs = System.nanoTime() + RETRY_NS;
        }
    }

    @Override
    public void reconnect() {
        CloseHelper.quietCloseAll(connecting, session);
        connecting = null;
        session = null;
        connectAtNs = System.nanoTime();
    }

    @Override
    public boolean isConnected() {
        return session != null;
    }

    @Override
    public int poll(final ReturnHandler handler, final int limit) {
        onReturn = handler;
        polled = session == null ? 0 : session.pollEgress();
        return polled;
    }

    @Override
    public void onMessage(
            final long clusterSessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        onReturn.onReturn(buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public boolean send(final FramePool frames, final long n, final long dueEpochNs) {
        if (session == null) {
            return false;
        }
        final long result = session.tryClaim(Long.BYTES + frames.lengthBytes(n), claim);
        if (result < 0) {
            if (result == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException(Publication.errorString(result));
            }
            return false; // back-pressure, or a leader that is gone: the session sees to that when it is polled
        }
        final int offset = claim.offset() + AeronCluster.SESSION_HEADER_LENGTH;
        claim.buffer().putLong(offset, dueEpochNs, ByteOrder.LITTLE_ENDIAN);
        frames.write(n, claim.buffer(), offset + Long.BYTES);
        claim.commit();
        return true;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(connecting, session, driver);
    }
}
