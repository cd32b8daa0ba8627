package io.pinion.jmh.peers;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Makes one engine do the job: fills its window, warms it up, measures, and compares the outputs after every burst. */
final class PeerRun {
    /** Compared first, and all that a check does. There are no repeats among the first half million. */
    static final long CHECK_EVENTS = 800_000;

    private static final long FILL_EVENTS = 1_500_000;
    /** Given to all. */
    static final long[] RATES = {10_000, 100_000};
    /** Of the throughput, until one is held. */
    private static final double[] SHARES = {0.9, 0.75, 0.6, 0.45, 0.3, 0.15, 0.05};

    /** How long each is tried, of a measurement. */
    private static final double SEARCH_SHARE = 0.4;

    private static final double WARM_UP_SHARE = 0.25;
    /**
     * Before any rate, slow and even: what comes one by one takes other branches than what comes as fast as it is taken, and the
     * JVM compiles again what it had compiled for the latter, after some ten thousand events.
     */
    private static final long SLOW_WARM_UP_RATE = 20_000;

    private static final long SLOW_WARM_UP_EVENTS = 80_000;
    /** Seldom: whoever looks takes time from the engine. */
    private static final long POLL_NS = 1_000_000;

    private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EventFeed feed = new EventFeed();
    private final Outputs outputs = new Outputs();
    private final Expectation expectation = new Expectation();
    private final Peer peer;
    private final Plan plan;
    private long given;

    PeerRun(final Peer peer, final Plan plan) {
        this.peer = peer;
        this.plan = plan;
    }

    /** Runs all of it. A peer whose outputs differ, or which breaks, is a result as well. */
    ForkResult run() throws Exception {
        peer.start(feed, outputs);
        try {
            burst(CHECK_EVENTS);
            return plan.seconds() == 0 ? new ForkResult(peer.version(), null, 0, 1, 0, List.of()) : measure();
        } catch (final WrongOutputException e) {
            return ForkResult.failed(peer.version(), e.getMessage());
        } finally {
            feed.end();
            peer.stop();
        }
    }

    private ForkResult measure() throws InterruptedException {
        long tookNs = burst(FILL_EVENTS);
        double perSecond = FILL_EVENTS * SECOND_NS / tookNs;
        final long warmUp = (long) Math.max(FILL_EVENTS, perSecond * plan.warmUpSeconds());
        tookNs = burst(warmUp);
        perSecond = warmUp * SECOND_NS / tookNs;

        final long events = (long) (perSecond * plan.seconds());
        expectation.advanceTo(given + events);
        final long cpuNs = system.getProcessCpuTime();
        final long allocated = allocatedBytes();
        tookNs = burst(events);
        final double cores = (system.getProcessCpuTime() - cpuNs) / (double) tookNs;
        final double bytesPerEvent = (allocatedBytes() - allocated) / (double) events;
        perSecond = events * SECOND_NS / tookNs;
        return new ForkResult(peer.version(), null, perSecond, cores, bytesPerEvent, rates(perSecond));
    }

    private List<RateResult> rates(final double throughput) throws InterruptedException {
        burst(SLOW_WARM_UP_EVENTS, SLOW_WARM_UP_RATE);
        final List<RateResult> results = new ArrayList<>();
        for (final long rate : RATES) {
            results.add(paced(rate, plan.seconds(), false));
        }
        for (final double share : SHARES) {
            final RateResult result = paced((long) (throughput * share), plan.seconds() * SEARCH_SHARE, true);
            results.add(result);
            if (result.held()) {
                break;
            }
        }
        return results;
    }

    private RateResult paced(final long rate, final double seconds, final boolean isSearched)
            throws InterruptedException {
        burst((long) (rate * seconds * WARM_UP_SHARE), rate);
        outputs.resetLatency();
        final long events = (long) (rate * seconds);
        final long tookNs = burst(events, rate);
        final long lagNs = tookNs - (long) ((events - 1) * SECOND_NS / rate);
        return RateResult.of(rate, isSearched, lagNs, outputs.latency());
    }

    private long burst(final long events) throws InterruptedException {
        return burst(events, Burst.UNPACED);
    }

    /** Gives so many, waits for the last output, compares. Returns from the first to the last. */
    private long burst(final long events, final long rate) throws InterruptedException {
        final long expected = expectation.advanceTo(given + events);
        final long startNs = EventFeed.nowNs();
        feed.give(new Burst(given, given + events, rate, startNs));
        given += events;
        long count = outputs.count();
        long progressNs = startNs;
        long nowNs = startNs;
        while (count < expected) {
            LockSupport.parkNanos(POLL_NS);
            nowNs = EventFeed.nowNs();
            final long newCount = outputs.count();
            if (newCount != count) {
                count = newCount;
                progressNs = nowNs;
            } else if (nowNs - progressNs > PATIENCE_NS || peer.failure() != null) {
                break;
            }
        }
        if (peer.failure() != null) {
            throw new WrongOutputException("it failed: " + peer.failure());
        }
        final String difference = expectation.differenceFrom(outputs);
        if (difference != null) {
            throw new WrongOutputException(difference);
        }
        return nowNs - startNs;
    }

    private long allocatedBytes() {
        long bytes = 0;
        for (final long threadBytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            bytes += Math.max(0, threadBytes);
        }
        return bytes;
    }
}
