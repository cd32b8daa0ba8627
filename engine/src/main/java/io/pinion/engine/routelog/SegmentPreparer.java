package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Does for the writer what may wait for the disk: makes the next segment, takes page faults ahead of it, deletes what was
 * confirmed. Runs on a thread of its own, or on one that its owner lends.
 */
final class SegmentPreparer implements Runnable {
    /** How far ahead of the writer pages are made writable. */
    static final int READY_AHEAD_BYTES = 4 << 20;

    private static final long RETRY_NS = 200_000_000;
    private static final long NAP_NS = 10_000_000;

    private final RouteLogConfig config;
    private final SegmentChain chain;
    private final Backlog backlog;
    private final ReentrantLock freeing;
    private final LongSupplier nanoClock;
    private final Zeros zeros = new Zeros();
    private final AtomicReference<Segment> spare = new AtomicReference<>();

    private long nextNumber;
    private long retryAtNs;
    private boolean failed;

    private volatile String trouble;
    private volatile int wantedTo;
    private volatile boolean asked;
    private volatile boolean stopped;
    private volatile Thread thread;

    SegmentPreparer(
            final RouteLogConfig config,
            final SegmentChain chain,
            final Backlog backlog,
            final ReentrantLock freeing,
            final LongSupplier nanoClock) {
        this.config = config;
        this.chain = chain;
        this.backlog = backlog;
        this.freeing = freeing;
        this.nanoClock = nanoClock;
        nextNumber = chain.last() == null ? 1 : chain.last().number() + 1;
    }

    /** Writer: the next segment, all zeros, or null when none is ready. */
    Segment take() {
        final Segment ready = spare.getAndSet(null);
        wantedTo = 0;
        call();
        return ready;
    }

    /** Writer: it can't go on before it may write up to here in the last segment. */
    void want(final int to) {
        wantedTo = to;
        call();
    }

    /** Writer: there is something to do soon. */
    void call() {
        final Thread sleeper = thread;
        if (!asked && sleeper != null) {
            asked = true;
            LockSupport.unpark(sleeper);
        }
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (!stopped) {
            asked = false;
            if (doWork() == 0 && !asked && !stopped) {
                LockSupport.parkNanos(this, NAP_NS);
            }
        }
    }

    /** One round; returns how much was done. */
    int doWork() {
        int done = 0;
        try {
            done += touchAhead();
            done += prepare();
            done += free();
            if (!failed) {
                trouble = null;
            }
        } catch (final IOException | RuntimeException | InternalError e) {
            // InternalError is what the JVM makes of a page that the disk could not read.
            trouble = "The route log " + config.directory() + ": " + reason(e);
        }
        return done;
    }

    private int touchAhead() {
        final Segment segment = chain.last();
        if (segment == null) {
            return 0;
        }
        final long end = backlog.endPosition();
        final int offset = end >>> 32 == segment.number() ? (int) end : 0;
        final int wanted = wantedTo;
        final int to = (int) Math.min(segment.capacity(), Math.max(wanted, (long) offset + READY_AHEAD_BYTES));
        final int more = to - segment.readyTo();
        final boolean worthIt = more >= READY_AHEAD_BYTES / 4 || to == segment.capacity() || wanted > segment.readyTo();
        if (more <= 0 || !worthIt) {
            return 0;
        }
        segment.touch(Math.max(segment.readyTo(), offset), to);
        return 1;
    }

    private int free() throws IOException {
        if (!freeing.tryLock()) {
            return 0;
        }
        try {
            return chain.free(backlog.confirmedPosition() >>> 32);
        } finally {
            freeing.unlock();
        }
    }

    private int prepare() {
        if (spare.get() != null || failed && nanoClock.getAsLong() - retryAtNs < 0) {
            return 0;
        }
        final Path file = Recovery.fileOf(config.directory(), nextNumber);
        try {
            spare.set(newSegment(file));
            nextNumber++;
            failed = false;
            return 1;
        } catch (final IOException e) {
            failed = true;
            retryAtNs = nanoClock.getAsLong() + RETRY_NS;
            trouble = "The route log " + config.directory() + " can't make its next segment of " + config.segmentBytes()
                    + " bytes, and takes no record until it can: " + reason(e);
            discard(file);
            return 0;
        }
    }

    private Segment newSegment(final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            zeros.extend(channel, config.segmentBytes());
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, config.segmentBytes());
            final Segment segment = new Segment(nextNumber, file, mapped, config.view());
            segment.touch(0, Math.min(READY_AHEAD_BYTES, segment.capacity()));
            return segment;
        }
    }

    private static void discard(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException expected) {
            // The next attempt truncates it; the reason why segments can't be made is told already.
        }
    }

    private static String reason(final Throwable e) {
        return e.getMessage() == null ? e.getClass().getName() : e.getMessage();
    }

    /** Why there is no segment, or what else went wrong; null when all is well. Any thread. */
    String trouble() {
        return trouble;
    }

    void stop() {
        stopped = true;
    }

    /** Removes what was prepared and not used; after its thread has ended. */
    void close() {
        final Segment unused = spare.getAndSet(null);
        if (unused != null) {
            discard(unused.file());
            unused.unmap();
        }
    }
}
