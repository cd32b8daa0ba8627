package io.pinion.engine;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import com.lmax.disruptor.YieldingWaitStrategy;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The figures of ADR 1, not a test: {@code EventPoller} against {@code BatchEventProcessor}, a producer and a chain of
 * consumers, in turn in one run. Run its {@code main} from the test class path.
 */
final class PollerMeasurement {
    private static final int BATCH = 64;
    private static final int RUNS = 5;
    private static final long MAX_NS = 1_000_000_000L;

    private static volatile boolean isStopped;

    private PollerMeasurement() {}

    private static final class Entry {
        long value;
        long dueNs;
    }

    /** The same work for both: sums, and records latency where there is a histogram. */
    private static final class Sum implements EventHandler<Entry> {
        private final Histogram latency;
        private long sum;

        Sum(final Histogram latency) {
            this.latency = latency;
        }

        @Override
        public void onEvent(final Entry entry, final long sequence, final boolean endOfBatch) {
            sum += entry.value;
            if (latency != null) {
                latency.recordValue(Math.min(MAX_NS, System.nanoTime() - entry.dueNs));
            }
        }
    }

    private static final class Polling implements EventPoller.Handler<Entry> {
        private final Sum sum;
        private final EventPoller<Entry> poller;
        private int done;

        Polling(final Sum sum, final EventPoller<Entry> poller) {
            this.sum = sum;
            this.poller = poller;
        }

        int poll() {
            done = 0;
            try {
                poller.poll(this);
            } catch (final Exception e) {
                throw new IllegalStateException(e);
            }
            return done;
        }

        void runUntilStopped() {
            int idle = 0;
            while (!isStopped) {
                idle = poll() == 0 ? idle + 1 : 0;
                if (idle > 100) {
                    Thread.yield();
                }
            }
        }

        @Override
        public boolean onEvent(final Entry entry, final long sequence, final boolean endOfBatch) {
            sum.onEvent(entry, sequence, endOfBatch);
            return ++done < BATCH;
        }
    }

    private static RingBuffer<Entry> newRing() {
        return RingBuffer.createSingleProducer(Entry::new, 1_024, new YieldingWaitStrategy());
    }

    private static double onThreads(
            final boolean polling, final int chain, final long events, final long intervalNs, final Histogram latency)
            throws InterruptedException {
        final RingBuffer<Entry> ring = newRing();
        final List<Thread> threads = new ArrayList<>();
        final List<BatchEventProcessor<Entry>> processors = new ArrayList<>();
        Sequence last = null;
        isStopped = false;
        for (int i = 0; i < chain; i++) {
            final Sum sum = new Sum(i == chain - 1 ? latency : null);
            if (polling) {
                final EventPoller<Entry> poller = last == null ? ring.newPoller() : ring.newPoller(last);
                last = poller.getSequence();
                threads.add(new Thread(new Polling(sum, poller)::runUntilStopped));
            } else {
                final BatchEventProcessor<Entry> processor = new BatchEventProcessorBuilder()
                        .build(ring, last == null ? ring.newBarrier() : ring.newBarrier(last), sum);
                last = processor.getSequence();
                processors.add(processor);
                threads.add(new Thread(processor));
            }
        }
        ring.addGatingSequences(last);
        threads.forEach(Thread::start);
        Thread.sleep(50);
        final double rate = produce(ring, last, events, intervalNs);
        isStopped = true;
        processors.forEach(BatchEventProcessor::halt);
        for (final Thread thread : threads) {
            thread.join();
        }
        return rate;
    }

    private static double produce(
            final RingBuffer<Entry> ring, final Sequence last, final long events, final long intervalNs) {
        final long startNs = System.nanoTime();
        for (long i = 0; i < events; i++) {
            final long dueNs = startNs + i * intervalNs;
            while (intervalNs > 0 && System.nanoTime() < dueNs) {
                Thread.onSpinWait();
            }
            publish(ring, i, dueNs);
        }
        while (last.get() < events - 1) {
            Thread.onSpinWait();
        }
        return events * 1e3 / (System.nanoTime() - startNs);
    }

    /** Producer and consumers on one thread, which only the poller allows: it returns when there is nothing. */
    private static double fused(final int chain, final long events) {
        final RingBuffer<Entry> ring = newRing();
        final List<Polling> consumers = new ArrayList<>();
        Sequence last = null;
        for (int i = 0; i < chain; i++) {
            final EventPoller<Entry> poller = last == null ? ring.newPoller() : ring.newPoller(last);
            last = poller.getSequence();
            consumers.add(new Polling(new Sum(null), poller));
        }
        ring.addGatingSequences(last);
        final long startNs = System.nanoTime();
        long next = 0;
        while (last.get() < events - 1) {
            for (int i = 0; i < BATCH && next < events && ring.hasAvailableCapacity(1); i++) {
                publish(ring, next++, 0);
            }
            consumers.forEach(Polling::poll);
        }
        return events * 1e3 / (System.nanoTime() - startNs);
    }

    private static void publish(final RingBuffer<Entry> ring, final long value, final long dueNs) {
        final long sequence = ring.next();
        final Entry entry = ring.get(sequence);
        entry.value = value;
        entry.dueNs = dueNs;
        ring.publish(sequence);
    }

    /**
     * Prints the figures.
     *
     * @param args none.
     * @throws InterruptedException when it is interrupted.
     */
    public static void main(final String[] args) throws InterruptedException {
        for (int chain = 1; chain <= 3; chain += 2) {
            for (int run = -1; run < RUNS; run++) {
                final double poller = onThreads(true, chain, 10_000_000, 0, null);
                final double batch = onThreads(false, chain, 10_000_000, 0, null);
                if (run >= 0) {
                    System.out.printf(
                            "%d consumers, M/s: poller %.1f, batch processor %.1f, poller on one thread %.1f%n",
                            chain, poller, batch, fused(chain, 10_000_000));
                }
            }
        }
        for (int run = 0; run < RUNS; run++) {
            final Histogram poller = new Histogram(MAX_NS, 3);
            final Histogram batch = new Histogram(MAX_NS, 3);
            onThreads(true, 1, 200_000, 10_000, poller);
            onThreads(false, 1, 200_000, 10_000, batch);
            System.out.printf(
                    "100k/s, ns p50/p90/p99: poller %d/%d/%d, batch processor %d/%d/%d%n",
                    poller.getValueAtPercentile(50),
                    poller.getValueAtPercentile(90),
                    poller.getValueAtPercentile(99),
                    batch.getValueAtPercentile(50),
                    batch.getValueAtPercentile(90),
                    batch.getValueAtPercentile(99));
        }
    }
}
