package io.pinion.cluster;

import io.aeron.Publication;
import io.aeron.cluster.service.ClientSession;
import org.agrona.ExpandableArrayBuffer;

/**
 * What producers, and operators, are told. An answer that can't leave is counted and forgotten: who waits for it
 * asks again. Nothing here decides anything, since followers' answers go nowhere. One thread; the counts are read by any.
 */
final class Answers {
    private static final int ATTEMPTS = 3;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(ClusterMessages.OPENED_BYTES);
    private volatile long unsent;
    private volatile String lastUnsent = "";

    void opened(
            final ClientSession session,
            final long producer,
            final long nonce,
            final long epoch,
            final long lastAccepted) {
        final int length =
                ClusterMessages.four(buffer, ClusterMessages.OPENED, 0, producer, nonce, epoch, lastAccepted);
        offer(session, length);
    }

    void accepted(final ClientSession session, final long producer, final long epoch, final long lastAccepted) {
        offer(session, ClusterMessages.three(buffer, ClusterMessages.ACK, 0, producer, epoch, lastAccepted));
    }

    void refused(
            final ClientSession session, final int reason, final long producer, final long epoch, final long expected) {
        offer(session, ClusterMessages.three(buffer, ClusterMessages.REFUSED, reason, producer, epoch, expected));
    }

    void checked(
            final ClientSession session,
            final int member,
            final int members,
            final long position,
            final long hash,
            final String section) {
        offer(session, ClusterMessages.checked(buffer, member, members, position, hash, section));
    }

    private void offer(final ClientSession session, final int length) {
        if (session == null || session.isClosing()) {
            return;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            final long result = session.offer(buffer, 0, length);
            if (result > 0) {
                return;
            }
            if (result != Publication.ADMIN_ACTION) {
                count(Publication.errorString(result));
                return;
            }
        }
        count(Publication.errorString(Publication.ADMIN_ACTION));
    }

    private void count(final String why) {
        unsent++;
        lastUnsent = why;
    }

    /** How many answers could not leave. */
    long unsent() {
        return unsent;
    }

    /** Why the last of them could not. */
    String lastUnsent() {
        return lastUnsent;
    }
}
