package io.pinion.engine.routelog;

import org.agrona.DirectBuffer;

/**
 * Appends to a route log and confirms what was delivered. Used by one thread. Allocates nothing for a record, and waits for
 * nothing: where a segment isn't ready, it says so.
 */
public final class RouteLogWriter {
    /** Room for the end mark behind the record, so that the mark meets no page that was not touched. */
    private static final int END_MARK_BYTES = 8;

    private final RouteLogConfig config;
    private final SegmentChain chain;
    private final Backlog backlog;
    private final SegmentPreparer preparer;
    private final Mark confirmedMark;
    private final RouteLogReader comparing;
    private final ConfirmedWalk confirmed;
    private final Checksum checksum = new Checksum();
    private final int maxPayloadBytes;

    private Segment segment;
    private int offset;
    private boolean ended;
    private long nextSequence;
    private boolean compared;
    private boolean closed;

    RouteLogWriter(
            final RouteLogConfig config,
            final SegmentChain chain,
            final Backlog backlog,
            final SegmentPreparer preparer,
            final Mark confirmedMark,
            final RouteLogReader comparing,
            final Recovery recovery) {
        this.config = config;
        this.chain = chain;
        this.backlog = backlog;
        this.preparer = preparer;
        this.confirmedMark = confirmedMark;
        this.comparing = comparing;
        confirmed = recovery.confirmedWalk();
        segment = recovery.last();
        offset = recovery.end();
        ended = recovery.isEnded();
        nextSequence = recovery.nextSequence();
        maxPayloadBytes = config.segmentBytes() - Segment.HEADER_BYTES - Segment.RECORD_HEADER_BYTES - END_MARK_BYTES;
    }

    /**
     * Appends a record, or finds that it is there. A log id that the log does not hold begins a new run, at any sequence; the
     * one before ends, and what it holds is kept and read first.
     *
     * @param logId        the run.
     * @param sequence     the one after the run's last, or an earlier one, which is compared and not written.
     * @param logPosition  kept with the record, compared.
     * @param logTimeUs    kept with the record, compared; microseconds since 1970.
     * @param source       where the payload lies.
     * @param sourceOffset where it begins there.
     * @param lengthBytes  at most {@link #maxPayloadBytes}.
     * @return what became of it.
     * @throws RouteLogException when what is there differs or is damaged, when a sequence was left out, or when the payload
     *     is too long. Nothing was written then.
     */
    public AppendResult append(
            final long logId,
            final long sequence,
            final long logPosition,
            final long logTimeUs,
            final DirectBuffer source,
            final int sourceOffset,
            final int lengthBytes) {
        validate(sequence, source, sourceOffset, lengthBytes);
        final boolean sameRun = segment != null && segment.logId() == logId;
        if (sameRun && sequence > nextSequence) {
            throw gap(logId, sequence, "sequence " + nextSequence + " must come first");
        }
        if (sameRun && sequence < nextSequence || !sameRun && isKept(logId)) {
            return compare(logId, sequence, logPosition, logTimeUs, source, sourceOffset, lengthBytes);
        }
        if (isFull(logTimeUs, lengthBytes)) {
            return AppendResult.FULL;
        }
        if (!makeRoom(logId, sequence, Segment.align(Segment.RECORD_HEADER_BYTES + lengthBytes))) {
            return AppendResult.NOT_READY;
        }
        segment.write(offset, sequence, logPosition, logTimeUs, source, sourceOffset, lengthBytes, checksum);
        offset += Segment.align(Segment.RECORD_HEADER_BYTES + lengthBytes);
        nextSequence = sequence + 1;
        if (backlog.events() == 0) {
            backlog.oldest(logTimeUs);
        }
        backlog.appended(
                segment.position(offset),
                backlog.appendedEvents() + 1,
                backlog.appendedBytes() + lengthBytes,
                logTimeUs);
        if (compared) {
            compared = false;
            comparing.rest();
        }
        return AppendResult.APPENDED;
    }

    private void validate(
            final long sequence, final DirectBuffer source, final int sourceOffset, final int lengthBytes) {
        if (closed) {
            throw invalid("is closed; open it again to append");
        }
        if (sequence < 0) {
            throw invalid("was given sequence " + sequence + "; sequences begin at 0 or above");
        }
        if (lengthBytes < 0 || lengthBytes > maxPayloadBytes) {
            throw invalid("was given a payload of " + lengthBytes + " bytes; it takes 0 to " + maxPayloadBytes
                    + ", which segmentBytes sets");
        }
        source.boundsCheck(sourceOffset, lengthBytes);
    }

    private boolean isFull(final long logTimeUs, final int lengthBytes) {
        return backlog.events() > 0
                && (backlog.bytes() + lengthBytes > config.maxBytes()
                        || logTimeUs - backlog.oldestLogTimeUs() > config.maxAgeUs());
    }

    private boolean makeRoom(final long logId, final long sequence, final int frameBytes) {
        if (segment == null || ended || segment.logId() != logId || frameBytes > segment.capacity() - offset) {
            final Segment fresh = preparer.take();
            if (fresh == null) {
                return false;
            }
            begin(fresh, logId, sequence);
        }
        final int to = Math.min(segment.capacity(), offset + frameBytes + END_MARK_BYTES);
        final int readyTo = segment.readyTo();
        if (to > readyTo) {
            preparer.want(to);
            return false;
        }
        if (readyTo < segment.capacity() && readyTo - offset < SegmentPreparer.READY_AHEAD_BYTES / 2) {
            preparer.call();
        }
        return true;
    }

