package io.pinion.engine;

import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogConfig;
import io.pinion.engine.routelog.RouteLogException;
import io.pinion.engine.routelog.RouteLogWriter;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * Appends to a target's route log; the policy decides by what the state has of the route, never by the disk. Appending again
 * what is there, after a restart, compares it.
 *
 * <p>The log's own mark says only what may be deleted: what is confirmed in the state and no longer needed by this member's
 * copy of the target.
 */
final class RouteOutlet extends Outlet {
    private final int route;
    private final String name;
    private final Path directory;
    private final boolean holdsBack;
    private final RouteBacklog backlog;
    /** How much is unconfirmed, for other threads: never less than the backlog had behind any slot that is through. */
    private final Counter onDisk;

    private final Counter onDiskBytes;
    private final RouteLog log;
    private final RouteLogWriter writer;

    private long logId;
    private long position;
    private long logTimeUs;
    private LongSupplier settled = () -> Long.MAX_VALUE;
    private Runnable appended = () -> {};
    private long freed;
    private volatile long carriedOver;

    RouteOutlet(
            final int route,
            final Target target,
            final Path routesDirectory,
            final RouteBounds bounds,
            final int maxFrameBytes,
            final Counters counters) {
        super(target, maxFrameBytes, counters);
        this.route = route;
        name = target.name();
        directory = routesDirectory.resolve(name);
        final Policy policy = target.policy();
        holdsBack = policy.kind() == Policy.Kind.BLOCK || policy.kind() == Policy.Kind.SPILL;
        backlog = new RouteBacklog(
                policy.kind() == Policy.Kind.SPILL ? new RouteBounds(Long.MAX_VALUE, policy.maxBytes()) : bounds);
        onDisk = counters.newCounter(name + ".on-disk");
        onDiskBytes = counters.newCounter(name + ".on-disk.bytes");
        log = open(directory);
        writer = log.writer();
    }

    private static RouteLog open(final Path directory) {
        try {
            return RouteLog.open(RouteLogConfig.in(directory).maxBytes(Long.MAX_VALUE));
        } catch (final RouteLogException e) {
            throw new EdgeException(e.getMessage(), e);
        }
    }

    /**
     * Says whose outputs come, at the log's start or behind what the backlog was restored to. Where this member's disk has
     * nothing of this log and all before is confirmed, the route log begins there.
     */
    void begin(final long newLogId) {
        logId = newLogId;
        final boolean isOfThisLog = writer.logId() == logId;
        final long onThisDisk = isOfThisLog ? writer.nextSequence() : 1;
        if (onThisDisk < backlog.next() && (isOfThisLog || backlog.events() > 0)) {
            throw new EdgeException("The route log " + directory + " ends before output " + onThisDisk + " of log "
                    + String.format("%016x", logId) + ", and the snapshot was taken before output " + backlog.next()
                    + ", of which " + backlog.confirmed() + " are confirmed: "
                    + (backlog.events() > 0
                            ? "what is between is lost on this disk; fill it from another member with pinion seed."
                            : "delete the directory, and it begins anew there."));
        }
        carriedOver = backlog.events();
        tellBacklog();
    }

    private void tellBacklog() {
        onDisk.set(backlog.events());
        onDiskBytes.set(backlog.bytes());
    }

    RouteBacklog backlog() {
        return backlog;
    }

    RouteLog log() {
        return log;
    }

    String name() {
        return name;
    }

    void freeUpTo(final LongSupplier settledHere) {
        settled = settledHere;
    }

    void onAppend(final Runnable listen) {
        appended = listen;
    }

    /** Whether no event may come in: its policy is to hold them back, and it is at its bound. While nothing is under way. */
    boolean isHoldingBack() {
        return holdsBack && backlog.isAtBound();
    }

    /**
     * Whether that may be so behind all that was given, of which so many slots may not be through. Any thread, which has
     * looked up that number before: each of these slots can have become one output, as long as any may be.
     */
    boolean mayHoldBack(final long slotsUnderWay) {
        if (!holdsBack) {
            return false;
        }
        final long more = slotsUnderWay + (isHolding() ? 1 : 0); // the slot of a frame that is held is through already
        return backlog.bounds()
                .isReached(
                        onDisk.get() + more,
                        onDiskBytes.get() + more * (RouteBounds.RECORD_BYTES + (long) frame().maxBytes()));
    }

    @Override
    void takeUp(final Slot<?> slot) {
        position = slot.position();
        logTimeUs = slot.logTimeUs();
    }

    /** Who holds back has done so before any stage saw the event: what comes here is taken. */
    @Override
    Outcome put() {
        if (backlog.isAtBound()) {
            if (policy().kind() == Policy.Kind.DROP_NEWEST) {
                return drop();
            }
            if (policy().kind() == Policy.Kind.DEAD_LETTER) {
                return Outcome.REFUSED;
            }
        }
        return isOut() ? Outcome.SETTLED : hold();
    }

    @Override
    boolean isOut() {
        switch (writer.append(logId, backlog.next(), position, logTimeUs, frame().buffer(), 0, frame().lengthBytes())) {
            case APPENDED, ALREADY_THERE, BELOW_START -> {
                backlog.appended(frame());
                tellBacklog();
                appended.run();
                return true;
            }
            case NOT_READY -> {
                return false;
            }
            default -> throw new IllegalStateException("the route log " + directory + " is full, and has no bound");
        }
    }

    @Override
    Outcome drop() {
        backlog.dropped();
        return super.drop();
    }

    @Override
    void died() {
        backlog.died();
        super.died();
    }

    @Override
    void onControl(final Slot<?> slot) {
        if (slot.kind() == Slot.Kind.CONFIRMED && slot.route() == route) {
            final long before = backlog.confirmed();
            if (backlog.confirm(slot.sequence())) {
                wereDelivered(backlog.confirmed() - before);
                tellBacklog();
            }
        }
        free();
    }

    /** Also at what is not for this route: this member's own copy may have come further since. */
    private void free() {
        final long to = Math.min(backlog.confirmed(), settled.getAsLong());
        if (to > freed && writer.logId() == logId) {
            writer.confirm(logId, to);
            freed = to;
        }
    }

    @Override
    int doWork() {
        return 0;
    }

    @Override
    boolean isDrained() {
        return !isHolding();
    }

    @Override
    long onDisk() {
        return onDisk.get();
    }

    @Override
    long carriedOver() {
        return carriedOver;
    }

    @Override
    String whyRefused() {
        return "what it has not confirmed has reached its bound";
    }

    @Override
    String whyWaiting() {
        if (!isHolding()) {
            return null;
        }
        final String trouble = log.whyNotReady();
        return trouble == null ? "The disk of the route log " + directory + " is slower than what comes." : trouble;
    }

    @Override
    void close() {
        log.close();
    }
}
