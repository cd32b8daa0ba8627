package io.pinion.cluster;

import io.pinion.engine.EdgeException;
import java.util.concurrent.TimeUnit;

/**
 * What a consumer knows of one route: which output it expects next, and whether that has to be told. No sockets and no clock.
 * Used by one thread; times are of {@link System#nanoTime}.
 */
final class ConsumerSession {
    private static final long TELL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TELL_PARTS = 4;

    private final String route;
    private final long routeId;
    private final int window;
    private long logId;
    private long logIdBefore;
    private long next;
    private long ask;
    private long repeats;
    private long gaps;
    private long tellAtNs;
    private long toldNext;
    private boolean isAskDue;
    private long askAtNs;
    private boolean wasHeard;

    /**
     * Makes one.
     *
     * @param route   how to speak of it.
     * @param routeId its id.
     * @param window  how many outputs may be on their way.
     * @param logId   of the log it has seen; 0 for none.
     * @param next    what it expects there.
     * @param run     of this run alone: no other's.
     * @param nowNs   the time.
     */
    ConsumerSession(
            final String route,
            final long routeId,
            final int window,
            final long logId,
            final long next,
            final int run,
            final long nowNs) {
        this.route = route;
        this.routeId = routeId;
        this.window = window;
        this.logId = logId;
        this.next = next;
        ask = (long) run << Integer.SIZE;
        tellAtNs = nowNs;
        askAtNs = nowNs;
    }

    /**
     * Looks at an output that came.
     *
     * @return true when it is the one expected: it is handed over, and then {@link #taken} called.
     */
    boolean isNext(final long ofRoute, final long ofLog, final long sequence, final long nowNs) {
        if (ofRoute != routeId) {
            return false;
        }
        if (logId == 0 && sequence == 1) {
            logId = ofLog;
        }
        if (ofLog != logId) {
            return false; // it says HELLO, if it is the log there is now
        }
        wasHeard = true;
        if (sequence > next) {
            missing(nowNs);
        } else if (sequence < next) {
            repeats++;
        }
        return sequence == next;
    }

    /** What was expected was handed over. */
    void taken() {
        next++;
    }

    private void missing(final long nowNs) {
        // What is on its way already would each ask again: once is enough for the time that takes.
        if (nowNs - askAtNs >= 0) {
            gaps++;
            askAgain(nowNs);
        }
    }

    /** Another way to a leader: what was on the way before may be lost. */
    void onConnected(final long nowNs) {
        askAgain(nowNs);
    }

    private void askAgain(final long nowNs) {
        ask++;
        askAtNs = nowNs + TELL_NS;
        isAskDue = true;
    }

    /**
     * The leader says that it can't deliver what is expected.
     *
     * @return true when it begins with another log.
     * @throws EdgeException when what is expected is no longer kept, or a log comes back that another has replaced.
     */
    boolean onHello(final long ofRoute, final long ofLog, final long firstKept, final long nowNs) {
        if (ofRoute != routeId) {
            return false;
        }
        wasHeard = true;
        final boolean isAnother = ofLog != logId;
        final long expected = isAnother ? 1 : next;
        if (firstKept > expected) {
            throw new EdgeException("The consumer of " + route + " expects output " + expected
                    + (isAnother ? " of a log that is new to it" : "") + ", and the first that is kept is " + firstKept
                    + ": what lies before was delivered to another consumer; set its position to " + firstKept
                    + " of log " + ofLog + " to go on there.");
        }
        if (!isAnother) {
            return false;
        }
        if (ofLog == logIdBefore) {
            throw new EdgeException("The consumer of " + route + " hears two clusters by turns, of logs " + ofLog
                    + " and " + logId + ": give one of them another channel.");
        }
        logIdBefore = logId;
        logId = ofLog;
        next = 1;
        askAgain(nowNs);
        return true;
    }

    /** Whether the position has to be told now. */
    boolean isTellDue(final long nowNs) {
        return isAskDue || nowNs - tellAtNs >= 0 || next - toldNext >= Math.max(1, window / TELL_PARTS);
    }

    /** It was told. */
    void told(final long nowNs) {
        isAskDue = false;
        toldNext = next;
        tellAtNs = nowNs + TELL_NS;
    }

    long logId() {
        return logId;
    }

    long next() {
        return next;
    }

    long ask() {
        return ask;
    }

    long repeats() {
        return repeats;
    }

    long gaps() {
        return gaps;
    }

    /** Whether anything ever came. */
    boolean wasHeard() {
        return wasHeard;
    }
}
