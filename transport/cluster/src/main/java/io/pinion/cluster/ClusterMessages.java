package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The messages on the cluster's log, and the answers to producers and operators: their bytes, and nothing of what
 * they mean. Little-endian; a message begins where Aeron's session header ends.
 *
 * <pre>
 *   0       2       4               8
 *  +-------+-------+---------------+
 *  | type  |version|      aux      |  all of them
 *  +-------+-------+---------------+-------------------------------------------------------------+
 *  GENESIS  revision     8 log id    16 length of name (4)   20 name   n length of settings (4)   settings
 *  OPEN                  8 producer  16 nonce
 *  EVENT    destination  8 producer  16 epoch  24 sequence  32 due ns     40 frame
 *  SWAP     table        8 producer  16 epoch  24 sequence  32 step (4)  36 rows (4)  40 rows: length (4), frame
 *  CONFIRM  route        8 log id    16 sequence
 *  TICK, CHECK, STOP
 *  HASHES   member       8 position  16 count (4)  20 zero (4)  24 hashes (8 each)
 *  +---------------------------------------------------------------------------------------------+
 *  OPENED                8 producer  16 nonce  24 epoch  32 last accepted
 *  ACK                   8 producer  16 epoch  24 last accepted
 *  REFUSED  reason       8 producer  16 epoch  24 expected
 *  CHECKED  member       8 position  16 hash   24 members (4)  28 section: length (4), text
 * </pre>
 *
 * <p>The destination of an event is 0 for the graph's ingress and k for the k-th of its tables, counted from 1; routes are
 * numbered as the graph's targets are, from 0, the dead letters last. Names and settings are UTF-8.
 */
final class ClusterMessages {
    static final short VERSION = 1;

    static final short GENESIS = 1;
    static final short OPEN = 2;
    static final short EVENT = 3;
    static final short SWAP = 4;
    static final short CONFIRM = 5;
    static final short TICK = 6;
    static final short CHECK = 7;
    static final short HASHES = 8;
    static final short STOP = 9;

    static final short OPENED = 20;
    static final short ACK = 21;
    static final short REFUSED = 22;
    static final short CHECKED = 23;

    /** A sequence is missing: resend from the expected one. */
    static final int GAP = 1;
    /** A route that blocks is at its bound, or the log is not ready yet: send it again. */
    static final int BUSY = 2;
    /** A younger instance of this producer is at work. */
    static final int FENCED = 3;
    /** Nothing is known of this producer: it has to open. */
    static final int UNKNOWN = 4;
    /** There are as many producers as can be. */
    static final int FULL = 5;
    /** It is no message that can be taken: of another version, too short, or for a table that is not there. */
    static final int INVALID = 6;

    static final int SWAP_BEGIN = 1;
    static final int SWAP_ROWS = 2;
    static final int SWAP_END = 3;
    static final int SWAP_CANCEL = 4;

    static final int HEADER_BYTES = 8;
    static final int OPEN_BYTES = 24;
    static final int EVENT_HEADER_BYTES = 40;
    static final int SWAP_HEADER_BYTES = 40;
    static final int CONFIRM_BYTES = 24;
    static final int HASHES_HEADER_BYTES = 24;
    static final int OPENED_BYTES = 40;
    static final int ACK_BYTES = 32;
    static final int REFUSED_BYTES = 32;
    static final int CHECKED_HEADER_BYTES = 28;

    private static final int TYPE_OFFSET = 0;
    private static final int VERSION_OFFSET = 2;
    private static final int AUX_OFFSET = 4;
    private static final int FIRST_OFFSET = 8;
    private static final int SECOND_OFFSET = 16;
    private static final int THIRD_OFFSET = 24;
    private static final int FOURTH_OFFSET = 32;
    private static final int SWAP_STEP_OFFSET = 32;
    private static final int SWAP_ROWS_OFFSET = 36;
    private static final int HASH_COUNT_OFFSET = 16;
    private static final int NAME_OFFSET = 16;
    private static final int MEMBERS_OFFSET = 24;

    private ClusterMessages() {}

