package io.pinion.engine.routelog;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * CRC32C over a record where it lies. Used by one thread at a time. Makes one small object when it comes to another segment,
 * nothing for each record.
 */
final class Checksum {
    /** Odd, so that no two lengths give the same product. */
    private static final int SPREAD = 0x9E3779B9;

    private final CRC32C crc = new CRC32C();
    private Segment segment;
    private ByteBuffer bytes;

    /**
     * Covers the record from its sequence to its padding; its length, which is stored last, by way of the product; and the
     * segment's header, so that bytes of another log or place are never taken for a record of this one.
     */
    int ofRecord(final Segment of, final int offset, final int frameLength) {
        crc.reset();
        crc.update(bytes(of, offset + Segment.SEQUENCE_OFFSET, offset + Segment.align(frameLength)));
        return (int) crc.getValue() ^ of.seed() ^ frameLength * SPREAD;
    }

    /** What stands beside an end mark. */
    static int ofEnd(final Segment of, final int offset) {
        return of.seed() ^ offset * SPREAD;
    }

    int ofRange(final Segment of, final int from, final int to) {
        crc.reset();
        crc.update(bytes(of, from, to));
        return (int) crc.getValue();
    }

    private ByteBuffer bytes(final Segment of, final int from, final int to) {
        if (of != segment) {
            segment = of;
            bytes = of.duplicate();
        }
        return bytes.clear().position(from).limit(to);
    }
}
