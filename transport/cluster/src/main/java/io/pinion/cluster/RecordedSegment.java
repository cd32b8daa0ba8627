package io.pinion.cluster;

import static io.aeron.logbuffer.FrameDescriptor.FRAME_ALIGNMENT;
import static io.aeron.protocol.DataHeaderFlyweight.HEADER_LENGTH;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.archive.checksum.Checksum;
import io.aeron.archive.checksum.Checksums;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One file of a recording, read whole: which of its fragments are as they were written. Read and not mapped: where a disk gives
 * an error that is an exception then, and not the end of the process, and files in memory get no room where they have none yet.
 * One thread.
 *
 * <pre>
 *   ┌ header, 32 bytes ───────────────────────────────────────────┬ payload ┬ … to the next 32nd byte ┐
 *   │ length │ flags, type │ term offset │ checksum │ stream, term │         │            0 0 0        │
 *   └─────────────────────────────────────────────────────────────┴─────────┴─────────────────────────┘
 *     padding: the header alone, and zeros behind it
 * </pre>
 *
 * <p>The archive's checksum, which it puts in the place of the session, is of all behind the header. What a replay goes by in
 * the header has to fit the place where it stands. Two things are neither covered nor known from elsewhere: the flags, and how
 * much of its last 32 bytes a fragment uses.
 */
final class RecordedSegment implements AutoCloseable {
    /** Where there is no whole fragment. */
    static final int NONE = -1;

    private static final Checksum CHECKSUM = Checksums.crc32c();

    /** What all segments of a recording have in common; lengths in bytes. */
    record Shape(int segmentLength, int termLength, int initialTermId, int streamId) {}

    private final Shape shape;
    private final ByteBuffer memory;
    private final UnsafeBuffer bytes = new UnsafeBuffer();
    private long base;

    /**
     * Makes room for one.
     *
     * @param shape of the recording.
     */
    RecordedSegment(final Shape shape) {
        this.shape = shape;
        memory = ByteBuffer.allocateDirect(shape.segmentLength);
    }

    /**
     * Reads a file, in the place of the one before.
     *
     * @param channel    of the file.
     * @param atPosition of the recording, which the file begins at.
     */
    void read(final FileChannel channel, final long atPosition) throws IOException {
        base = atPosition;
        memory.clear();
        int read = 0;
        while (memory.hasRemaining() && read >= 0) {
            read = channel.read(memory, memory.position());
        }
        bytes.wrap(memory, 0, memory.position());
    }

    /** As a file that has nothing. */
    void empty() {
        bytes.wrap(memory, 0, 0);
    }

    /** Of what was read, in bytes. */
    int length() {
        return bytes.capacity();
    }

    /** Behind the fragment at an offset; {@link #NONE} where it is not as it was written. */
    int endOfWhole(final int at) {
        if (at + HEADER_LENGTH > bytes.capacity() || !isInItsPlace(at)) {
            return NONE;
        }
        final int length = FrameDescriptor.frameLength(bytes, at);
        final int most = Math.min(bytes.capacity() - at, shape.termLength - termOffset(at));
        if (length < HEADER_LENGTH || length > most) {
            return NONE;
        }
        final int end = at + BitUtil.align(length, FRAME_ALIGNMENT);
        return isPayloadWhole(at, end) ? end : NONE;
    }

    private int termOffset(final int at) {
        return (int) (base + at & shape.termLength - 1);
    }

    private boolean isInItsPlace(final int at) {
        final int terms = (int) (base + at >>> Integer.numberOfTrailingZeros(shape.termLength));
        return bytes.getInt(at + DataHeaderFlyweight.TERM_OFFSET_FIELD_OFFSET, LITTLE_ENDIAN) == termOffset(at)
                && bytes.getInt(at + DataHeaderFlyweight.TERM_ID_FIELD_OFFSET, LITTLE_ENDIAN)
                        == shape.initialTermId + terms
                && bytes.getInt(at + DataHeaderFlyweight.STREAM_ID_FIELD_OFFSET, LITTLE_ENDIAN) == shape.streamId;
    }

    private boolean isPayloadWhole(final int at, final int end) {
        return switch (FrameDescriptor.frameType(bytes, at)) {
            case DataHeaderFlyweight.HDR_TYPE_DATA ->
                CHECKSUM.compute(bytes.addressOffset(), at + HEADER_LENGTH, end - at - HEADER_LENGTH)
                        == FrameDescriptor.frameSessionId(bytes, at);
            case DataHeaderFlyweight.HDR_TYPE_PAD -> isZero(at + HEADER_LENGTH, end);
            default -> false;
        };
    }

    /** Whether nothing was ever written where a fragment would begin. */
    boolean isUnused(final int at) {
        return isZero(at, Math.min(at + HEADER_LENGTH, bytes.capacity()));
    }

    /** Whether there is anything from an offset on. */
    boolean hasMore(final int from) {
        return !isZero(Math.min(from, bytes.capacity()), bytes.capacity());
    }

    private boolean isZero(final int from, final int to) {
        int at = from;
        while (at + Long.BYTES <= to) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
            at += Long.BYTES;
        }
        while (at < to) {
            if (bytes.getByte(at++) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        BufferUtil.free(memory);
    }
}