    static short type(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + TYPE_OFFSET, LITTLE_ENDIAN);
    }

    static short version(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN);
    }

    static int aux(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + AUX_OFFSET, LITTLE_ENDIAN);
    }

    /** The log id of GENESIS and CONFIRM, the position of HASHES and CHECKED, the producer of all others. */
    static long first(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST_OFFSET, LITTLE_ENDIAN);
    }

    /** The nonce of OPEN and OPENED, the sequence of CONFIRM, the hash of CHECKED, the epoch of all others. */
    static long second(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SECOND_OFFSET, LITTLE_ENDIAN);
    }

    /** The epoch of OPENED; the sequence of EVENT and SWAP, the last accepted of ACK, the expected of REFUSED. */
    static long third(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + THIRD_OFFSET, LITTLE_ENDIAN);
    }

    /** When an EVENT was due, in nanoseconds since 1970; the last accepted of OPENED. */
    static long fourth(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FOURTH_OFFSET, LITTLE_ENDIAN);
    }

    static int swapStep(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SWAP_STEP_OFFSET, LITTLE_ENDIAN);
    }

    static int swapRows(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SWAP_ROWS_OFFSET, LITTLE_ENDIAN);
    }

    static int hashCount(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + HASH_COUNT_OFFSET, LITTLE_ENDIAN);
    }

    static long hash(final DirectBuffer buffer, final int offset, final int index) {
        return buffer.getLong(offset + HASHES_HEADER_BYTES + index * Long.BYTES, LITTLE_ENDIAN);
    }

    /** Puts a header; also TICK, CHECK and STOP, which are nothing more. */
    static int header(final MutableDirectBuffer buffer, final short type, final int aux) {
        buffer.putShort(TYPE_OFFSET, type, LITTLE_ENDIAN);
        buffer.putShort(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(AUX_OFFSET, aux, LITTLE_ENDIAN);
        return HEADER_BYTES;
    }

    /** Puts OPEN or CONFIRM; its length. */
    static int two(
            final MutableDirectBuffer buffer, final short type, final int aux, final long first, final long second) {
        header(buffer, type, aux);
        buffer.putLong(FIRST_OFFSET, first, LITTLE_ENDIAN);
        buffer.putLong(SECOND_OFFSET, second, LITTLE_ENDIAN);
        return THIRD_OFFSET;
    }

    /** Puts ACK or REFUSED; its length. */
    static int three(
            final MutableDirectBuffer buffer,
            final short type,
            final int aux,
            final long first,
            final long second,
            final long third) {
        two(buffer, type, aux, first, second);
        buffer.putLong(THIRD_OFFSET, third, LITTLE_ENDIAN);
        return FOURTH_OFFSET;
    }

    /** Puts OPENED, or what comes before the frame of an EVENT; its length. */
    static int four(
            final MutableDirectBuffer buffer,
            final short type,
            final int aux,
            final long first,
            final long second,
            final long third,
            final long fourth) {
        three(buffer, type, aux, first, second, third);
        buffer.putLong(FOURTH_OFFSET, fourth, LITTLE_ENDIAN);
        return EVENT_HEADER_BYTES;
    }

    /** Puts what comes before the rows of a SWAP, whose first four numbers are those of an EVENT; its length. */
    static int swapStep(final MutableDirectBuffer buffer, final int step, final int rows) {
        buffer.putInt(SWAP_STEP_OFFSET, step, LITTLE_ENDIAN);
        buffer.putInt(SWAP_ROWS_OFFSET, rows, LITTLE_ENDIAN);
        return SWAP_HEADER_BYTES;
    }

    /** Puts HASHES; its length. */
    static int hashes(final MutableDirectBuffer buffer, final int member, final long position, final long[] hashes) {
        header(buffer, HASHES, member);
        buffer.putLong(FIRST_OFFSET, position, LITTLE_ENDIAN);
        buffer.putInt(HASH_COUNT_OFFSET, hashes.length, LITTLE_ENDIAN);
        buffer.putInt(HASH_COUNT_OFFSET + Integer.BYTES, 0, LITTLE_ENDIAN);
        for (int i = 0; i < hashes.length; i++) {
            buffer.putLong(HASHES_HEADER_BYTES + i * Long.BYTES, hashes[i], LITTLE_ENDIAN);
        }
        return HASHES_HEADER_BYTES + hashes.length * Long.BYTES;
    }

    /** Puts GENESIS into a buffer that grows; its length. */
    static int genesis(
            final MutableDirectBuffer buffer,
            final int revision,
            final long logId,
            final String graph,
            final String settings) {
        header(buffer, GENESIS, revision);
        buffer.putLong(FIRST_OFFSET, logId, LITTLE_ENDIAN);
        final int end = putText(buffer, NAME_OFFSET, graph);
        return putText(buffer, end, settings);
    }

    /** The graph's name in a GENESIS; null where the message is too short to hold it. */
    static String genesisGraph(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        return text(buffer, offset, NAME_OFFSET, lengthBytes);
    }

    /** The settings in a GENESIS; null where the message is too short to hold them. */
    static String genesisSettings(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (genesisGraph(buffer, offset, lengthBytes) == null) {
            return null;
        }
        final int nameBytes = buffer.getInt(offset + NAME_OFFSET, LITTLE_ENDIAN);
        return text(buffer, offset, NAME_OFFSET + Integer.BYTES + nameBytes, lengthBytes);
    }

    /** Puts CHECKED into a buffer that grows; its length. */
    static int checked(
            final MutableDirectBuffer buffer,
            final int member,
            final int members,
            final long position,
            final long hash,
            final String section) {
        two(buffer, CHECKED, member, position, hash);
        buffer.putInt(MEMBERS_OFFSET, members, LITTLE_ENDIAN);
        return putText(buffer, CHECKED_HEADER_BYTES, section);
    }

    static int checkedMembers(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + MEMBERS_OFFSET, LITTLE_ENDIAN);
    }

    /** The section named in a CHECKED; null where the message is too short to hold it. */
    static String checkedSection(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        return text(buffer, offset, CHECKED_HEADER_BYTES, lengthBytes);
    }

    private static int putText(final MutableDirectBuffer buffer, final int at, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(at, bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(at + Integer.BYTES, bytes);
        return at + Integer.BYTES + bytes.length;
    }

    private static String text(final DirectBuffer buffer, final int offset, final int at, final int lengthBytes) {
        if (lengthBytes - at < Integer.BYTES) {
            return null;
        }
        final int textBytes = buffer.getInt(offset + at, LITTLE_ENDIAN);
        if (textBytes < 0 || textBytes > lengthBytes - at - Integer.BYTES) {
            return null;
        }
        final byte[] bytes = new byte[textBytes];
        buffer.getBytes(offset + at + Integer.BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
