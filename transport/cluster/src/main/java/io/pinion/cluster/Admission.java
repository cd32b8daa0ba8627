package io.pinion.cluster;

import io.pinion.engine.SectionSink;
import io.pinion.engine.SectionSource;
import java.io.IOException;

/**
 * What of the log's messages is taken, and what is answered: a function of the log alone, so that all members take the same.
 * One thread; no transport.
 *
 * <p>A producer's message is taken when its epoch is the producer's newest and its sequence the one after the last that was
 * taken. What comes again is acknowledged again; what comes too early is told which one is missing, once until that comes.
 */
final class Admission {
    private static final String PRODUCERS = "producers";
    private static final String TABLES = "tables";

    /** What becomes of a message. */
    enum Outcome {
        /** It is taken, and acknowledged. */
        ACCEPT,
        /** It has no effect, or had it before: it is acknowledged. */
        ACKNOWLEDGE,
        /** It is not taken: {@link Admission#reason()} and {@link Admission#expected()} say why, and what would be. */
        REFUSE,
        /** Nothing is done and nothing said. */
        IGNORE
    }

    private final Genesis own;
    private final ProducerMarks marks;
    private final TableLoads tables;
    private Genesis genesis;
    private long logId;
    private long logTimeUs;

    private int reason;
    private long epoch;
    private long last;

    Admission(final Genesis own, final ProducerMarks marks, final TableLoads tables) {
        this.own = own;
        this.marks = marks;
        this.tables = tables;
    }

    /** Every message comes with a time; the log's never goes back. */
    void onTime(final long timestampUs) {
        logTimeUs = Math.max(logTimeUs, timestampUs);
    }

    /**
     * The log begins.
     *
     * @return false when it did before: this one is none.
     */
    boolean onGenesis(final long newLogId, final Genesis newGenesis) {
        if (logId != 0 || newLogId == 0) {
            return false;
        }
        logId = newLogId;
        genesis = newGenesis;
        return true;
    }

    /** Why this member can't read this log; null when it can. */
    String conflict() {
        return logId == 0 ? null : Settings.conflict(genesis, own);
    }

    Outcome onOpen(final long producer, final long nonce) {
        epoch = 0;
        last = 0;
        if (logId == 0) {
            return refuse(ClusterMessages.BUSY);
        }
        if (producer == 0) {
            return refuse(ClusterMessages.INVALID);
        }
        int mark = marks.find(producer);
        if (mark == ProducerMarks.NONE) {
            marks.forget(logTimeUs);
            mark = marks.add(producer, logTimeUs);
            if (mark == ProducerMarks.NONE) {
                return refuse(ClusterMessages.FULL);
            }
            marks.open(mark, Math.max(1, logTimeUs), nonce); // no epoch of an instance that was forgotten comes back
        } else if (marks.nonce(mark) != nonce) {
            marks.open(mark, marks.epoch(mark) + 1, nonce);
        }
        marks.use(mark, logTimeUs);
        epoch = marks.epoch(mark);
        last = marks.last(mark);
        return Outcome.ACCEPT;
    }

    /**
     * An event, or a row of a table.
     *
     * @param destination   0 for the graph's ingress, k for its k-th table.
     * @param isHoldingBack whether a route that blocks is at its bound.
     */
    Outcome onEvent(
            final long producer,
            final long ofEpoch,
            final long sequence,
            final int destination,
            final boolean isHoldingBack) {
        final Outcome inOrder = inOrder(producer, ofEpoch, sequence, destination, 0);
        if (inOrder != Outcome.ACCEPT) {
            return inOrder;
        }
        final boolean waits =
                destination == 0 ? isHoldingBack || tables.missing() != 0 : tables.holdsBack(destination, logTimeUs);
        if (waits) {
            return refuse(ClusterMessages.BUSY);
        }
        accept(producer, sequence);
        return Outcome.ACCEPT;
    }

