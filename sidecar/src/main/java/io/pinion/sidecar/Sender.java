package io.pinion.sidecar;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.WallClock;
import io.pinion.file.JsonLinesAdapter;
import io.pinion.wire.Transcoder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Sends lines as fast as they are taken, or at a rate. At a rate each event has its time by the schedule alone, whether it
 * could be sent then or not: a slow consumer makes events late, not fewer. One thread.
 */
final class Sender {
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long MOST_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TELL_AFTER_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long TELL_AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final JsonLinesAdapter lines;
    private final Destination destination;
    private final String where;
    private final FrameFormat format;
    private final double nsPerEvent;
    private final Consumer<String> tell;
    private final EpochNanoClock clock = new WallClock();
    private final Transcoder transcoder = new Transcoder();
    private final Frame line;
    private final Frame outgoing;
    private long beganNs;
    private long sent;

    /**
     * Makes one.
     *
     * @param lines     what to send; the caller closes it.
     * @param destination where to; the caller closes it.
     * @param where     how to speak of that.
     * @param format    JSON sends the lines as they are, right or wrong.
     * @param rate      events a second; 0 for as fast as they are taken.
     * @param tell      takes what a person should know meanwhile.
     */
    Sender(
            final JsonLinesAdapter lines,
            final Destination destination,
            final String where,
            final FrameFormat format,
            final double rate,
            final Consumer<String> tell) {
        this.lines = lines;
        this.destination = destination;
        this.where = where;
        this.format = format;
        this.tell = tell;
        nsPerEvent = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
        line = new Frame(512, destination.maxFrameBytes());
        outgoing = new Frame(512, destination.maxFrameBytes());
    }

    /**
     * Waits for a consumer.
     *
     * @param timeout how long.
     * @throws SidecarException when none came.
     */
    void awaitConsumer(final Duration timeout) {
        final long deadlineNs = System.nanoTime() + timeout.toNanos();
        await(
                () -> {
                    if (System.nanoTime() - deadlineNs >= 0) {
                        throw new SidecarException("nobody reads " + where + " after " + Units.durationOf(timeout)
                                + ": start pinion run, or name its --channel and --stream.");
                    }
                    return destination.isReady();
                },
                () -> "nobody reads there yet: " + where);
    }

    /** Sends them all. @return how many. */
    long sendAll() {
        beganNs = clock.nanoTime();
        while (!lines.isAtEnd()) {
            await(() -> lines.poll(this::send, 1) > 0 || lines.isAtEnd(), destination::whyWaiting);
        }
        return sent;
    }

    /** Waits until the consumer has read them all. @return false when it has gone instead. */
    boolean awaitRead() {
        await(destination::isDrained, () -> "all is sent, and not yet read: " + where);
        return destination.isReady() || sent == 0;
    }

    private boolean send(final DirectBuffer buffer, final int offset, final int length, final long unknown) {
        final long dueNs = nsPerEvent == 0 ? clock.nanoTime() : beganNs + (long) (sent * nsPerEvent);
        long earlyNs = dueNs - clock.nanoTime();
        while (earlyNs > 0) {
            destination.doWork();
            if (earlyNs > PARK_NS) {
                LockSupport.parkNanos(Math.min(MOST_PARK_NS, earlyNs - PARK_NS));
            } else {
                Thread.onSpinWait();
            }
            earlyNs = dueNs - clock.nanoTime();
        }
        final boolean isTaken = format == FrameFormat.JSON
                ? destination.offer(buffer, offset, length, dueNs)
                : offer(asWire(buffer, offset, length), dueNs);
        sent += isTaken ? 1 : 0;
        return isTaken;
    }

    private boolean offer(final Frame frame, final long dueNs) {
        return destination.offer(frame.buffer(), 0, frame.lengthBytes(), dueNs);
    }

    private Frame asWire(final DirectBuffer buffer, final int offset, final int length) {
        line.copyFrom(buffer, offset, length, FrameFormat.JSON);
        if (!transcoder.transcode(line, outgoing, FrameFormat.WIRE)) {
            throw new SidecarException("event " + (sent + 1) + " can't be sent as Wire: " + line.fault()
                    + "; with --frames json it is sent as it is.");
        }
        return outgoing;
    }

    /** Waits, and says so when it takes long. */
    private void await(final BooleanSupplier condition, final Supplier<String> why) {
        long tellAtNs = 0;
        destination.doWork();
        while (!condition.getAsBoolean()) {
            destination.doWork();
            final long nowNs = System.nanoTime();
            if (tellAtNs == 0) {
                tellAtNs = nowNs + TELL_AFTER_NS;
            } else if (nowNs - tellAtNs >= 0) {
                tellAtNs = nowNs + TELL_AGAIN_NS;
                tell.accept("waiting: " + why.get());
            }
            LockSupport.parkNanos(PARK_NS);
        }
    }
}
