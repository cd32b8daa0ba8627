package io.pinion.engine.routelog;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** A segment in memory, begun as the writer does it before it is linked to, with room for one record. */
final class OneRecord {
    private static final int BYTES = 256;
    private static final int AT = Segment.HEADER_BYTES;

    private final Segment segment =
            new Segment(1, Path.of("none"), (MappedByteBuffer) ByteBuffer.allocateDirect(BYTES), UnsafeBuffer::new);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private final Checksum writers = new Checksum();
    private final Checksum readers = new Checksum();

    OneRecord() {
        segment.begin(1, 7, 0, 0, writers);
    }

    void write() {
        segment.write(AT, 7, 8, 9, payload, 0, payload.capacity(), writers);
    }

    void touch() {
        segment.touch(AT, BYTES);
    }

    int find() {
        return segment.inspect(AT, readers);
    }

    long sequence() {
        return segment.sequenceAt(AT);
    }
}