    private void begin(final Segment fresh, final long logId, final long sequence) {
        if (segment != null && !ended) {
            segment.end(offset);
        }
        fresh.begin(logId, sequence, backlog.appendedEvents(), backlog.appendedBytes(), checksum);
        chain.add(fresh);
        segment = fresh;
        offset = Segment.HEADER_BYTES;
        ended = false;
        nextSequence = sequence;
        if (confirmed.segment() == null) {
            confirmed.begin(fresh);
        } else if (confirmed.overEnd()) {
            publishConfirmed();
        }
    }

    private AppendResult compare(
            final long logId,
            final long sequence,
            final long logPosition,
            final long logTimeUs,
            final DirectBuffer source,
            final int sourceOffset,
            final int lengthBytes) {
        compared = true;
        if (!comparing.isBefore(logId, sequence) && !comparing.seek(logId, sequence)) {
            if (firstKept(logId) > sequence) {
                return AppendResult.BELOW_START;
            }
            throw gap(
                    logId,
                    sequence,
                    "the run has ended, and run " + RouteLog.hex(segment.logId()) + " is being written");
        }
        if (!comparing.next() || comparing.logId() != logId) {
            throw gap(
                    logId,
                    sequence,
                    "the run has ended, and run " + RouteLog.hex(segment.logId()) + " is being written");
        }
        if (comparing.logPosition() != logPosition
                || comparing.logTimeUs() != logTimeUs
                || comparing.lengthBytes() != lengthBytes
                || !Bytes.equal(comparing.buffer(), comparing.offset(), source, sourceOffset, lengthBytes)) {
            throw new RouteLogException(
                    RouteLogException.Reason.DIFFERS,
                    "The route log " + config.directory() + " holds another record under sequence " + sequence
                            + " of run "
                            + RouteLog.hex(logId) + ": " + comparing.lengthBytes() + " bytes of log position "
                            + comparing.logPosition() + ", where " + lengthBytes + " bytes of log position "
                            + logPosition
                            + " were appended; the two were made by different input or by different code.");
        }
        return AppendResult.ALREADY_THERE;
    }

    private boolean isKept(final long logId) {
        return firstKept(logId) != Long.MAX_VALUE;
    }

    private long firstKept(final long logId) {
        for (Segment one = chain.head(); one != null; one = one.next()) {
            if (one.logId() == logId) {
                return one.firstSequence();
            }
        }
        return Long.MAX_VALUE;
    }

    /**
     * Says that a record and all before it, of earlier runs too, were delivered and need not be kept. The mark survives a
     * restart; whole segments below it are deleted. A lower one than before is ignored, and so is a run that is not kept.
     *
     * @param logId    the run.
     * @param sequence the last that was delivered.
     * @return true when the mark moved.
     * @throws RouteLogException when that sequence was never appended.
     */
    public boolean confirm(final long logId, final long sequence) {
        if (closed) {
            throw invalid("is closed; open it again to confirm");
        }
        final Segment target = segmentToConfirm(logId, sequence);
        if (target == null) {
            return false;
        }
        if (logId == segment.logId() && sequence >= nextSequence) {
            throw invalid("was told that sequence " + sequence + " of run " + RouteLog.hex(logId)
                    + " is confirmed; it was not appended, the next is " + nextSequence);
        }
        final long before = confirmed.position();
        if (target != confirmed.segment()) {
            confirmed.begin(target);
        }
        confirmed.toSequence(sequence);
        if (confirmed.position() == before) {
            return false;
        }
        publishConfirmed();
        return true;
    }

    private void publishConfirmed() {
        confirmedMark.set(confirmed.position(), 0);
        backlog.oldest(confirmed.logTimeUsOr(backlog.oldestLogTimeUs()));
        backlog.confirmed(confirmed.position(), confirmed.events(), confirmed.payloadBytes());
    }

    /** The last segment of the run, from the confirmed one on, that begins at or before a sequence. */
    private Segment segmentToConfirm(final long logId, final long sequence) {
        Segment target = null;
        for (Segment one = confirmed.segment(); one != null; one = one.next()) {
            if (one.logId() == logId && one.firstSequence() <= sequence) {
                target = one;
            } else if (target != null) {
                return target;
            }
        }
        return target;
    }

    /**
     * The run being written.
     *
     * @return its log id; 0 while nothing was ever appended.
     */
    public long logId() {
        return segment == null ? 0 : segment.logId();
    }

    /**
     * The sequence that the run being written takes next.
     *
     * @return 0 while nothing was ever appended.
     */
    public long nextSequence() {
        return nextSequence;
    }

    /**
     * The longest payload it takes.
     *
     * @return in bytes.
     */
    public int maxPayloadBytes() {
        return maxPayloadBytes;
    }

    private RouteLogException gap(final long logId, final long sequence, final String why) {
        return new RouteLogException(
                RouteLogException.Reason.GAP,
                "The route log " + config.directory() + " can't take sequence " + sequence + " of run "
                        + RouteLog.hex(logId) + ": " + why + ".");
    }

    private RouteLogException invalid(final String what) {
        return new RouteLogException(
                RouteLogException.Reason.INVALID, "The route log " + config.directory() + " " + what + ".");
    }

    void close() {
        closed = true;
        comparing.close();
    }
}
