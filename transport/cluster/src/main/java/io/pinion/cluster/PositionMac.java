package io.pinion.cluster;

import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The message authentication code of a POSITION, which comes behind its 40 bytes: HMAC-SHA-256 over all of them. Only who knows
 * the clients' secret can make one. Used by one thread.
 */
final class PositionMac {
    static final int BYTES = 32;

    /** No answer to a challenge is ever this key, whoever chose the challenge: those are of texts with a colon in them. */
    private static final String USE = "pinion POSITION";

    private final Mac mac;
    private final byte[] message = new byte[RouteMessages.HEADER_BYTES];
    private final byte[] right = new byte[BYTES];
    private final byte[] given = new byte[BYTES];

    /**
     * Makes one.
     *
     * @param clients their secret.
     */
    PositionMac(final SharedSecret clients) {
        mac = clients.macFor(USE);
    }

    /** Puts it behind a message that begins at 0. */
    void put(final MutableDirectBuffer buffer) {
        compute(buffer, 0);
        buffer.putBytes(RouteMessages.HEADER_BYTES, right);
    }

    /** Whether a message of {@link RouteMessages#POSITION_BYTES} has the right one. */
    boolean isRight(final DirectBuffer buffer, final int offset) {
        compute(buffer, offset);
        buffer.getBytes(offset + RouteMessages.HEADER_BYTES, given);
        return MessageDigest.isEqual(right, given);
    }

    private void compute(final DirectBuffer buffer, final int offset) {
        buffer.getBytes(offset, message);
        mac.update(message);
        try {
            mac.doFinal(right, 0);
        } catch (final ShortBufferException e) {
            throw new IllegalStateException("A message authentication code is longer than " + BYTES + " bytes.", e);
        }
    }
}
