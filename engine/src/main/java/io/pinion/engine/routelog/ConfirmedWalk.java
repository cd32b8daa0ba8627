package io.pinion.engine.routelog;

/** Walks over records that were confirmed and counts them; over damaged ones too. Owned by the writer. */
final class ConfirmedWalk {
    private final Checksum checksum;
    private Segment segment;
    private int offset;
    private long nextSequence;
    private long payloadBytes;

    ConfirmedWalk(final Checksum checksum) {
        this.checksum = checksum;
    }

    void begin(final Segment newSegment) {
        segment = newSegment;
        offset = Segment.HEADER_BYTES;
        nextSequence = newSegment.firstSequence();
        payloadBytes = newSegment.bytesBefore();
    }

    /** To the first record at or behind an offset. */
    void toOffset(final int end) {
        while (offset < end && step()) {
            // Each step passes one record.
        }
        offset = Math.max(offset, end);
    }

    /** Behind this sequence; no further than the segment's records go. */
    void toSequence(final long sequence) {
        while (nextSequence <= sequence && step()) {
            // Each step passes one record.
        }
        overEnd();
    }

    /** From the end of a segment to the one after it, which begins with the counts that are right. */
    boolean overEnd() {
        boolean moved = false;
        while (segment.next() != null && segment.inspect(offset, checksum) == Segment.END) {
            begin(segment.next());
            moved = true;
        }
        return moved;
    }

    private boolean step() {
        int found = segment.inspect(offset, checksum);
        if (found == Segment.NOTHING && segment.next() == null || found == Segment.END) {
            return false;
        }
        if (found <= 0) {
            final int behind = segment.find(offset + 8, nextSequence, checksum);
            if (behind < 0) {
                return false;
            }
            offset = behind;
            found = segment.inspect(offset, checksum);
        }
        nextSequence = segment.sequenceAt(offset) + 1;
        payloadBytes += found - Segment.RECORD_HEADER_BYTES;
        offset += Segment.align(found);
        return true;
    }

    Segment segment() {
        return segment;
    }

    int offset() {
        return offset;
    }

    long nextSequence() {
        return nextSequence;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    /** How many records of this directory lie before here; a damaged one counts. */
    long events() {
        return segment.eventsBefore() + nextSequence - segment.firstSequence();
    }

    long position() {
        return segment.position(offset);
    }

    /** The log time of the record here, or the given one where there is none that is whole. */
    long logTimeUsOr(final long otherwiseUs) {
        return segment.inspect(offset, checksum) > 0 ? segment.logTimeUsAt(offset) : otherwiseUs;
    }
}
