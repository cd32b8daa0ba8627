package io.pinion.cluster;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * When a route's CONFIRM is to be sent: where there is something new, each 100 ms, or each 10 ms where it is much. Each is a
 * message of the log, and so a write to every member's disk that events wait behind. One thread; times are of {@link
 * System#nanoTime}.
 */
final class ConfirmPace {
    private static final long MUCH = 64;
    private static final long MUCH_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LITTLE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What was sent has arrived unless the session or the leader changes; this is for what nobody thought of. */
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final long[] sent;
    private final long[] sentAtNs;

    ConfirmPace(final int routes) {
        sent = new long[routes];
        sentAtNs = new long[routes];
    }

    /** What was sent may not have arrived. */
    void reset() {
        Arrays.fill(sent, 0);
    }

    /** Whether the log has to hear this now. */
    boolean isDue(final int route, final long sequence, final long nowNs) {
        final long more = sequence - sent[route];
        final long pauseNs = more >= MUCH ? MUCH_NS : more > 0 ? LITTLE_NS : AGAIN_NS;
        return sent[route] == 0 || nowNs - sentAtNs[route] >= pauseNs;
    }

    /** Whether the log has heard it, as far as that can be known. */
    boolean isSent(final int route, final long sequence) {
        return sequence <= sent[route];
    }

    void sent(final int route, final long sequence, final long nowNs) {
        sent[route] = sequence;
        sentAtNs[route] = nowNs;
    }
}
