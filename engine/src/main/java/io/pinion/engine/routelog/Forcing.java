package io.pinion.engine.routelog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forces what was appended and confirmed to the disk, and notes up to where. Any thread may call it; its lock keeps the
 * segments it looks into from being unmapped meanwhile. Never called by an append. As a task, forces at an interval: on a
 * thread of its own, for a slow disk must not keep the preparer from its work.
 */
final class Forcing implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Path directory;
    private final SegmentChain chain;
    private final Backlog backlog;
    private final MarkFile marks;
    private final long bootId;

    private final long intervalNs;

    private volatile long forcedPosition;
    private volatile String failure;
    private volatile boolean stopped;
    private long listedNumber = -1;

    Forcing(
            final Path directory,
            final SegmentChain chain,
            final Backlog backlog,
            final MarkFile marks,
            final long bootId,
            final long intervalNs) {
        this.directory = directory;
        this.chain = chain;
        this.backlog = backlog;
        this.marks = marks;
        this.bootId = bootId;
        this.intervalNs = intervalNs;
        forcedPosition = marks.forced().position();
    }

    /**
     * Waits for the disk. What had been appended before the call survives power loss after it. After a failure it fails
     * for good: the kernel forgets which pages it could not write, so a later success would mean nothing.
     */
    void force() {
        lock.lock();
        try {
            if (failure != null) {
                throw new RouteLogException(RouteLogException.Reason.IO, failure);
            }
            final long end = backlog.endPosition();
            forceSegments(end);
            if (end >>> 32 != listedNumber) {
                forceDirectory();
                listedNumber = end >>> 32;
            }
            marks.forced().set(end, bootId);
            marks.force();
            forcedPosition = end;
        } catch (final IOException | UncheckedIOException e) {
            failure = "The route log " + directory + " could not be forced to disk, and must be opened again: "
                    + e.getMessage();
            throw new RouteLogException(RouteLogException.Reason.IO, failure, e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        while (!stopped && failure == null) {
            LockSupport.parkNanos(this, intervalNs);
            if (!stopped) {
                try {
                    force();
                } catch (final RouteLogException expected) {
                    return; // The failure is kept, and told by whyNotReady.
                }
            }
        }
    }

    void stop() {
        stopped = true;
    }

    /** After this, force refuses: what it would look into is unmapped. */
    void close() {
        lock.lock();
        failure = "The route log " + directory + " is closed; open it again to force it.";
        lock.unlock();
    }

    /** Held while segments are freed. */
    ReentrantLock lock() {
        return lock;
    }

    /** A sentence, or null. Any thread. */
    String failure() {
        return failure;
    }

    private void forceSegments(final long end) {
        for (Segment segment = chain.head(); segment != null; segment = segment.next()) {
            if (segment.number() >= forcedPosition >>> 32 && segment.number() <= end >>> 32) {
                final int from = segment.number() == forcedPosition >>> 32 ? (int) forcedPosition : 0;
                // Past the end lies an end mark, where there is one.
                final int to = segment.number() == end >>> 32 ? (int) end : segment.capacity();
                segment.force(from, to);
            }
        }
    }

    private void forceDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Any thread. */
    long forcedPosition() {
        return forcedPosition;
    }
}
