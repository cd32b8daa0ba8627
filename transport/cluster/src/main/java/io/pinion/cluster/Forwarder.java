package io.pinion.cluster;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogException;
import io.pinion.engine.routelog.RouteLogReader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Delivers one route: what lies in its route log goes to its target, from where the target says; what the target has
 * settled is confirmed.
 *
 * <pre>
 *   graph's thread  ─ append ─▶ route log ─ {@link #onAppend} ───────────▶ target     where it does not lag, and has room
 *                                   └────── {@link #doWork} ─────────────▶ target     all else
 *   delivery thread ────────────────────────────┘
 * </pre>
 *
 * <p>So an output does not wait for the delivery thread to wake, and an hour of a route log is read back without holding up
 * the graph. The two take turns by a lock that neither waits for. {@link #settled()} and {@link #whyWaiting()} may be called
 * on any thread.
 *
 * <p>Nothing is skipped. A target that fails for good ends this route on this member, and no other. A record that is damaged
 * ends the member, where others have an equal copy: one of those delivers then, and this one has to be seeded.
 */
final class Forwarder implements AutoCloseable {
    /** What a damaged record of the route's log ends. */
    enum Damage {
        /** There is no other copy: the other routes go on. */
        ENDS_THE_ROUTE,
        /** Another member takes its place. */
        ENDS_THE_MEMBER
    }

    private static final int LIMIT = 64;

    /** What was appended so shortly before is in memory still: to read it doesn't hold up the graph. */
    private static final int RECENT = 64;

    /** A place is found by walking through a segment, which is some milliseconds: not to be tried at each record. */
    private static final long SEEK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long FOLLOW_NS = TimeUnit.SECONDS.toNanos(1);

    private final int route;
    private final String name;
    private final RouteLog log;
    private final SequencedTarget target;
    private final ServiceView view;
    private final Confirmations confirmations;
    private final Damage damage;
    private final RouteLogReader reader;

    /** Whose turn it is with the reader and the target. */
    private final ReentrantLock turn = new ReentrantLock();

    /** Something was appended while the delivery thread had its turn: it has to look once more. */
    private volatile boolean isMissed;

    private boolean isClosed;

    /** The sequence of the record shown, or of the one that {@code reader.next()} will show; 0 where it is in no place. */
    private long at;

    private boolean isShown;

    /** A lower bound; exact once the target asked for something that is gone. */
    private long firstKept = 1;

    private long seekAtNs;

    /** What could not be found, and where the log's end was then: it is sought again when either has changed. */
    private long sought;

    private long soughtEnd;
    private long followAtNs;
    private volatile long settled;
    private volatile String failure;
    private volatile String ahead;

    /**
     * Makes one.
     *
     * @param route         its number.
     * @param name          its name.
     * @param log           what it delivers.
     * @param target        closed with this.
     * @param view          of this member's service.
     * @param confirmations where the leader says what is settled.
     * @param damage        what a damaged record ends.
     */
    Forwarder(
            final int route,
            final String name,
            final RouteLog log,
            final SequencedTarget target,
            final ServiceView view,
            final Confirmations confirmations,
            final Damage damage) {
        this.route = route;
        this.name = name;
        this.log = log;
        this.target = target;
        this.view = view;
        this.confirmations = confirmations;
        this.damage = damage;
        reader = log.newReader();
        followAtNs = System.nanoTime();
        seekAtNs = followAtNs;
    }

    /**
     * One round: at most so many records.
     *
     * @param nowNs of {@link System#nanoTime}.
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when a record is damaged and that ends the member.
     */
    int doWork(final long nowNs) {
        final int done = takeTurn(nowNs);
        // Not left to the next round: those of other routes come first, and one of them may wait for a disk.
        return isMissed ? done + 1 + takeTurn(nowNs) : done;
    }

    private int takeTurn(final long nowNs) {
        if (!turn.tryLock()) {
            return 1;
        }
        try {
            isMissed = false;
            return work(nowNs);
        } finally {
            turn.unlock();
        }
    }

    /**
     * What was just appended goes out in the call, where the target is the leader's alone, and so none of this member's disk;
     * unless it lags, or the target has no room: then the delivery thread sees to it. On the thread that appends; throws
     * nothing.
     */
    void onAppend() {
        if (!target.isLeadersOnly() || !view.isLeader) {
            return;
        }
        // Said before the lock is tried: where the delivery thread has it, it looks at this behind giving it back.
        isMissed = true;
        if (!turn.tryLock()) {
            return;
        }
        try {
            isMissed = false;
            if (!isClosed && at != 0 && failure == null && log.writer().nextSequence() - at <= RECENT) {
                send(view.logId);
            }
        } catch (final EdgeException | RouteLogException again) {
            // The delivery thread comes to the same, and ends what has to end.
        } finally {
            turn.unlock();
        }
    }

    private int work(final long nowNs) {
        final long logId = view.logId;
        if (failure != null || logId == 0) {
            return 0;
        }
        try {
            int done = target.doWork();
            if (!target.isLeadersOnly() || view.isLeader) {
                done += forward(logId, nowNs);
            } else {
                follow(nowNs);
            }
            confirm();
            return done;
        } catch (final EdgeException | RouteLogException e) {
            if (damage == Damage.ENDS_THE_MEMBER && isDamage(e)) {
                throw new EdgeException(
                        "The log of route \"" + name + "\" is damaged on this member, and the others have equal copies:"
                                + " empty this one's directory, and seed it from another member with \"pinion seed\". "
                                + e.getMessage(),
                        e);
            }
            failure = "route \"" + name + "\" is no longer delivered by this member: " + e.getMessage();
            return 0;
        }
    }

    private static boolean isDamage(final RuntimeException e) {
        return e instanceof RouteLogException log && log.reason() == RouteLogException.Reason.DAMAGED;
    }

    private int forward(final long logId, final long nowNs) {
        final long next = target.next(logId, firstKept);
        if (next == SequencedTarget.UNKNOWN || next != at && !seek(logId, next, nowNs)) {
            return 0;
        }
        return send(logId);
    }

    private int send(final long logId) {
        int sent = 0;
        while (sent < LIMIT && (isShown || show(logId))) {
            if (!target.offer(logId, at, reader.logTimeUs(), reader.buffer(), reader.offset(), reader.lengthBytes())) {
                return sent;
            }
            isShown = false;
            at++;
            sent++;
        }
        return sent;
    }

    private boolean show(final long logId) {
        if (!reader.next()) {
            return false;
        }
        if (reader.logId() != logId || reader.sequence() != at) {
            // What lay there was freed meanwhile, for it is confirmed: the target is asked again.
            at = 0;
            return false;
        }
        isShown = true;
        return true;
    }

    private boolean seek(final long logId, final long next, final long nowNs) {
        isShown = false;
        at = 0;
        final boolean isSame = next == sought && log.endPosition() == soughtEnd;
        if (isSame || nowNs - seekAtNs < 0) {
            return false;
        }
        sought = next;
        soughtEnd = log.endPosition();
        seekAtNs = nowNs + SEEK_AGAIN_NS;
        if (reader.seek(logId, next)) {
            at = next;
            sought = 0;
            ahead = null;
            return true;
        }
        while (reader.next()) {
            if (reader.logId() == logId) {
                firstKept = reader.sequence();
                break;
            }
        }
        if (next >= firstKept) {
            ahead = "its target expects " + next + ", which this member's log has not come to yet";
        }
        return false;
    }

    /** Keeps up with what is confirmed, so that this reader holds no segment that could be freed. */
    private void follow(final long nowNs) {
        if (nowNs - followAtNs >= 0) {
            followAtNs = nowNs + FOLLOW_NS;
            isShown = false;
            at = 0;
            reader.toConfirmed();
        }
    }

    private void confirm() {
        final long now = target.settled();
        if (now > settled) {
            settled = now;
        }
        if (view.isLeader && settled > 0) {
            confirmations.confirm(route, settled); // refused: said again in the next round
        }
    }

    /** The highest sequence that the target will not ask for again; 0 where there is none. */
    long settled() {
        return settled;
    }

    /** Whether what is settled there bounds what this member may free: a file that it writes itself. */
    boolean isLocal() {
        return !target.isLeadersOnly();
    }

    /** Why this route is no longer delivered by this member, until it is started again; null when it is. Any thread. */
    String failure() {
        return failure;
    }

    /** What a person should know when nothing leaves for long. */
    String whyWaiting() {
        final String ended = failure;
        final String early = ahead;
        return ended != null ? ended : early != null ? early : target.whyWaiting();
    }

    /** On the delivery thread, or before it begins. */
    @Override
    public void close() {
        turn.lock(); // for no longer than one call of onAppend
        try {
            isClosed = true;
            reader.close();
            target.close();
        } finally {
            turn.unlock();
        }
    }
}
