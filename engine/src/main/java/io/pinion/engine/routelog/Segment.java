package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One file of a route log, mapped whole: a header, then records of one run, each aligned to 8 bytes, then an end mark where
 * room is left. Numbers are in the machine's own byte order, which the magic tells. Bytes not yet written are zero, always.
 *
 * <pre>
 *   0                   1                   2                   3
 *   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *  +---------------------------------------------------------------+
 *  |                        Magic and version                      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                         Segment number                        |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                             Log id                            |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                         First sequence                        |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |          Records in this directory before this segment        |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |       Payload bytes in this directory before this segment     |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                      Length of the segment                    |
 *  +---------------------------------------------------------------+
 *  |                       reserved, zero (8)                      |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |               CRC32C of the 60 bytes before this              |
 *  +===============================================================+
 *  |  Length of the record, 32 + payload; -1: end; 0: nothing yet  |
 *  +---------------------------------------------------------------+
 *  |                            Checksum                           |
 *  +---------------------------------------------------------------+
 *  |                            Sequence                           |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                          Log position                         |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |              Log time, microseconds since 1970                |
 *  |                                                               |
 *  +---------------------------------------------------------------+
 *  |                            Payload                           ...
 * ...                                         zero, to 8 bytes    |
 *  +---------------------------------------------------------------+
 * </pre>
 *
 * <p><b>Publication.</b> Length and checksum are one aligned word of 8 bytes. The one writer stores everything else first,
 * plainly, then that word with release order; a reader loads it with at least acquire order and looks at the rest only if
 * it isn't zero. So by the memory model what it then reads happened before, and what it sees is whole or nothing. The word
 * after a record is zero before the record is published, since room is prepared as zeros and a tail that was cut is zeroed.
 * What a segment knows of its header stands in plain fields; they are set before the segment is linked into the chain, by a
 * volatile store, and only along the chain does a reader come to it. An end is published before that link too: who sees the
 * link, and then nothing where the end belongs, sees damage. That what is looked into stays mapped is {@link SegmentHold}'s.
 *
 * <p>The same order makes a killed process harmless: its stores are in the page cache, up to some point in this order.
 */
final class Segment {
    static final int HEADER_BYTES = 64;
    static final int RECORD_HEADER_BYTES = 32;
    static final int SEQUENCE_OFFSET = 8;
    static final int LOG_POSITION_OFFSET = 16;
    static final int LOG_TIME_OFFSET = 24;

    /** What {@link #inspect} says where no record lies. */
    static final int NOTHING = 0;

    static final int END = -1;
    static final int BAD = -2;

    private static final int PAGE_BYTES = 4_096;
    private static final long MAGIC = 0x31_474F_4C45_5452L;
    private static final int NUMBER_OFFSET = 8;
    private static final int LOG_ID_OFFSET = 16;
    private static final int FIRST_SEQUENCE_OFFSET = 24;
    private static final int EVENTS_BEFORE_OFFSET = 32;
    private static final int BYTES_BEFORE_OFFSET = 40;
    private static final int LENGTH_OFFSET = 48;
    private static final int HEADER_CRC_OFFSET = 60;

    private final long number;
    private final Path file;
    private final int capacity;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;

    private long logId;
    private long firstSequence;
    private long eventsBefore;
    private long bytesBefore;
    private int seed;

    private volatile Segment next;
    private volatile boolean freed;
    private volatile int readyTo;

    Segment(
            final long number,
            final Path file,
            final MappedByteBuffer mapped,
            final Function<ByteBuffer, UnsafeBuffer> view) {
        this.number = number;
        this.file = file;
        this.mapped = mapped;
        capacity = mapped.capacity();
        buffer = view.apply(mapped);
    }

    static int align(final int lengthBytes) {
        return BitUtil.align(lengthBytes, 8);
    }

    /** Takes over what the header says; false when it doesn't check. */
    boolean readHeader(final Checksum checksum) {
        logId = buffer.getLong(LOG_ID_OFFSET);
        firstSequence = buffer.getLong(FIRST_SEQUENCE_OFFSET);
        eventsBefore = buffer.getLong(EVENTS_BEFORE_OFFSET);
        bytesBefore = buffer.getLong(BYTES_BEFORE_OFFSET);
        seed = buffer.getInt(HEADER_CRC_OFFSET);
        return buffer.getLong(0) == MAGIC
                && buffer.getLong(NUMBER_OFFSET) == number
                && buffer.getInt(LENGTH_OFFSET) == capacity
                && seed == checksum.ofRange(this, 0, HEADER_CRC_OFFSET);
    }

    /** Writes the header. A segment whose header isn't whole has not begun. */
    void begin(
            final long newLogId,
            final long newFirstSequence,
            final long newEventsBefore,
            final long newBytesBefore,
            final Checksum checksum) {
        logId = newLogId;
        firstSequence = newFirstSequence;
        eventsBefore = newEventsBefore;
        bytesBefore = newBytesBefore;
        buffer.putLong(NUMBER_OFFSET, number);
        buffer.putLong(LOG_ID_OFFSET, newLogId);
        buffer.putLong(FIRST_SEQUENCE_OFFSET, newFirstSequence);
        buffer.putLong(EVENTS_BEFORE_OFFSET, newEventsBefore);
        buffer.putLong(BYTES_BEFORE_OFFSET, newBytesBefore);
        buffer.putInt(LENGTH_OFFSET, capacity);
        buffer.putLong(0, MAGIC);
        seed = checksum.ofRange(this, 0, HEADER_CRC_OFFSET);
        buffer.putIntRelease(HEADER_CRC_OFFSET, seed);
    }

