package io.pinion.engine.routelog;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The segments that have begun, from the oldest to the one being written. The writer adds at the young end; the preparer
 * frees at the old end, never the last.
 */
final class SegmentChain {
    private final List<SegmentHold> holds = new CopyOnWriteArrayList<>();
    private final List<Segment> unlinked = new ArrayList<>();
    private volatile Segment head;
    private volatile Segment last;

    /** Writer. */
    void add(final Segment segment) {
        final Segment before = last;
        last = segment;
        if (before == null) {
            head = segment;
        } else {
            before.next(segment);
        }
    }

    /** The oldest, or null. Any thread. */
    Segment head() {
        return head;
    }

    /** The youngest, or null. Any thread. */
    Segment last() {
        return last;
    }

    SegmentHold newHold() {
        final SegmentHold hold = new SegmentHold();
        holds.add(hold);
        return hold;
    }

    void forget(final SegmentHold hold) {
        hold.release();
        holds.remove(hold);
    }

    /** Preparer: deletes the files below a segment's number, and unmaps those that no reader is in. */
    int free(final long belowNumber) throws IOException {
        int done = unlinked.isEmpty() ? 0 : unmapUnheld();
        Segment oldest = head;
        while (oldest != null && oldest.number() < belowNumber && oldest.next() != null) {
            oldest.delete();
            oldest.freed();
            head = oldest.next();
            unlinked.add(oldest);
            oldest = head;
            done += 1 + unmapUnheld();
        }
        return done;
    }

    /** At the end, when neither writer nor preparer works any more. What a reader still looks into stays mapped. */
    void close() {
        for (Segment segment = head; segment != null; segment = segment.next()) {
            segment.freed();
            unlinked.add(segment);
        }
        head = null;
        last = null;
        unmapUnheld();
    }

    private int unmapUnheld() {
        int done = 0;
        for (int i = unlinked.size() - 1; i >= 0; i--) {
            final Segment segment = unlinked.get(i);
            if (holds.stream().noneMatch(hold -> hold.holds(segment))) {
                unlinked.remove(i);
                segment.unmap();
                done++;
            }
        }
        return done;
    }
}
