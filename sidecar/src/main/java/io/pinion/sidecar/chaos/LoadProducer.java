package io.pinion.sidecar.chaos;

import io.pinion.cluster.ClusterProducer;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Frame;
import io.pinion.engine.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.collections.LongArrayList;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A producer under load, on a thread of its own: makes events at a rate, sends them, and notes each. It can be made to die
 * and to start again, and then goes on where the cluster says. All methods but the thread's own may be called from any
 * thread, what was noted once it has ended.
 */
final class LoadProducer implements AutoCloseable {
    private static final long PARK_NS = 100_000;
    private static final int MAX_FRAME_BYTES = 4_096;

    /** More than can be unacknowledged. */
    private static final int KEPT = 1 << 13;

    private static final int WINDOW = 1_024;

    /** Offered by an instance that a younger one has come after. */
    private static final int STRANGE = 10;

    private static final String FENCED = "replaced by a younger instance";

    private final Supplier<ClusterProducer.Builder> cluster;
    private final Workload workload;
    private final Workload strange;
    private final int rate;
    private final Thread thread;
    private final EpochNanoClock clock = new WallClock();
    private final Frame frame = new Frame(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[0]);
    private final AtomicInteger deaths = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();

    private final byte[][] kept = new byte[KEPT][];
    private final LongArrayList ids = new LongArrayList();
    private final List<List<String>> targets = new ArrayList<>();
    private final Map<List<String>, List<String>> sameTargets = new HashMap<>();
    private ClusterProducer producer;
    private ClusterProducer older;
    private int diedSoOften;
    private int overlappedSoOften;
    private long offered;
    private long lastAcceptedNs;
    private long beganNs;
    private long madeBefore;

    private volatile long made;
    private volatile long accepted;
    private volatile long resent;
    private volatile int fenced;
    private volatile long longestGapNs;
    private volatile boolean isPaused;
    private volatile boolean isHurried;
    private volatile boolean isSilent;
    private volatile boolean isEnding;
    private volatile boolean isAborted;
    private volatile RuntimeException failure;
    private volatile String whyWaiting = "it has not begun";

