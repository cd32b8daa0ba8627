package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Sends a thousand events a second, where they are taken, and notes when nothing comes back; on a thread of its own. All
 * others' methods may be called by one other thread.
 */
final class Watch implements AutoCloseable {
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    /** Shorter ones are the machine's. */
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(5);
    /** After so long, all that was sent is back. */
    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(120);
    private static final int POOL = 1 << 14;
    private static final int LIMIT = 64;
    private static final int BURST = 16;

    private final List<Silence> silences = new CopyOnWriteArrayList<>();
    private final FramePool frames = FramePool.ofJob(POOL);
    private final Thread thread;
    private volatile boolean isOver;
    private volatile boolean isReconnectAsked;
    private volatile RuntimeException failure;
    /** How many are to be sent as fast as they are taken. */
    private volatile long fillUpTo;

    private volatile long sent;
    private volatile long lastNs;
    private volatile long returned;

    private Watch(final Supplier<ClusterEnd> open) {
        thread = new Thread(() -> run(open), "watch");
    }

    /**
     * Begins.
     *
     * @param open makes what it sends to; called, used and closed by the watch's thread.
     */
    static Watch begin(final Supplier<ClusterEnd> open) {
        final Watch watch = new Watch(open);
        watch.thread.start();
        return watch;
    }

    private void run(final Supplier<ClusterEnd> open) {
        try (ClusterEnd end = open.get()) {
            final FarEnd.ReturnHandler onReturn = dueEpochNs -> onReturn();
            long dueNs = System.nanoTime();
            while (!isOver) {
                if (isReconnectAsked) {
                    end.reconnect();
                    isReconnectAsked = false;
                }
                end.work();
                end.poll(onReturn, LIMIT);
                if (!end.isConnected()) {
                    continue;
                }
                for (int i = 0; i < BURST && sent < fillUpTo && send(end, System.nanoTime()); i++) {
                    dueNs = System.nanoTime() + PACE_NS;
                }
                final long nowNs = System.nanoTime();
                if (nowNs - dueNs >= 0 && send(end, nowNs)) {
                    dueNs = nowNs + PACE_NS;
                }
            }
        } catch (final Exception e) {
            failure = new IllegalStateException("what was watched could not be: " + e, e);
        }
    }

    private boolean send(final FarEnd end, final long nowNs) {
        if (!end.send(frames, sent, nowNs)) {
            return false;
        }
        sent++; // by this thread alone
        return true;
    }

    private void onReturn() {
        final long nowNs = System.nanoTime();
        if (returned > 0 && nowNs - lastNs >= LEAST_NS) {
            silences.add(new Silence(lastNs, nowNs));
        }
        lastNs = nowNs;
        returned++; // by this thread alone
    }

    /** Waits for the first event to come back after now. */
    void awaitReturn() {
        final long before = returned;
        await(() -> returned > before, "nothing comes back");
    }

    /** Goes on in a new session, and returns when the old one is gone. */
    void reconnect() {
        isReconnectAsked = true;
        await(() -> !isReconnectAsked, "the old session is not closed");
    }

    /** Sends so many as fast as they are taken, and waits until nothing of them is on its way. */
    void fill(final long events) {
        fillUpTo = sent + events;
        long left = events;
        while (left > 0) { // as long as it goes on
            final long before = left;
            await(() -> fillUpTo - sent < before, "nothing more is taken");
            left = fillUpTo - sent;
        }
        Members.pause(Duration.ofNanos(QUIET_NS));
    }

    private void await(final BooleanSupplier condition, final String otherwise) {
        final long fromNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            requireNoFailure();
            if (System.nanoTime() - fromNs > PATIENCE_NS) {
                throw new IllegalStateException(
                        otherwise + " for " + TimeUnit.NANOSECONDS.toSeconds(PATIENCE_NS) + " s");
            }
            Members.pause(Duration.ofMillis(10));
        }
    }

    private void requireNoFailure() {
        if (failure != null) {
            throw failure;
        }
    }

    /** How many events were sent. */
    long sent() {
        return sent;
    }

    /** Those that ended so far, in their order. */
    List<Silence> silences() {
        requireNoFailure();
        return List.copyOf(silences);
    }

    @Override
    public void close() {
        isOver = true;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
