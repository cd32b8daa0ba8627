package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A target's append-only log on local disk: what spills, lags or must survive lies here, until it is confirmed.
 *
 * <p>A record is (log id, sequence, log position, log time, payload). Sequences of one log id, a run, follow each other
 * without a gap. One thread has the {@link #writer}, each {@link #newReader reader} one at a time; the egress thread of a
 * target that spills has both:
 *
 * <pre>
 *   slow or gone:   writer.append(logId, sequence, …)            FULL, NOT_READY: hold the event, offer it again
 *   back again:     while (reader.next() &amp;&amp; deliver(reader))  before anything newer
 *                       writer.confirm(reader.logId(), reader.sequence())
 *   after a start:  reader.toConfirmed(), then the same
 * </pre>
 *
 * <p>What {@code append} has accepted survives the death of the process at once, and of the machine once it was forced.
 */
public final class RouteLog implements AutoCloseable {
    private final DirectoryLock lock;
    private final MarkFile marks;
    private final SegmentChain chain = new SegmentChain();
    private final Backlog backlog = new Backlog();
    private final RouteLogConfig config;
    private final Forcing forcing;
    private final SegmentPreparer preparer;
    private final RouteLogWriter writer;
    private final String openingNote;
    private final List<Thread> threads = new ArrayList<>();
    private final LongSupplier nanoClock = System::nanoTime;
    private long forceAtNs;
    private boolean closed;

    private RouteLog(
            final RouteLogConfig config, final DirectoryLock lock, final MarkFile marks, final Recovery recovery) {
        this.config = config;
        this.lock = lock;
        this.marks = marks;
        openingNote = recovery.notes();
        recovery.segments().forEach(chain::add);
        tellBacklog(recovery);
        forcing = new Forcing(config.directory(), chain, backlog, marks, config.bootId(), config.forceIntervalNs());
        if (recovery.wasRestarted()) {
            forcing.force();
        }
        preparer = new SegmentPreparer(config, chain, backlog, forcing.lock(), nanoClock);
        final RouteLogReader comparing = new RouteLogReader(this, chain);
        writer = new RouteLogWriter(config, chain, backlog, preparer, marks.confirmed(), comparing, recovery);
        preparer.doWork();
        forceAtNs = nanoClock.getAsLong() + config.forceIntervalNs();
        if (!config.isInvoked()) {
            start(preparer, "prepares");
            if (config.forceIntervalNs() > 0) {
                start(forcing, "forces");
            }
        }
    }

    private void start(final Runnable task, final String what) {
        final Thread thread = new Thread(task, "route log " + config.directory() + " " + what);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    private void tellBacklog(final Recovery recovery) {
        final Segment last = recovery.last();
        if (last != null) {
            final ConfirmedWalk confirmed = recovery.confirmedWalk();
            final long oldestUs = confirmed.logTimeUsOr(0);
            backlog.appended(
                    last.position(recovery.end()),
                    last.eventsBefore() + recovery.nextSequence() - last.firstSequence(),
                    recovery.payloadBytes(),
                    Math.max(oldestUs, recovery.newestLogTimeUs()));
            backlog.oldest(oldestUs);
            backlog.confirmed(confirmed.position(), confirmed.events(), confirmed.payloadBytes());
        }
    }

    /**
     * Opens a log, or begins one. What a crash left unfinished at its end is cut off; {@link #openingNote} says so.
     *
     * @param config where, and how long.
     * @return the log.
     * @throws RouteLogException when another process writes it, a file can't be read or made, a segment's header is damaged,
     *     or an option can't be right.
     */
    public static RouteLog open(final RouteLogConfig config) {
        config.conclude();
        DirectoryLock lock = null;
        MarkFile marks = null;
        RouteLog log = null;
        try {
            Files.createDirectories(config.directory());
            lock = DirectoryLock.of(config.directory());
            marks = MarkFile.open(config.directory(), config.view());
            final Recovery recovery = new Recovery(config, marks);
            recovery.run();
            log = new RouteLog(config, lock, marks, recovery);
            return log;
        } catch (final IOException e) {
            throw new RouteLogException(
                    RouteLogException.Reason.IO,
                    "The route log " + config.directory() + " can't be opened: " + e + ".",
                    e);
        } finally {
            if (log == null) {
                abandon(lock, marks);
            }
        }
    }

    /**
     * Copies a log to a directory that has none. Its owner may be writing it: the copy has what had been appended and was not
     * confirmed when this was called, and perhaps some of what came later.
     *
     * @param from the directory of a log.
     * @param to   made where it is missing.
     * @throws RouteLogException when a file can't be read, written, or is damaged.
     */
    public static void copy(final Path from, final Path to) {
        try {
            RouteLogCopy.make(from, to);
        } catch (final IOException e) {
            throw new RouteLogException(
                    RouteLogException.Reason.IO,
                    "The route log " + from + " can't be copied to " + to + ": " + e + ".",
                    e);
        }
    }

    private static void abandon(final DirectoryLock lock, final MarkFile marks) {
        if (marks != null) {
            marks.close();
        }
        if (lock != null) {
            release(lock);
        }
    }

    private static void release(final DirectoryLock lock) {
        try {
            lock.close();
        } catch (final IOException expected) {
            // Closing a file of a few bytes for people: the process's end releases what this did not.
        }
    }

    /**
     * The one writer.
     *
     * @return always the same; for one thread.
     */
    public RouteLogWriter writer() {
        return writer;
    }

    /**
     * A reader of its own, at the oldest record that is not confirmed.
     *
     * @return for one thread at a time, which closes it before the log.
     */
    public RouteLogReader newReader() {
        final RouteLogReader reader = new RouteLogReader(this, chain);
        reader.toConfirmed();
        return reader;
    }

    /**
     * Prepares segments, deletes and forces, where the log has no thread of its own ({@link RouteLogConfig#invoked}). Waits
     * for the disk.
     *
     * @return how much was done, 0 when nothing.
     */
    public int doWork() {
        if (closed || !config.isInvoked()) {
            return 0;
        }
        final int done = preparer.doWork();
        if (config.forceIntervalNs() > 0 && nanoClock.getAsLong() - forceAtNs >= 0) {
            forceAtNs = nanoClock.getAsLong() + config.forceIntervalNs();
            forcing.force();
            return done + 1;
        }
        return done;
    }

    /**
     * Waits until all that was appended and confirmed before is on disk. Any thread but one that must not wait.
     *
     * @throws RouteLogException when the disk can't; it will say so until the log is opened again.
     */
    public void force() {
        forcing.force();
    }

    /**
     * How far the log was written: a number that grows with each record. Any thread.
     *
     * @return to be compared with {@link #forcedPosition}.
     */
    public long endPosition() {
        return backlog.endPosition();
    }

    /**
     * How far it was forced to disk. Any thread.
     *
     * @return not more than an {@link #endPosition} read later.
     */
    public long forcedPosition() {
        return forcing.forcedPosition();
    }

    long confirmedPosition() {
        return backlog.confirmedPosition();
    }

    /**
     * How many records are not confirmed. Any thread.
     *
     * @return the count; perhaps a moment old.
     */
    public long backlogEvents() {
        return backlog.events();
    }

    /**
     * How long their payloads are together. Any thread.
     *
     * @return in bytes.
     */
    public long backlogBytes() {
        return backlog.bytes();
    }

    /**
     * How far, in log time, the oldest of them lies behind the newest. Any thread.
     *
     * @return in microseconds; 0 when there is none.
     */
    public long backlogTimeUs() {
        return backlog.timeUs();
    }

    /**
     * What keeps it from taking records or from forcing them. Any thread.
     *
     * @return a sentence, such as that the disk is full, or null when all is well.
     */
    public String whyNotReady() {
        final String failure = forcing.failure();
        return failure != null ? failure : preparer.trouble();
    }

    /**
     * What was amiss when it was opened: what was cut off, which records are damaged.
     *
     * @return sentences, or null when nothing was.
     */
    public String openingNote() {
        return openingNote;
    }

    /** Ends it; with a force interval, forces it a last time. By the writer's thread, after all readers were closed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        writer.close();
        preparer.stop();
        forcing.stop();
        threads.forEach(RouteLog::join);
        preparer.close();
        try {
            if (config.forceIntervalNs() > 0) {
                forcing.force();
            }
        } finally {
            forcing.close();
            chain.close();
            marks.close();
            release(lock);
        }
    }

    private static void join(final Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            LockSupport.unpark(thread);
            try {
                thread.join(10);
            } catch (final InterruptedException expected) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static String hex(final long number) {
        final String digits = Long.toHexString(number);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
