package io.pinion.aeron;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/** An invoked driver with what is opened on it, all on the test's own thread. */
final class Rig implements AutoCloseable {
    private static final long PATIENCE_NS = Duration.ofMinutes(3).toNanos();

    final AeronDriver driver;
    private final Agent agent;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Rig() {
        this(options());
    }

    Rig(final AeronOptions options) {
        driver = AeronDriver.invoked(options);
        agent = driver.agent().orElseThrow();
    }

    /** Terms of 64 KiB, so that they turn over often, and peers that are taken for gone soon. */
    static AeronOptions options() {
        return AeronOptions.defaults()
                .withTermLengthBytes(64 * 1024)
                .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(2));
    }

    AeronPublisher publisher(final String channel, final int streamId) {
        return opened(new AeronPublisher(driver.client(), channel, streamId));
    }

    /** Closes it with the rest. */
    AeronPublisher opened(final AeronPublisher publisher) {
        opened.push(publisher);
        return publisher;
    }

    AeronIngressAdapter adapter(final String channel, final int streamId) {
        final AeronIngressAdapter adapter = new AeronIngressAdapter(driver.client(), channel, streamId);
        opened.push(adapter);
        return adapter;
    }

    int step() {
        try {
            return agent.doWork();
        } catch (final RuntimeException e) {
            throw e;
        } catch (final Exception e) {
            throw new AssertionError(e);
        }
    }

    void until(final BooleanSupplier condition) {
        until("it happens", condition);
    }

    /** Steps the driver until something is so. */
    void until(final String what, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (step() == 0) {
                Thread.onSpinWait();
            }
            if (System.nanoTime() - startNs > PATIENCE_NS) {
                throw new AssertionError("waited in vain until " + what + "; the driver says " + driver.errors());
            }
        }
    }

    void offer(final AeronPublisher publisher, final UnsafeBuffer message, final int lengthBytes) {
        until("taken: " + publisher.whyWaiting(), () -> publisher.offer(message, 0, lengthBytes, 0));
    }

    @Override
    public void close() {
        opened.forEach(CloseHelper::quietClose);
        driver.close();
    }

    /** A message of some length that carries its number and can be checked. */
    static UnsafeBuffer message(final int number, final int lengthBytes) {
        final byte[] bytes = new byte[lengthBytes];
        new Random(number).nextBytes(bytes);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        buffer.putInt(0, number);
        return buffer;
    }
}