    /**
     * Makes one; {@link #start} begins.
     *
     * @param name     of its thread.
     * @param cluster  makes a producer's client, with the same id each time.
     * @param workload what it sends.
     * @param strange  what an instance sends that is fenced already.
     * @param rate     events a second.
     */
    LoadProducer(
            final String name,
            final Supplier<ClusterProducer.Builder> cluster,
            final Workload workload,
            final Workload strange,
            final int rate) {
        this.cluster = cluster;
        this.workload = workload;
        this.strange = strange;
        this.rate = rate;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Dies without a word, and starts again. */
    void die() {
        deaths.incrementAndGet();
    }

    /** Starts a second time while it goes on: the older instance is to be fenced, and nothing of it taken from then on. */
    void overlap() {
        overlaps.incrementAndGet();
    }

    /** How often an older instance was fenced. */
    int fenced() {
        return fenced;
    }

    /** Makes no new events for a while. */
    void pause(final boolean wanted) {
        isPaused = wanted;
    }

    /** Makes events as fast as they are taken, whatever its rate. */
    void hurry(final boolean wanted) {
        isHurried = wanted;
    }

    /** Does nothing at all for a while, as a process that stands still. */
    void silence(final boolean wanted) {
        isSilent = wanted;
    }

    long made() {
        return made;
    }

    long accepted() {
        return accepted;
    }

    long resent() {
        return resent;
    }

    /** The longest time between two acknowledgements since the last call of {@link #forgetGap}. */
    long longestGapNs() {
        return longestGapNs;
    }

    void forgetGap() {
        longestGapNs = 0;
    }

    RuntimeException failure() {
        return failure;
    }

    String whyWaiting() {
        return whyWaiting;
    }

    /** Makes no new events; its thread ends when all are acknowledged. */
    void end() {
        isEnding = true;
    }

    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Tells an account what was acknowledged, and what may have been taken; once it has ended. */
    void tell(final DeliveryAccount account) {
        for (int i = 0; i < ids.size(); i++) {
            for (final String target : targets.get(i)) {
                if (i < accepted) {
                    account.due(target, ids.getLong(i));
                } else {
                    account.possible(target, ids.getLong(i));
                }
            }
        }
    }

    private void run() {
        try {
            producer = cluster.get().window(WINDOW, 1 << 23).open();
            awaitOpen();
            beganNs = clock.nanoTime();
            while (!isAborted && !(isEnding && accepted == made)) {
                if (isSilent) {
                    LockSupport.parkNanos(PARK_NS);
                } else if (turn() == 0) {
                    LockSupport.parkNanos(PARK_NS);
                }
            }
        } catch (final RuntimeException failed) {
            failure = failed;
        } finally {
            CloseHelper.quietCloseAll(older, producer);
        }
    }

    private int turn() {
        if (deaths.get() > diedSoOften) {
            diedSoOften++;
            producer.close();
            producer = cluster.get().window(WINDOW, 1 << 23).open();
            awaitOpen();
            offered = producer.accepted();
        }
        if (overlaps.get() > overlappedSoOften && older == null) {
            overlappedSoOften++;
            older = producer;
            producer = cluster.get().window(WINDOW, 1 << 23).open();
            awaitOpen();
            offered = producer.accepted();
            for (int i = 0; i < STRANGE && older != null; i++) {
                strange.next(clock.nanoTime() / 1_000, frame);
                bytes.wrap(frame.array(), 0, frame.lengthBytes());
                older.offer(bytes, 0, frame.lengthBytes(), 0);
            }
        }
        pollOlder();
        int work = producer.poll();
        work += makeNext();
        while (offered < made && offer(offered + 1)) {
            offered++;
            work++;
        }
        noteAccepted();
        return work;
    }

    private void awaitOpen() {
        while (!producer.isOpen() && !isAborted) {
            whyWaiting = producer.whyWaiting();
            pollOlder();
            if (producer.poll() == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    /** Until it hears that it is fenced, which ends it with a sentence. */
    private void pollOlder() {
        if (older == null) {
            return;
        }
        try {
            older.poll();
        } catch (final EdgeException ended) {
            if (!ended.getMessage().contains(FENCED)) {
                throw ended;
            }
            older.close();
            older = null;
            fenced++;
        }
    }

    /** The next event by the schedule, unless too much is unsent. */
    private int makeNext() {
        final long nowNs = clock.nanoTime();
        if (isPaused || isEnding || isHurried) {
            beganNs = nowNs;
            madeBefore = made;
        }
        if (isPaused || isEnding) {
            return 0;
        }
        final long dueNs = beganNs + (made - madeBefore) * 1_000_000_000L / rate;
        if (dueNs > nowNs || made - offered > 0) {
            return 0;
        }
        workload.next(nowNs / 1_000, frame);
        kept[(int) (made % KEPT)] = Arrays.copyOf(frame.array(), frame.lengthBytes());
        ids.addLong(workload.id());
        targets.add(sameTargets.computeIfAbsent(workload.targets(), any -> any));
        made++;
        return 1;
    }

    private boolean offer(final long sequence) {
        final byte[] event = kept[(int) ((sequence - 1) % KEPT)];
        bytes.wrap(event);
        final boolean isTaken = producer.offer(bytes, 0, event.length, clock.nanoTime());
        whyWaiting = isTaken ? null : producer.whyWaiting();
        return isTaken;
    }

    private void noteAccepted() {
        final long nowNs = System.nanoTime();
        final long now = producer.accepted();
        if (now > accepted || accepted == made) {
            longestGapNs = Math.max(longestGapNs, lastAcceptedNs == 0 ? 0 : nowNs - lastAcceptedNs);
            lastAcceptedNs = nowNs;
            accepted = Math.max(now, accepted);
        }
        resent = producer.resent();
    }

    /** Ends it, whatever is unacknowledged. */
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
