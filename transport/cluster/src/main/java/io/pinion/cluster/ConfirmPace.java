package io.pinion.cluster;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * When a route's CONFIRM is to be sent: where there is something new, but at most each 10 ms. One thread; times are of {@link
 * System#nanoTime}.
 */
final class ConfirmPace {
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(10);

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
        final long pauseNs = sequence > sent[route] ? LEAST_NS : AGAIN_NS;
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
