package io.pinion.engine.routelog;

import org.agrona.DirectBuffer;

/**
 * Reads a route log in order while it is written. Used by one thread at a time, which may be the writer's; there may be many
 * readers. Where a record lies is shown, not copied, and stays valid until {@link #next} is called again or the reader is
 * closed. Allocates nothing but a small object when it comes to another segment.
 *
 * <p>A reader that falls behind what was confirmed ends the segment it is in, and goes on at what is still kept.
 */
public final class RouteLogReader implements AutoCloseable {
    private final RouteLog log;
    private final SegmentChain chain;
    private final SegmentHold hold;
    private final Checksum checksum = new Checksum();

    /** Where the next record will lie; null at the log's start. */
    private Segment segment;

    private int offset;

    /** The sequence the next record must have, where that is known. */
    private long expected;

    private boolean expecting;
    private int at;
    private int lengthBytes;

    RouteLogReader(final RouteLog log, final SegmentChain chain) {
        this.log = log;
        this.chain = chain;
        hold = chain.newHold();
    }

    /**
     * Moves to the next record.
     *
     * @return false when there is none yet: the one before is then no longer shown.
     * @throws RouteLogException when what lies there is damaged; {@link #skipDamage} goes on behind it.
     */
    public boolean next() {
        while (segment != null || toHead()) {
            final int found = segment.inspect(offset, checksum);
            if (found > 0) {
                final long sequence = segment.sequenceAt(offset);
                if (expecting && sequence != expected) {
                    throw damaged("has sequence " + sequence + " where " + expected + " belongs");
                }
                show(found, sequence);
                return true;
            }
            if (found == Segment.BAD) {
                throw damaged("does not check");
            }
            final Segment after = segment.next();
            if (after == null) {
                return false;
            }
            // An end is published before the segment after it: looked at again, it must be there.
            if (segment.inspect(offset, checksum) == Segment.NOTHING) {
                throw damaged("is missing");
            }
            if (segment.inspect(offset, checksum) == Segment.END) {
                if (expecting && after.logId() == segment.logId() && after.firstSequence() != expected) {
                    throw damaged("is missing, with all before " + after.firstSequence());
                }
                enter(after);
            }
        }
        return false;
    }

    private void show(final int frameLength, final long sequence) {
        at = offset;
        lengthBytes = frameLength - Segment.RECORD_HEADER_BYTES;
        offset += Segment.align(frameLength);
        expected = sequence + 1;
        expecting = true;
    }

    private void enter(final Segment entered) {
        if (hold.take(entered)) {
            segment = entered;
            offset = Segment.HEADER_BYTES;
            expected = entered.firstSequence();
            expecting = true;
        } else {
            segment = null;
        }
    }

    private boolean toHead() {
        segment = null;
        for (Segment head = chain.head(); head != null && segment == null; head = chain.head()) {
            enter(head);
        }
        return segment != null;
    }

    private RouteLogException damaged(final String what) {
        return new RouteLogException(
                RouteLogException.Reason.DAMAGED,
                "The record " + expectedWords() + " of the route log in segment " + segment.file() + " at offset "
                        + offset + " " + what + "; skip it, or stop and restore the file.");
    }

    private String expectedWords() {
        return (expecting ? expected + " " : "") + "of run " + RouteLog.hex(segment.logId());
    }

    /**
     * Goes on behind a damaged place: the next call of {@link #next} shows the first record after it that is whole.
     *
     * @return false when nothing lies behind it yet.
     */
    public boolean skipDamage() {
        if (segment == null) {
            return false;
        }
        final int behind = segment.find(offset + 8, expecting ? expected : 0, checksum);
        if (behind >= 0) {
            offset = behind;
            expecting = false;
            return true;
        }
        final Segment after = segment.next();
        if (after == null) {
            return false;
        }
        enter(after);
        return true;
    }

    /** Goes back to the oldest record that is kept, confirmed or not. */
    public void toStart() {
        toHead();
    }

    /** Goes to the oldest record that is not confirmed: where delivery goes on, also after a restart. */
    public void toConfirmed() {
        while (true) {
            final long position = log.confirmedPosition();
            Segment candidate = chain.head();
            while (candidate != null && candidate.number() < position >>> 32) {
                candidate = candidate.next();
            }
            if (candidate == null) {
                toHead();
                return;
            }
            enter(candidate);
            if (segment != null) {
                if (candidate.number() == position >>> 32) {
                    offset = (int) position;
                    expecting = false;
                }
                return;
            }
        }
    }

    /**
     * Goes to a sequence of a run.
     *
     * @param logId    the run.
     * @param sequence one that is kept, or the one that is appended next.
     * @return false when it is not there; the reader is then at the oldest record that is kept.
     */
    public boolean seek(final long logId, final long sequence) {
        while (true) {
            Segment best = null;
            for (Segment one = chain.head(); one != null; one = one.next()) {
                if (one.logId() == logId && one.firstSequence() <= sequence) {
                    best = one;
                }
            }
            if (best == null) {
                toHead();
                return false;
            }
            enter(best);
            if (segment != null) {
                return walkTo(best, sequence);
            }
        }
    }

    private boolean walkTo(final Segment within, final long sequence) {
        while (expected < sequence && segment == within && within.inspect(offset, checksum) != Segment.END && next()) {
            // Each step shows one record before the one that is sought.
        }
        if (segment == within && expected == sequence) {
            return true;
        }
        toHead();
        return false;
    }

    /**
     * The run of the record shown.
     *
     * @return its log id.
     */
    public long logId() {
        return segment.logId();
    }

    /**
     * Its place in its run.
     *
     * @return the sequence.
     */
    public long sequence() {
        return segment.sequenceAt(at);
    }

    /**
     * The position in the log that it came from.
     *
     * @return as it was appended.
     */
    public long logPosition() {
        return segment.logPositionAt(at);
    }

    /**
     * The log's time.
     *
     * @return microseconds since 1970.
     */
    public long logTimeUs() {
        return segment.logTimeUsAt(at);
    }

    /**
     * Where the payload lies; only {@link #lengthBytes} from {@link #offset} on are the payload.
     *
     * @return the segment's own memory.
     */
    public DirectBuffer buffer() {
        return segment.buffer();
    }

    /**
     * Where in {@link #buffer} the payload begins.
     *
     * @return the offset.
     */
    public int offset() {
        return at + Segment.RECORD_HEADER_BYTES;
    }

    /**
     * How long the payload is.
     *
     * @return in bytes.
     */
    public int lengthBytes() {
        return lengthBytes;
    }

    /** Whether the next record, when there is one, is this one. */
    boolean isBefore(final long logId, final long sequence) {
        return segment != null && !segment.isFreed() && segment.logId() == logId && expecting && expected == sequence;
    }

    /** Lets go of the segment it is in, until it is placed again. */
    void rest() {
        segment = null;
        hold.release();
    }

    @Override
    public void close() {
        segment = null;
        chain.forget(hold);
    }
}
