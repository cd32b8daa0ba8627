package io.pinion.cluster;

import io.aeron.Publication;
import io.pinion.engine.EdgeException;
import org.agrona.concurrent.UnsafeBuffer;

/** Tells the members how far a consumer has come, whenever its session wants that; what could not be told is told later. */
final class PositionReport {
    private final Offer members;
    private final String where;
    private final long routeId;
    private final int window;
    private final PositionMac mac;
    private final UnsafeBuffer position = new UnsafeBuffer(new byte[RouteMessages.POSITION_BYTES]);

    /**
     * Makes one.
     *
     * @param members hear it.
     * @param where   the consumer reads, for people.
     * @param routeId of its route.
     * @param window  how many outputs may be on their way to it.
     * @param mac     proves to the members that this is one of their clients.
     */
    PositionReport(
            final Offer members, final String where, final long routeId, final int window, final PositionMac mac) {
        this.members = members;
        this.where = where;
        this.routeId = routeId;
        this.window = window;
        this.mac = mac;
    }

    /**
     * Tells, where that is due.
     *
     * @param session whose position it is.
     * @param nowNs   of {@link System#nanoTime}.
     * @return whether it was told.
     * @throws EdgeException when nothing can be told any more.
     */
    boolean tell(final ConsumerSession session, final long nowNs) {
        if (!session.isTellDue(nowNs)) {
            return false;
        }
        RouteMessages.put(
                position, RouteMessages.POSITION, window, session.logId(), routeId, session.next(), session.ask());
        mac.put(position);
        final long result = members.offer(position, 0, RouteMessages.POSITION_BYTES);
        if (result > 0) {
            session.told(nowNs);
            return true;
        }
        if (result == Publication.BACK_PRESSURED
                || result == Publication.ADMIN_ACTION
                || result == Publication.NOT_CONNECTED) {
            return false; // told with the next poll
        }
        // CLOSED, or after 2^31 terms MAX_POSITION_EXCEEDED.
        throw new EdgeException("The consumer of " + where
                + " can't tell its position any more: the media driver dropped its publication; start it again.");
    }
}
