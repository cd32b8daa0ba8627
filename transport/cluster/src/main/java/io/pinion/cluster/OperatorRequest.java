package io.pinion.cluster;

import io.aeron.Publication;
import io.pinion.engine.EdgeException;
import org.agrona.DirectBuffer;

/** One message of an operator's to the leader: offered again until it is taken, and then no more. Used by one thread. */
final class OperatorRequest {
    private final DirectBuffer message;
    private final int lengthBytes;
    private boolean isTaken;

    OperatorRequest(final DirectBuffer message, final int lengthBytes) {
        this.message = message;
        this.lengthBytes = lengthBytes;
    }

    /**
     * Offers it, where that is still to do.
     *
     * @param session with the leader.
     * @return whether the leader has it, or will have.
     * @throws EdgeException when this session takes nothing any more.
     */
    boolean offerTo(final Offer session) {
        if (isTaken) {
            return true;
        }
        final long result = session.offer(message, 0, lengthBytes);
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new EdgeException(
                    "The session with the cluster ended before it took the request: nothing was done, ask again.");
        }
        if (result <= 0
                && result != Publication.BACK_PRESSURED
                && result != Publication.ADMIN_ACTION
                && result != Publication.NOT_CONNECTED) { // while one leads no more, and no other has come
            throw new EdgeException("An offer to the cluster had the unknown result " + result + ".");
        }
        isTaken = result > 0;
        return isTaken;
    }
}
