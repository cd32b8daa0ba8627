package io.pinion.cluster;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** What a section hashes to: two checksums side by side, 64 bits. One thread. */
final class SectionHash {
    private final CRC32C high = new CRC32C();
    private final CRC32 low = new CRC32();

    /** Begins a section, whose name and version count as well. */
    void begin(final String name, final int version) {
        high.reset();
        low.reset();
        final byte[] head = (name + " " + version).getBytes(StandardCharsets.UTF_8);
        update(head, 0, head.length);
    }

    void update(final byte[] bytes, final int offset, final int length) {
        high.update(bytes, offset, length);
        low.update(bytes, offset, length);
    }

    long value() {
        return high.getValue() << 32 | low.getValue();
    }

    /** A checksum over the hashes of all sections. */
    static long crcOf(final long[] hashes) {
        final CRC32C crc = new CRC32C();
        for (final long hash : hashes) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                crc.update((int) (hash >>> shift) & 0xFF);
            }
        }
        return crc.getValue();
    }
}
