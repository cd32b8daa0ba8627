package io.pinion.jmh.rig;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * How long additions take that don't need each other: which tells whether somebody else uses the other half of a core. A virtual
 * core is often one of two threads of a core, and the other one a stranger's. While that computes, what computes here takes 1.4
 * to 1.6 times as long, and what waits for memory as long as before: ratios of the two change by that.
 */
public final class Additions implements Runnable {
    private static final int MOST_CORES = 4;
    /** So long that it is compiled before the end. */
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(15);

    private static final int STEPS = 50_000;

    private double leastNs;
    /** Keeps what was added from being found useless. */
    private long added;

    private Additions() {}

    /**
     * Looks at the cores, up to four, by a thread for each at once, which the system puts on one each while nothing else is at work;
     * whether they are halves of one core themselves makes no difference from look to look.
     *
     * @return nanoseconds for eight additions, on the core where they take longest.
     */
    public static double mostNs() {
        final List<Additions> each = IntStream.range(
                        0, Math.min(MOST_CORES, Runtime.getRuntime().availableProcessors()))
                .mapToObj(core -> new Additions())
                .toList();
        final List<Thread> threads = each.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (final Thread thread : threads) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return each.stream().mapToDouble(one -> one.leastNs).max().orElse(0);
    }

    /** The least, since gaps are another matter. */
    @Override
    public void run() {
        long least = Long.MAX_VALUE;
        final long endNs = System.nanoTime() + LOOK_NS;
        for (long fromNs = System.nanoTime(); fromNs < endNs; ) {
            added += additions();
            final long toNs = System.nanoTime();
            least = Math.min(least, toNs - fromNs);
            fromNs = toNs;
        }
        leastNs = least / (double) STEPS;
    }

    private static long additions() {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        long e = 5;
        long f = 6;
        long g = 7;
        long h = 8;
        for (int i = 0; i < STEPS; i++) {
            a += i;
            b ^= i;
            c += 7;
            d ^= i;
            e += i;
            f ^= 3;
            g += i;
            h ^= i;
        }
        return a + b + c + d + e + f + g + h;
    }
}
