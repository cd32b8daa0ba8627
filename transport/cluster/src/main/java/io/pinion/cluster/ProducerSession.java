package io.pinion.cluster;

import static io.pinion.cluster.ClusterMessages.ACK;
import static io.pinion.cluster.ClusterMessages.EVENT;
import static io.pinion.cluster.ClusterMessages.OPEN;
import static io.pinion.cluster.ClusterMessages.OPENED;
import static io.pinion.cluster.ClusterMessages.REFUSED;
import static io.pinion.cluster.ClusterMessages.SWAP;

import io.pinion.engine.EdgeException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a producer knows, sends and hears: no sockets and no clock. Events are accepted in order, so what is to be sent is
 * always one number: the sequence it sends next, which answers and time set back.
 *
 * <pre>
 *   OPENING ──OPENED──▶ OPEN: sends all there is ──BUSY──▶ PROBING: sends one at a time, each time later
 *                         ▲  ◀── GAP, silence, another leader: from the expected again      │
 *                         └──────────────────────── ACK ────────────────────────────────────┘
 * </pre>
 *
 * <p>Used by one thread. Times are of {@link System#nanoTime}.
 */
final class ProducerSession {
    /** Where messages go. */
    @FunctionalInterface
    interface Uplink {
        /** False when it can't be taken now. */
        boolean offer(DirectBuffer buffer, int offset, int lengthBytes);
    }

    private enum State {
        OPENING,
        OPEN,
        PROBING
    }

    private static final int SEND_LIMIT = 64;
    private static final long LEAST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MOST_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A mark is kept for days after its last use; who lives asks so often that it isn't forgotten. */
    private static final long TOUCH_NS = TimeUnit.HOURS.toNanos(1);

    private final long producer;
    private final long nonce;
    private final long resendTimeoutNs;
    private final UnackedEvents unacked;
    private final UnsafeBuffer open = new UnsafeBuffer(new byte[ClusterMessages.OPEN_BYTES]);

    private State state = State.OPENING;
    private long epoch;
    private long accepted;
    private long nextToSend = 1;

    /** Behind the last that was ever sent, to count what is sent again. */
    private long neverSent = 1;

    private long resent;
    private long waitNs;
    private long sendAtNs;
    private boolean isOpenSent;
    private long heardAtNs;

    /** Since when something was sent, and nothing answered. */
    private boolean isAwaiting;

    private long awaitingSinceNs;
    private long touchAtNs;
    private String trouble;

    /**
     * Makes one.
     *
     * @param producer        its id.
     * @param nonce           no other instance's: so the log knows a repeated OPEN from a younger instance.
     * @param unacked         empty.
     * @param resendTimeoutNs after so long without an answer it sends again.
     * @param nowNs           the time.
     */
    ProducerSession(
            final long producer,
            final long nonce,
            final UnackedEvents unacked,
            final long resendTimeoutNs,
            final long nowNs) {
        this.producer = producer;
        this.nonce = nonce;
        this.unacked = unacked;
        this.resendTimeoutNs = resendTimeoutNs;
        ClusterMessages.two(open, OPEN, 0, producer, nonce);
        sendAtNs = nowNs;
        heardAtNs = nowNs;
        touchAtNs = nowNs;
    }

    /** Takes over one event or row; false when there is no room, or it isn't open yet. */
    boolean event(
            final int destination,
            final DirectBuffer source,
            final int offset,
            final int lengthBytes,
            final long dueNs) {
        final int total = ClusterMessages.EVENT_HEADER_BYTES + lengthBytes;
        final int at = state == State.OPENING ? -1 : unacked.claim(total);
        if (at < 0) {
            return false;
        }
        final UnsafeBuffer message = message(at, total);
        ClusterMessages.four(message, EVENT, destination, producer, epoch, unacked.next(), dueNs);
        message.putBytes(ClusterMessages.EVENT_HEADER_BYTES, source, offset, lengthBytes);
        unacked.commit(at, total);
        return true;
    }

    /** Takes over one step of a table's swap; {@code rows} are laid out as SWAP has them. */
    boolean swap(final int table, final int step, final int rows, final DirectBuffer source, final int lengthBytes) {
        final int total = ClusterMessages.SWAP_HEADER_BYTES + lengthBytes;
        final int at = state == State.OPENING ? -1 : unacked.claim(total);
        if (at < 0) {
            return false;
        }
        final UnsafeBuffer message = message(at, total);
        ClusterMessages.three(message, SWAP, table, producer, epoch, unacked.next());
        ClusterMessages.swapStep(message, step, rows);
        message.putBytes(ClusterMessages.SWAP_HEADER_BYTES, source, 0, lengthBytes);
        unacked.commit(at, total);
        return true;
    }

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);

    private UnsafeBuffer message(final int at, final int lengthBytes) {
        view.wrap(unacked.buffer(), at, lengthBytes);
        return view;
    }

    /** Another session, or another leader: what is unacknowledged may not have arrived. */
    void onConnected(final long nowNs) {
        isOpenSent = false;
        isAwaiting = false;
        sendFrom(accepted + 1, nowNs);
        if (state != State.OPEN) {
            sendAtNs = nowNs;
        }
    }

    /** Sends what is due; how many messages. */
    int send(final long nowNs, final Uplink link) {
        if (state == State.OPENING) {
            return sendOpen(nowNs, link);
        }
        if (nowNs - touchAtNs >= TOUCH_NS && link.offer(open, 0, ClusterMessages.OPEN_BYTES)) {
            touchAtNs = nowNs;
        }
        if (nextToSend > accepted + 1 && nowNs - heardAtNs >= resendTimeoutNs) {
            sendFrom(accepted + 1, nowNs);
        }
        if (state == State.PROBING) {
            final boolean isDue = nextToSend == accepted + 1 && nowNs - sendAtNs >= 0;
            return isDue && sendNext(nowNs, link) ? 1 : 0;
        }
        int sent = 0;
        while (sent < SEND_LIMIT && sendNext(nowNs, link)) {
            sent++;
        }
        return sent;
    }

    private int sendOpen(final long nowNs, final Uplink link) {
        final boolean isDue = isOpenSent ? nowNs - heardAtNs >= resendTimeoutNs : nowNs - sendAtNs >= 0;
        if (!isDue || !link.offer(open, 0, ClusterMessages.OPEN_BYTES)) {
            return 0;
        }
        isOpenSent = true;
        heardAtNs = nowNs;
        awaitAnswer(nowNs);
        return 1;
    }

    private boolean sendNext(final long nowNs, final Uplink link) {
        if (nextToSend == unacked.next()
                || !link.offer(unacked.buffer(), unacked.offsetOf(nextToSend), unacked.lengthOf(nextToSend))) {
            return false;
        }
        if (nextToSend == accepted + 1) {
            heardAtNs = nowNs; // nothing was on its way: silence begins now
        }
        awaitAnswer(nowNs);
        if (nextToSend < neverSent) {
            resent++;
        }
        nextToSend++;
        neverSent = Math.max(neverSent, nextToSend);
        return true;
    }

    private void awaitAnswer(final long nowNs) {
        if (!isAwaiting) {
            isAwaiting = true;
            awaitingSinceNs = nowNs;
        }
    }

    /** For how long nothing has been answered, while something was sent; 0 where nothing is awaited. */
    long silenceNs(final long nowNs) {
        return isAwaiting ? nowNs - awaitingSinceNs : 0;
    }

    private void sendFrom(final long sequence, final long nowNs) {
        nextToSend = sequence;
        heardAtNs = nowNs;
    }

    /**
     * Hears an answer. One of another producer, or of an earlier time, is ignored.
     *
     * @throws EdgeException when the producer can't go on.
     */
    void onAnswer(final DirectBuffer buffer, final int offset, final int lengthBytes, final long nowNs) {
        if (lengthBytes < ClusterMessages.ACK_BYTES
                || ClusterMessages.version(buffer, offset) != ClusterMessages.VERSION
                || ClusterMessages.first(buffer, offset) != producer) {
            return;
        }
        isAwaiting = false;
        final short type = ClusterMessages.type(buffer, offset);
        if (type == OPENED && lengthBytes >= ClusterMessages.OPENED_BYTES) {
            if (ClusterMessages.second(buffer, offset) == nonce) {
                onOpened(ClusterMessages.third(buffer, offset), ClusterMessages.fourth(buffer, offset), nowNs);
            }
        } else if (type == ACK) {
            if (state != State.OPENING && ClusterMessages.second(buffer, offset) == epoch) {
                onAccepted(ClusterMessages.third(buffer, offset), nowNs);
            }
        } else if (type == REFUSED) {
            onRefused(
                    ClusterMessages.aux(buffer, offset),
                    ClusterMessages.second(buffer, offset),
                    ClusterMessages.third(buffer, offset),
                    nowNs);
        }
    }

    private void onOpened(final long newEpoch, final long lastAccepted, final long nowNs) {
        touchAtNs = nowNs;
        if (state != State.OPENING && newEpoch == epoch) {
            return;
        }
        if (!unacked.isEmpty()) {
            throw forgotten();
        }
        epoch = newEpoch;
        accepted = lastAccepted;
        unacked.begin(lastAccepted + 1);
        neverSent = lastAccepted + 1;
        waitNs = 0;
        trouble = null;
        state = State.OPEN;
        sendFrom(lastAccepted + 1, nowNs);
    }

    private void onAccepted(final long sequence, final long nowNs) {
        if (sequence <= accepted) {
            return;
        }
        if (sequence >= unacked.next()) {
            throw new EdgeException("Producer " + producer + " was told that event " + sequence
                    + " is accepted, but has offered only " + (unacked.next() - 1)
                    + ": another one has its id; give each producer an id of its own.");
        }
        accepted = sequence;
        unacked.acknowledge(sequence);
        heardAtNs = nowNs;
        touchAtNs = nowNs;
        nextToSend = Math.max(nextToSend, sequence + 1);
        if (state == State.PROBING) {
            state = State.OPEN;
            waitNs = 0;
            trouble = null;
        }
    }

    private void onRefused(final int reason, final long refusedEpoch, final long expected, final long nowNs) {
        if (state == State.OPENING) {
            onOpenRefused(reason, nowNs);
            return;
        }
        switch (reason) {
            case ClusterMessages.GAP -> {
                if (refusedEpoch == epoch && isProgress(expected, nowNs) && state == State.OPEN) {
                    sendFrom(accepted + 1, nowNs);
                }
            }
            case ClusterMessages.BUSY -> {
                if (refusedEpoch == epoch && isProgress(expected, nowNs)) {
                    state = State.PROBING;
                    sendLater(nowNs);
                    sendFrom(accepted + 1, nowNs);
                }
            }
            case ClusterMessages.FENCED -> {
                if (refusedEpoch >= epoch) {
                    throw new EdgeException("Producer " + producer + " was replaced by a younger instance of the same"
                            + " id, which goes on behind event " + accepted + ": stop one of the two.");
                }
            }
            case ClusterMessages.UNKNOWN -> throw forgotten();
            default -> throw refused(reason);
        }
    }

    /** Whether an expected sequence is news: all below it is accepted. One that lies lower is late. */
    private boolean isProgress(final long expected, final long nowNs) {
        if (expected - 1 > accepted) {
            onAccepted(expected - 1, nowNs);
        }
        return expected == accepted + 1;
    }

    private void onOpenRefused(final int reason, final long nowNs) {
        if (reason != ClusterMessages.BUSY) {
            throw refused(reason);
        }
        isOpenSent = false;
        sendLater(nowNs);
    }

    private void sendLater(final long nowNs) {
        waitNs = Math.min(Math.max(2 * waitNs, LEAST_WAIT_NS), MOST_WAIT_NS);
        sendAtNs = nowNs + waitNs;
        trouble = "the cluster is busy: a route that blocks is at its bound, or its log is not ready yet";
    }

    private EdgeException forgotten() {
        return new EdgeException("The cluster does not know producer " + producer + " any more, and "
                + (unacked.next() - unacked.first()) + " events from " + unacked.first()
                + " on are not acknowledged: whether they were taken can't be known; see which have come out, and start"
                + " it again.");
    }

    private EdgeException refused(final int reason) {
        return new EdgeException(
                switch (reason) {
                    case ClusterMessages.FULL ->
                        "The cluster has as many producers as it keeps, and refuses producer " + producer
                                + ": use the ids of earlier ones again, or allow more.";
                    case ClusterMessages.INVALID ->
                        "The cluster refuses what producer " + producer + " sends behind event "
                                + accepted
                                + " as no message that it can take: see that both are of one version, and that the table and"
                                + " the length are allowed.";
                    default ->
                        "The cluster refuses producer " + producer + " for a reason " + reason
                                + " that this version does not know: use the cluster's version.";
                });
    }

    boolean isOpen() {
        return state != State.OPENING;
    }

    long accepted() {
        return accepted;
    }

    long sent() {
        return unacked.next() - 1;
    }

    long resent() {
        return resent;
    }

    /** What a person should know, where the way to the cluster is free. */
    String whyWaiting() {
        if (trouble != null) {
            return trouble;
        }
        if (state == State.OPENING) {
            return "the cluster has not answered yet where producer " + producer + " goes on";
        }
        return unacked.isEmpty()
                ? "the cluster takes what comes"
                : "event " + (accepted + 1) + " is sent and not acknowledged yet";
    }
}
