package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The messages between a route's leader and its consumer: their bytes, and nothing of what they mean. Little-endian, 40
 * bytes each, then a record's frame, or a position's {@link PositionMac}. Log id, route id and sequence are an output's
 * identity.
 *
 * <pre>
 *   0       2       4               8               16              24              32              40
 *  +-------+-------+---------------+---------------+---------------+---------------+---------------+
 *  | 1     |version| member        | log id        | route id      | first kept    | zero          | HELLO
 *  | 2     |version| zero          | log id        | route id      | sequence      | log time, µs  | frame: RECORD
 *  | 3     |version| window        | log id, or 0  | route id      | next expected | ask           | MAC, 32 bytes: POSITION
 *  +-------+-------+---------------+---------------+---------------+---------------+---------------+
 * </pre>
 *
 * <p>POSITION goes to all members, the others to the consumer. Its window is how many records it takes without another
 * POSITION; its log id is 0 where it has none yet, and then it expects sequence 1. Outputs that are on their way lie behind what it
 * expects, so a POSITION alone sends nothing again; another ask than before does: from the next expected on. The ask has a
 * number of this run of the consumer in its upper half, and counts in its lower.
 */
final class RouteMessages {
    static final short VERSION = 1;

    static final short HELLO = 1;
    static final short RECORD = 2;
    static final short POSITION = 3;

    static final int HEADER_BYTES = 40;
    static final int POSITION_BYTES = HEADER_BYTES + PositionMac.BYTES;

    private static final int VERSION_OFFSET = 2;
    private static final int AUX_OFFSET = 4;
    private static final int LOG_ID_OFFSET = 8;
    private static final int ROUTE_ID_OFFSET = 16;
    private static final int SEQUENCE_OFFSET = 24;
    private static final int LAST_OFFSET = 32;

    private RouteMessages() {}

    /** What a route is known by: the first 8 bytes of the SHA-256 of {@code graph/route}, little-endian. */
    static long routeId(final String graph, final String route) {
        try {
            final byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((graph + "/" + route).getBytes(StandardCharsets.UTF_8));
            return new UnsafeBuffer(hash).getLong(0, LITTLE_ENDIAN);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256, which each must have.", e);
        }
    }

    static short type(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, LITTLE_ENDIAN);
    }

    static short version(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN);
    }

    /** The member of HELLO, the window of POSITION. */
    static int aux(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + AUX_OFFSET, LITTLE_ENDIAN);
    }

    static long logId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + LOG_ID_OFFSET, LITTLE_ENDIAN);
    }

    static long routeId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ROUTE_ID_OFFSET, LITTLE_ENDIAN);
    }

    /** The first kept of HELLO, the sequence of RECORD, the next expected of POSITION. */
    static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    /** The log time of RECORD in microseconds since 1970, the ask of POSITION. */
    static long last(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + LAST_OFFSET, LITTLE_ENDIAN);
    }

    /** Puts the 40 bytes of any of them. */
    static int put(
            final MutableDirectBuffer buffer,
            final short type,
            final int aux,
            final long logId,
            final long routeId,
            final long sequence,
            final long last) {
        buffer.putShort(0, type, LITTLE_ENDIAN);
        buffer.putShort(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(AUX_OFFSET, aux, LITTLE_ENDIAN);
        buffer.putLong(LOG_ID_OFFSET, logId, LITTLE_ENDIAN);
        buffer.putLong(ROUTE_ID_OFFSET, routeId, LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(LAST_OFFSET, last, LITTLE_ENDIAN);
        return HEADER_BYTES;
    }
}