    /** A step of the swap of a table. */
    Outcome onSwap(final long producer, final long ofEpoch, final long sequence, final int table, final int step) {
        final Outcome inOrder = inOrder(producer, ofEpoch, sequence, table, 1);
        if (inOrder != Outcome.ACCEPT) {
            return inOrder;
        }
        if (step < ClusterMessages.SWAP_BEGIN || step > ClusterMessages.SWAP_CANCEL) {
            return refuse(ClusterMessages.INVALID);
        }
        accept(producer, sequence);
        return tables.step(table, producer, ofEpoch, step, logTimeUs) ? Outcome.ACCEPT : Outcome.ACKNOWLEDGE;
    }

    /** What of a message can be known to be wrong before its producer is: its bytes. */
    Outcome onUnreadable(final long ofEpoch) {
        epoch = ofEpoch;
        last = 0;
        return refuse(ClusterMessages.INVALID);
    }

    private Outcome inOrder(
            final long producer,
            final long ofEpoch,
            final long sequence,
            final int destination,
            final int lowestDestination) {
        epoch = ofEpoch;
        last = 0;
        if (logId == 0) {
            return refuse(ClusterMessages.BUSY);
        }
        final int mark = marks.find(producer);
        if (mark == ProducerMarks.NONE) {
            return refuse(ClusterMessages.UNKNOWN);
        }
        last = marks.last(mark);
        if (marks.epoch(mark) != ofEpoch) {
            return refuse(ClusterMessages.FENCED);
        }
        if (destination < lowestDestination || destination > tables.tables()) {
            return refuse(ClusterMessages.INVALID);
        }
        marks.use(mark, logTimeUs);
        if (sequence > last + 1) {
            if (marks.isGapTold(mark)) {
                return Outcome.IGNORE;
            }
            marks.gapTold(mark, true);
            return refuse(ClusterMessages.GAP);
        }
        marks.gapTold(mark, false);
        return sequence <= last ? Outcome.ACKNOWLEDGE : Outcome.ACCEPT;
    }

    private Outcome refuse(final int why) {
        reason = why;
        return Outcome.REFUSE;
    }

    private void accept(final long producer, final long sequence) {
        marks.accept(marks.find(producer), sequence);
        last = sequence;
    }

    /** Why the last message was refused: one of the reasons in {@link ClusterMessages}. */
    int reason() {
        return reason;
    }

    /** The epoch that the last OPEN was given, or that another message came with. */
    long epoch() {
        return epoch;
    }

    /** The last sequence taken of the last message's producer. */
    long last() {
        return last;
    }

    /** The sequence that would be taken of the last message's producer. */
    long expected() {
        return last + 1;
    }

    /** 0 until the log has said it. */
    long logId() {
        return logId;
    }

    long logTimeUs() {
        return logTimeUs;
    }

    /** Tables without whose file events are refused: a bit for each. */
    long missingTables() {
        return tables.missing();
    }

    void save(final SectionSink sink, final long position) throws IOException {
        sink.section(LogHead.SECTION, LogHead.VERSION, new LogHead(logId, genesis, logTimeUs, position)::write);
        sink.section(PRODUCERS, ProducerMarks.VERSION, marks::save);
        sink.section(TABLES, TableLoads.VERSION, tables::save);
    }

    void restore(final SectionSource source) throws IOException {
        source.section(LogHead.SECTION, (in, version) -> {
            final LogHead head = LogHead.read(in, version);
            logId = head.logId();
            genesis = head.genesis();
            logTimeUs = head.logTimeUs();
        });
        source.section(PRODUCERS, (in, version) -> {
            requireVersion(PRODUCERS, version, ProducerMarks.VERSION);
            marks.restore(in);
        });
        source.section(TABLES, (in, version) -> {
            requireVersion(TABLES, version, TableLoads.VERSION);
            tables.restore(in);
        });
    }

    private static void requireVersion(final String section, final int version, final int right) throws IOException {
        if (version != right) {
            throw new IOException("The snapshot's section \"" + section + "\" is of version " + version
                    + ", and this build reads version " + right + ".");
        }
    }
}
