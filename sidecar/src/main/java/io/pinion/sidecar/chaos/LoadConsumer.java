package io.pinion.sidecar.chaos;

import io.pinion.cluster.ConsumerPositions;
import io.pinion.cluster.RouteConsumer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.collections.LongArrayList;

/**
 * A consumer of one target, on a thread of its own. It keeps its position together with its work, as a database would in one
 * transaction: when it dies, what it had read since then is forgotten with the position, and read again. All methods but the
 * thread's own may be called from any thread, what it found once it has ended.
 */
final class LoadConsumer implements AutoCloseable {
    static final int STREAM = 2001;

    private static final long PARK_NS = 100_000;
    private static final int BATCH = 64;

    private final Supplier<RouteConsumer.Builder> cluster;
    private final Thread thread;
    private final AtomicInteger deaths = new AtomicInteger();
    private final LongArrayList found = new LongArrayList();
    private final LongArrayList unsure = new LongArrayList();
    private long logId;
    private long next = 1;
    private int diedSoOften;

    private volatile boolean isAway;
    private volatile boolean isSilent;
    private volatile long delayNs;
    private volatile long count;
    private volatile boolean isAborted;
    private volatile RuntimeException failure;
    private volatile String whyWaiting;

    /**
     * Makes one; {@link #start} begins.
     *
     * @param name    of its thread.
     * @param cluster makes a consumer's client.
     */
    LoadConsumer(final String name, final Supplier<RouteConsumer.Builder> cluster) {
        this.cluster = cluster;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Dies between its work and its position, and starts again at once. */
    void die() {
        deaths.incrementAndGet();
    }

    /** Is gone for a while, its socket closed. */
    void leave(final boolean wanted) {
        isAway = wanted;
    }

    /** Stands still for a while, its socket open. */
    void silence(final boolean wanted) {
        isSilent = wanted;
    }

    /** Takes so long for each event. */
    void slowDown(final Duration each) {
        delayNs = each.toNanos();
    }

    /** How many it has found for good. */
    long count() {
        return count;
    }

    RuntimeException failure() {
        return failure;
    }

    String whyWaiting() {
        return whyWaiting;
    }

    /** Tells an account what it found; once it is closed. */
    void tell(final DeliveryAccount account, final String route) {
        account.witness(route, "the consumer");
        for (int i = 0; i < found.size(); i++) {
            account.delivered(route, "the consumer", found.getLong(i));
        }
    }

    private void run() {
        RouteConsumer consumer = null;
        try {
            while (!isAborted) {
                if (isAway || deaths.get() > diedSoOften) {
                    diedSoOften = deaths.get();
                    unsure.clear();
                    CloseHelper.quietClose(consumer);
                    consumer = null;
                }
                if (isAway || isSilent) {
                    LockSupport.parkNanos(PARK_NS);
                    continue;
                }
                if (consumer == null) {
                    consumer = cluster.get().positions(new Kept()).open();
                }
                final int work = consumer.poll(this::onOutput, BATCH);
                whyWaiting = consumer.whyWaiting();
                if (work == 0) {
                    LockSupport.parkNanos(PARK_NS);
                }
            }
        } catch (final RuntimeException failed) {
            failure = failed;
        } finally {
            CloseHelper.quietClose(consumer);
        }
    }

    private void onOutput(
            final long outputLogId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        unsure.addLong(EventIds.in(buffer, offset, lengthBytes));
        if (delayNs > 0) {
            LockSupport.parkNanos(delayNs);
        }
    }

    /** Work and position, kept in one. */
    private final class Kept implements ConsumerPositions {
        @Override
        public long logId() {
            return logId;
        }

        @Override
        public long next() {
            return next;
        }

        @Override
        public void store(final long newLogId, final long newNext) {
            logId = newLogId;
            next = newNext;
            unsure.forEachLong(found::addLong);
            unsure.clear();
            count = found.size();
        }

        @Override
        public void close() {
            // what was found stays
        }
    }

    @Override
    public void close() {
        isAborted = true;
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
