package io.pinion.jmh.rig;

import io.pinion.jmh.results.Results;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.affinity.Affinity;
import org.HdrHistogram.Histogram;

/**
 * What the machine itself takes away: the gaps that threads see which do nothing but read the clock, each pinned to one of
 * the cores that are measured on. As a latency: how long an event that arrives at any moment would have waited for both to
 * be there.
 */
public final class NoiseFloor {
    private static final long GAP_NS = 1_000;
    private static final int MOMENTS = 200_000;

    private NoiseFloor() {}

    /**
     * Spins for a time, and adds {@code noise.*} to the results.
     *
     * @param place   the cores.
     * @param results to add to.
     * @param seconds how long.
     */
    public static void measure(final Workplace place, final Results results, final double seconds) {
        final long durationNs = (long) (seconds * 1e9);
        final Gaps other = new Gaps(place.otherCore(), durationNs);
        final Gaps rig = new Gaps(place.rigCore(), durationNs);
        final List<Thread> threads = List.of(new Thread(other), new Thread(rig));
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        results.add("noise.gapsOver10us", (other.countOver(10_000) + rig.countOver(10_000)) / 2.0 / seconds);
        results.add("noise.gapsOver1ms", (other.countOver(1_000_000) + rig.countOver(1_000_000)) / 2.0 / seconds);
        results.add("noise.max", Math.max(other.longest(), rig.longest()));
        results.addLatency("noise", waits(durationNs, other, rig));
    }

    /** How long one would wait at moments evenly over the time. */
    static Histogram waits(final long durationNs, final Gaps... threads) {
        final Histogram waits = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
        final int[] at = new int[threads.length];
        for (int i = 0; i < MOMENTS; i++) {
            final long momentNs = durationNs / MOMENTS * i;
            long waitNs = 0;
            for (int j = 0; j < threads.length; j++) {
                final List<long[]> gaps = threads[j].gaps;
                while (at[j] < gaps.size() && gaps.get(at[j])[1] <= momentNs) {
                    at[j]++;
                }
                if (at[j] < gaps.size() && gaps.get(at[j])[0] <= momentNs) {
                    waitNs += gaps.get(at[j])[1] - momentNs;
                }
            }
            waits.recordValue(Math.min(waitNs, TimeUnit.SECONDS.toNanos(60)));
        }
        return waits;
    }

    /** The gaps that one thread sees: from and to, in nanoseconds since it began. */
    static final class Gaps implements Runnable {
        final List<long[]> gaps = new ArrayList<>(1 << 16);
        private final int core;
        private final long durationNs;

        Gaps(final int core, final long durationNs) {
            this.core = core;
            this.durationNs = durationNs;
        }

        @Override
        public void run() {
            if (core >= 0) {
                Affinity.setAffinity(core);
            }
            final long startNs = System.nanoTime();
            long lastNs = startNs;
            while (lastNs - startNs < durationNs) {
                final long nowNs = System.nanoTime();
                if (nowNs - lastNs > GAP_NS) {
                    gaps.add(new long[] {lastNs - startNs, nowNs - startNs});
                }
                lastNs = nowNs;
            }
        }

        long countOver(final long ns) {
            return gaps.stream().filter(gap -> gap[1] - gap[0] > ns).count();
        }

        long longest() {
            return gaps.stream().mapToLong(gap -> gap[1] - gap[0]).max().orElse(0);
        }
    }
}
