package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * The messages of a snapshot, behind those that Aeron itself puts there: their bytes, and nothing of what they mean.
 * Little-endian.
 *
 * <pre>
 *   0       2       4               8
 *  +-------+-------+---------------+---------------------------------------------------+
 *  | 30    |version| state version | length of name (4)    12 name                     | SECTION
 *  | 31    |version| number        | CRC32C (4)            12 bytes, up to 64 KiB      | CHUNK
 *  | 32    |version| chunks        | 8 length              16 hash                     | SECTION_END
 *  | 33    |version| sections      | 8 CRC32C over all hashes                          | END
 *  +-------+-------+---------------+---------------------------------------------------+
 * </pre>
 */
final class SnapshotMessages {
    static final short VERSION = 1;

    static final short SECTION = 30;
    static final short CHUNK = 31;
    static final short SECTION_END = 32;
    static final short END = 33;

    static final int MAX_CHUNK_BYTES = 64 * 1024;
    static final int CHUNK_HEADER_BYTES = 12;
    static final int SECTION_END_BYTES = 24;
    static final int END_BYTES = 16;

    private static final int HEADER_BYTES = 8;
    private static final int VERSION_OFFSET = 2;
    private static final int AUX_OFFSET = 4;
    private static final int NAME_OFFSET = 12;
    private static final int HASH_OFFSET = 16;

    private SnapshotMessages() {}

    static short type(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset, LITTLE_ENDIAN);
    }

    static short version(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + VERSION_OFFSET, LITTLE_ENDIAN);
    }

    /** The state's version of SECTION, the number of CHUNK counted from 0, how many chunks or sections there were. */
    static int aux(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + AUX_OFFSET, LITTLE_ENDIAN);
    }

    /** The name in a SECTION; null where the message is too short to hold it. */
    static String name(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        if (lengthBytes < NAME_OFFSET) {
            return null;
        }
        final int nameBytes = buffer.getInt(offset + HEADER_BYTES, LITTLE_ENDIAN);
        if (nameBytes < 0 || nameBytes != lengthBytes - NAME_OFFSET) {
            return null;
        }
        final byte[] bytes = new byte[nameBytes];
        buffer.getBytes(offset + NAME_OFFSET, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static int chunkCrc(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + HEADER_BYTES, LITTLE_ENDIAN);
    }

    static long sectionLength(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + HEADER_BYTES, LITTLE_ENDIAN);
    }

    static long sectionHash(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + HASH_OFFSET, LITTLE_ENDIAN);
    }

    static long crcOfHashes(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + HEADER_BYTES, LITTLE_ENDIAN);
    }

    private static void header(final MutableDirectBuffer buffer, final short type, final int aux) {
        buffer.putShort(0, type, LITTLE_ENDIAN);
        buffer.putShort(VERSION_OFFSET, VERSION, LITTLE_ENDIAN);
        buffer.putInt(AUX_OFFSET, aux, LITTLE_ENDIAN);
    }

    static int section(final MutableDirectBuffer buffer, final String name, final int stateVersion) {
        header(buffer, SECTION, stateVersion);
        final byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        buffer.putInt(HEADER_BYTES, bytes.length, LITTLE_ENDIAN);
        buffer.putBytes(NAME_OFFSET, bytes);
        return NAME_OFFSET + bytes.length;
    }

    /** Puts what comes before a chunk's bytes. */
    static int chunk(final MutableDirectBuffer buffer, final int number, final int crc) {
        header(buffer, CHUNK, number);
        buffer.putInt(HEADER_BYTES, crc, LITTLE_ENDIAN);
        return CHUNK_HEADER_BYTES;
    }

    static int sectionEnd(final MutableDirectBuffer buffer, final int chunks, final long length, final long hash) {
        header(buffer, SECTION_END, chunks);
        buffer.putLong(HEADER_BYTES, length, LITTLE_ENDIAN);
        buffer.putLong(HASH_OFFSET, hash, LITTLE_ENDIAN);
        return SECTION_END_BYTES;
    }

    static int end(final MutableDirectBuffer buffer, final int sections, final long crcOfHashes) {
        header(buffer, END, sections);
        buffer.putLong(HEADER_BYTES, crcOfHashes, LITTLE_ENDIAN);
        return END_BYTES;
    }
}
