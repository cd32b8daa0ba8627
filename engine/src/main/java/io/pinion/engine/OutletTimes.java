package io.pinion.engine;

import org.agrona.concurrent.EpochNanoClock;

/**
 * Reads the clock twice for each batch that goes out, at its beginning and its end, rather than twice for each frame: all
 * that a batch takes counts for each of its frames, so that none is told to have been faster than it was.
 */
final class OutletTimes {
    /** One may have been held since the batch before. */
    private static final int MOST = RingReader.BATCH_LIMIT + 1;

    private static final long NOTHING = Long.MIN_VALUE;

    private final EpochNanoClock clock;
    private final Latency latency;
    private final long[] dueNs = new long[MOST];
    private final long[] publishedNs = new long[MOST];
    private final long[] takenUpNs = new long[MOST];
    private final int[] frames = new int[MOST];
    private int count;
    private boolean isBegun;
    private long begunNs;

    /** Of the frames that came together last, how many there were so far. */
    private int together;

    private long lastDueNs;
    private long lastPublishedNs;
    private long lastTakenUpNs;

    OutletTimes(final EpochNanoClock clock, final Latency latency) {
        this.clock = clock;
        this.latency = latency;
    }

    /** When this batch began to be taken up. */
    long takenUpNs() {
        if (!isBegun) {
            isBegun = true;
            note(); // what was held was taken up in an earlier batch, and what follows is noted anew
            lastPublishedNs = NOTHING;
            begunNs = clock.nanoTime();
        }
        return begunNs;
    }

    /** Notes a frame that the publisher has accepted; those that came together, and were taken up in one batch, are noted together. */
    void accepted(final long due, final long published, final long takenUp) {
        if (due != lastDueNs || published != lastPublishedNs) {
            note();
            lastDueNs = due;
            lastPublishedNs = published;
            lastTakenUpNs = takenUp;
        }
        together++;
    }

    private void note() {
        if (together > 0) {
            frames[count] = together;
            dueNs[count] = lastDueNs;
            publishedNs[count] = lastPublishedNs;
            takenUpNs[count] = lastTakenUpNs;
            count++;
            together = 0;
        }
    }

    /** Records all that was noted. */
    void endBatch() {
        isBegun = false;
        note();
        if (count == 0) {
            return;
        }
        final long nowNs = clock.nanoTime();
        for (int i = 0; i < count; i++) {
            latency.stages.record(takenUpNs[i] - publishedNs[i], frames[i]);
            latency.egress.record(nowNs - takenUpNs[i], frames[i]);
            if (dueNs[i] != 0) {
                latency.total.record(nowNs - dueNs[i], frames[i]);
            }
        }
        count = 0;
    }
}
