package io.pinion.sidecar;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronIngressAdapter;
import io.pinion.aeron.AeronOptions;
import io.pinion.engine.IngressAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.IdleStrategy;

/** Consumers of what a {@link PacedAdapter} gave, with a driver and a thread of their own: order, count, and time since due. */
final class LatencyConsumer implements AutoCloseable {
    private final List<Reader> readers = new ArrayList<>();
    private final EpochNanoClock clock;
    private final Thread thread;
    private volatile boolean isRunning = true;
    private volatile boolean isOpen;
    private volatile Throwable failure;

    LatencyConsumer(final EpochNanoClock clock, final List<String> channels, final int stream) {
        this.clock = clock;
        channels.forEach(channel -> readers.add(new Reader(channel, stream)));
        thread = new Thread(this::run, "consumer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        final List<AutoCloseable> opened = new ArrayList<>();
        try {
            final AeronDriver driver = AeronDriver.invoked(AeronOptions.defaults());
            opened.add(driver);
            for (final Reader reader : readers) {
                reader.adapter = new AeronIngressAdapter(driver.client(), reader.channel, reader.stream);
                opened.add(0, reader.adapter);
            }
            isOpen = true;
            final Agent agent = driver.agent().orElseThrow();
            final IdleStrategy idle = new BackoffIdleStrategy(100, 10, 1_000, 100_000);
            while (isRunning) {
                int work = agent.doWork();
                for (final Reader reader : readers) {
                    work += reader.adapter.poll(reader, 64);
                }
                idle.idle(work);
            }
        } catch (final Exception | AssertionError e) {
            failure = e;
        } finally {
            CloseHelper.quietCloseAll(opened);
        }
    }

    boolean isOpen() {
        throwIfFailed();
        return isOpen;
    }

    private void throwIfFailed() {
        if (failure != null) {
            throw new AssertionError("the consumer ended", failure);
        }
    }

    /** How many came at one of the channels, all of them in order. */
    long received(final int channel) {
        throwIfFailed();
        return readers.get(channel).received;
    }

    /** Latency since the last call, at one of the channels. */
    Histogram take(final int channel) {
        return readers.get(channel).take();
    }

    static String text(final Histogram latency) {
        return String.format(
                Locale.ROOT,
                "p50 %,d  p90 %,d  p99 %,d  p99.9 %,d  max %,d µs (%,d events)",
                latency.getValueAtPercentile(50) / 1_000,
                latency.getValueAtPercentile(90) / 1_000,
                latency.getValueAtPercentile(99) / 1_000,
                latency.getValueAtPercentile(99.9) / 1_000,
                latency.getMaxValue() / 1_000,
                latency.getTotalCount());
    }

    @Override
    public void close() {
        isRunning = false;
        try {
            thread.join(10_000);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Reader implements IngressAdapter.FrameHandler {
        private final String channel;
        private final int stream;
        private final Histogram latency = new Histogram(3);
        private AeronIngressAdapter adapter;
        private volatile long received;

        Reader(final String channel, final int stream) {
            this.channel = channel;
            this.stream = stream;
        }

        @Override
        public boolean onFrame(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
            final int n = buffer.parseNaturalIntAscii(offset + PacedAdapter.DIGITS_AT, PacedAdapter.DIGITS);
            if (n != PacedAdapter.FIRST + received) {
                throw new AssertionError(channel + ": " + n + " came as number " + received);
            }
            synchronized (latency) {
                latency.recordValue(Math.max(0, clock.nanoTime() - dueNs));
            }
            received = received + 1;
            return true;
        }

        private Histogram take() {
            synchronized (latency) {
                final Histogram copy = latency.copy();
                latency.reset();
                return copy;
            }
        }
    }
}
