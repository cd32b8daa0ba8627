package io.pinion.cluster;

import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.AdminRequestType;
import io.aeron.cluster.codecs.AdminResponseCode;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.Header;
import io.pinion.engine.EdgeException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** What an operator asks of a running cluster, from a process of its own. Used by one thread, which waits. */
public final class ClusterOperator implements EgressListener {
    private static final long CORRELATION_ID = 1;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration COMPARISON_TIMEOUT = Duration.ofSeconds(20);

    private final String endpoints;
    private final String egress;
    private final SharedSecret secret;
    private final StateComparison comparison = new StateComparison();
    private AdminResponseCode answer;
    private String why;

    /**
     * Makes one.
     *
     * @param ingress each member's {@code host:port}, the port being the first of the member's.
     * @param host    of this process, as members see it.
     * @param secret  of the cluster's clients.
     */
    public ClusterOperator(final List<String> ingress, final String host, final SharedSecret secret) {
        endpoints = ClusterLink.endpoints(ingress);
        egress = "aeron:udp?endpoint=" + host + ":0";
        this.secret = secret;
    }

    /**
     * Asks the leader to have all members take a snapshot. Returns once it has begun.
     *
     * @throws EdgeException when no leader answers, or it refuses.
     */
    public void takeSnapshot() {
        ask(cluster -> cluster.sendAdminRequestToTakeASnapshot(CORRELATION_ID), cluster -> answer != null);
        if (answer != AdminResponseCode.OK) {
            throw new EdgeException("The leader takes no snapshot: "
                    + (answer == AdminResponseCode.UNAUTHORISED_ACCESS
                            ? "it lets only the operator ask, who needs the clients' secret."
                            : why.isEmpty() ? answer + "." : why + "."));
        }
    }

    /**
     * Asks the leader to have all members take a snapshot, and end. Returns once the leader has ended.
     *
     * @throws EdgeException when no leader answers, or it goes on.
     */
    public void stop() {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        final int length = ClusterMessages.header(message, ClusterMessages.STOP, 0);
        final OperatorRequest request = new OperatorRequest(message, length);
        ask(cluster -> request.offerTo(cluster::offer), AeronCluster::isClosed);
    }

    /**
     * Has all members compare their state now, at one position of the log. One that has another than most ends itself.
     *
     * @return a sentence that says where it is the same.
     * @throws EdgeException when no leader answers, when the members differ, or not all say what they have.
     */
    public String compareStates() {
        final ExpandableArrayBuffer message = new ExpandableArrayBuffer();
        final int length = ClusterMessages.header(message, ClusterMessages.CHECK, 0);
        final long deadlineNs = System.nanoTime() + COMPARISON_TIMEOUT.toNanos();
        final OperatorRequest request = new OperatorRequest(message, length);
        ask(
                cluster -> request.offerTo(cluster::offer),
                cluster -> comparison.isComplete() || cluster.isClosed() || System.nanoTime() - deadlineNs > 0);
        if (!comparison.isEqual()) {
            throw new EdgeException(comparison.verdict());
        }
        return comparison.verdict();
    }

    private void ask(final Predicate<AeronCluster> send, final Predicate<AeronCluster> isDone) {
        try (MediaDriver driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                        .threadingMode(ThreadingMode.SHARED)
                        .dirDeleteOnStart(true)
                        .dirDeleteOnShutdown(true));
                AeronCluster cluster = AeronCluster.connect(new AeronCluster.Context()
                        .aeronDirectoryName(driver.aeronDirectoryName())
                        .ingressChannel("aeron:udp")
                        .ingressEndpoints(endpoints)
                        .egressChannel(egress)
                        .credentialsSupplier(SharedSecretCredentials.ofClient(Principal.OPERATOR, secret))
                        .egressListener(this))) {
            final IdleStrategy idle = new BackoffIdleStrategy();
            final long beganNs = System.nanoTime();
            boolean isSent = false;
            while (!isDone.test(cluster)) {
                isSent = isSent || send.test(cluster);
                idle.idle(cluster.pollEgress());
                if (System.nanoTime() - beganNs > ANSWER_TIMEOUT.toNanos()) {
                    throw new EdgeException("The leader of " + endpoints + " did not answer for "
                            + ANSWER_TIMEOUT.toSeconds() + " s; see what its members print.");
                }
            }
        } catch (final AeronException unreachable) {
            throw new EdgeException("No leader can be reached at " + endpoints + " (" + unreachable.getMessage()
                    + "): see that most members run, and that the secret is the clients'.");
        }
    }

    @Override
    public void onMessage(
            final long clusterSessionId,
            final long timestamp,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final Header header) {
        comparison.onAnswer(buffer, offset, length);
    }

    @Override
    public void onAdminResponse(
            final long clusterSessionId,
            final long correlationId,
            final AdminRequestType requestType,
            final AdminResponseCode responseCode,
            final String message,
            final DirectBuffer payload,
            final int payloadOffset,
            final int payloadLength) {
        answer = responseCode;
        why = message;
    }
}