    /** Writes a record that the caller knows to fit, and publishes it. */
    void write(
            final int offset,
            final long sequence,
            final long logPosition,
            final long logTimeUs,
            final DirectBuffer source,
            final int sourceOffset,
            final int lengthBytes,
            final Checksum checksum) {
        final int frameLength = RECORD_HEADER_BYTES + lengthBytes;
        buffer.putLong(offset + align(frameLength) - 8, 0);
        buffer.putLong(offset + SEQUENCE_OFFSET, sequence);
        buffer.putLong(offset + LOG_POSITION_OFFSET, logPosition);
        buffer.putLong(offset + LOG_TIME_OFFSET, logTimeUs);
        buffer.putBytes(offset + RECORD_HEADER_BYTES, source, sourceOffset, lengthBytes);
        buffer.putLongRelease(offset, word(frameLength, checksum.ofRecord(this, offset, frameLength)));
    }

    /** Says that nothing follows in this segment. */
    void end(final int offset) {
        if (offset < capacity) {
            buffer.putLongRelease(offset, word(END, Checksum.ofEnd(this, offset)));
        }
    }

    private static long word(final int frameLength, final int checksum) {
        return (long) checksum << 32 | frameLength & 0xFFFF_FFFFL;
    }

    /** What lies at an offset: the length of a record that checks, NOTHING, END or BAD. */
    int inspect(final int offset, final Checksum checksum) {
        if (offset == capacity) {
            return END;
        }
        final long word = buffer.getLongVolatile(offset);
        if (word == 0) {
            return NOTHING;
        }
        final int frameLength = (int) word;
        final int stored = (int) (word >>> 32);
        if (frameLength == END) {
            return stored == Checksum.ofEnd(this, offset) ? END : BAD;
        }
        if (frameLength < RECORD_HEADER_BYTES || frameLength > capacity - offset) {
            return BAD;
        }
        return stored == checksum.ofRecord(this, offset, frameLength) ? frameLength : BAD;
    }

    /** The first record at or after an offset whose sequence is at least this; -1 where there is none. */
    int find(final int from, final long leastSequence, final Checksum checksum) {
        for (int offset = from; offset <= capacity - RECORD_HEADER_BYTES; offset += 8) {
            final long ahead = sequenceAt(offset) - leastSequence;
            if (ahead >= 0 && ahead < capacity && inspect(offset, checksum) > 0) {
                return offset;
            }
        }
        return -1;
    }

    /** Zeroes what is not zero from an offset on; returns how many bytes lay there, up to the last that was not zero. */
    int clearFrom(final int from) {
        int end = from;
        for (int offset = from; offset < capacity; offset += 8) {
            if (buffer.getLong(offset) != 0) {
                buffer.putLong(offset, 0);
                end = offset + 8;
            }
        }
        return end - from;
    }

    /** Whether not even the first word after the header was written. */
    boolean isWithoutRecords() {
        return buffer.getLong(HEADER_BYTES) == 0;
    }

    long sequenceAt(final int offset) {
        return buffer.getLong(offset + SEQUENCE_OFFSET);
    }

    long logPositionAt(final int offset) {
        return buffer.getLong(offset + LOG_POSITION_OFFSET);
    }

    long logTimeUsAt(final int offset) {
        return buffer.getLong(offset + LOG_TIME_OFFSET);
    }

    /** Takes the page faults of these bytes, by adding nothing to a word of each page: no store of the writer is lost. */
    void touch(final int from, final int to) {
        for (int offset = from & -PAGE_BYTES; offset < to; offset += PAGE_BYTES) {
            buffer.getAndAddLong(offset, 0);
        }
        readyTo = to;
    }

    /** Up to where the preparer has been: the writer goes no further. */
    int readyTo() {
        return readyTo;
    }

    void force(final int from, final int to) {
        if (to > from) {
            mapped.force(from, to - from);
        }
    }

    ByteBuffer duplicate() {
        return mapped.duplicate();
    }

    void unmap() {
        IoUtil.unmap(mapped);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    Segment next() {
        return next;
    }

    void next(final Segment segment) {
        next = segment;
    }

    boolean isFreed() {
        return freed;
    }

    void freed() {
        freed = true;
    }

    long number() {
        return number;
    }

    /** A place in the log as one number that only grows: the segment's number, then the offset in it. */
    long position(final int offset) {
        return number << 32 | offset;
    }

    Path file() {
        return file;
    }

    int capacity() {
        return capacity;
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    long logId() {
        return logId;
    }

    long firstSequence() {
        return firstSequence;
    }

    long eventsBefore() {
        return eventsBefore;
    }

    long bytesBefore() {
        return bytesBefore;
    }

    int seed() {
        return seed;
    }
}
