package io.pinion.cluster;

import io.aeron.Publication;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.DirectBuffer;

/** Where offers go that have the results which a test wants, and then are taken. */
final class ScriptedOffers implements Offer {
    /** All the results that are not a position. */
    static final List<Long> REFUSALS = List.of(
            Publication.BACK_PRESSURED,
            Publication.ADMIN_ACTION,
            Publication.NOT_CONNECTED,
            Publication.CLOSED,
            Publication.MAX_POSITION_EXCEEDED);

    /** A result that no version of Aeron has. */
    static final long UNKNOWN = -77;

    final List<byte[]> taken = new ArrayList<>();
    private final Deque<Long> results = new ArrayDeque<>();
    int offers;

    /** The next so many offers end like this. */
    void refuse(final long result, final int times) {
        for (int i = 0; i < times; i++) {
            results.add(result);
        }
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length) {
        offers++;
        if (!results.isEmpty()) {
            return results.remove();
        }
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        taken.add(message);
        return 64L * taken.size();
    }
}
