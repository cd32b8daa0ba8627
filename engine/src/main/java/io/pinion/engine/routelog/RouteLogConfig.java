package io.pinion.engine.routelog;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.concurrent.UnsafeBuffer;

/** Where a route log lies and what bounds it. Set up by one thread, then given to {@link RouteLog#open}. */
public final class RouteLogConfig {
    static final int LEAST_SEGMENT_BYTES = 4_096;
    static final int MOST_SEGMENT_BYTES = 1 << 30;

    private final Path directory;
    private int segmentBytes = 16 << 20;
    private long maxBytes = 1L << 30;
    private long maxAgeUs = Long.MAX_VALUE;
    private long forceIntervalNs;
    private boolean invoked;
    private Function<ByteBuffer, UnsafeBuffer> view = UnsafeBuffer::new;
    private long bootId = BootId.ofThisMachine();

    private RouteLogConfig(final Path directory) {
        this.directory = directory;
    }

    /**
     * A log in this directory, with the defaults: segments of 16 MiB, a backlog of 1 GiB and of any age, nothing forced.
     *
     * @param directory made where it is missing; nothing else may lie in it.
     * @return the configuration.
     */
    public static RouteLogConfig in(final Path directory) {
        return new RouteLogConfig(directory);
    }

    /**
     * How long one file is. A longer one is rarely made and holds its disk longer; the longest payload is 104 bytes less.
     *
     * @param bytes 4 KiB to 1 GiB, a multiple of 4 KiB.
     * @return this.
     */
    public RouteLogConfig segmentBytes(final int bytes) {
        segmentBytes = bytes;
        return this;
    }

    /**
     * How much payload may wait unconfirmed before {@link AppendResult#FULL}. On disk each record takes up to 40 bytes more;
     * beside the backlog there are at most the rest of a segment at its start and one prepared at its end.
     *
     * @param payloadBytes at least one segment.
     * @return this.
     */
    public RouteLogConfig maxBytes(final long payloadBytes) {
        maxBytes = payloadBytes;
        return this;
    }

    /**
     * How far, in log time, the oldest unconfirmed record may lie behind the newest before {@link AppendResult#FULL}.
     *
     * @param age more than nothing.
     * @return this.
     */
    public RouteLogConfig maxAge(final Duration age) {
        maxAgeUs = TimeUnit.NANOSECONDS.toMicros(saturatedNs(age));
        return this;
    }

    /**
     * Forces what was appended and confirmed to the disk at this interval, by the preparer: sync level 1. Without it nothing
     * is forced but by {@link RouteLog#force}: sync level 0, which survives the death of the process, not of the machine.
     *
     * @param interval more than nothing.
     * @return this.
     */
    public RouteLogConfig forceEvery(final Duration interval) {
        forceIntervalNs = Math.max(1, saturatedNs(interval));
        if (interval.isNegative() || interval.isZero()) {
            throw invalid("forceEvery", interval.toString(), "more than nothing; leave it out to force nothing");
        }
        return this;
    }

    /**
     * The log starts no thread: its owner calls {@link RouteLog#doWork} again and again, on any one thread.
     *
     * @return this.
     */
    public RouteLogConfig invoked() {
        invoked = true;
        return this;
    }

    /** Lets a test see every store. */
    RouteLogConfig view(final Function<ByteBuffer, UnsafeBuffer> newView) {
        view = newView;
        return this;
    }

    /** Lets a test start the machine anew. */
    RouteLogConfig bootId(final long newBootId) {
        bootId = newBootId;
        return this;
    }

    /** Refuses what can't work. */
    RouteLogConfig conclude() {
        if (segmentBytes < LEAST_SEGMENT_BYTES || segmentBytes > MOST_SEGMENT_BYTES || segmentBytes % 4_096 != 0) {
            throw invalid("segmentBytes", Integer.toString(segmentBytes), "a multiple of 4096 from 4096 to 1073741824");
        }
        if (maxBytes < segmentBytes) {
            throw invalid("maxBytes", Long.toString(maxBytes), "at least one segment, " + segmentBytes);
        }
        if (maxAgeUs <= 0) {
            throw invalid("maxAge", maxAgeUs + " us", "more than nothing");
        }
        return this;
    }

    private static long saturatedNs(final Duration duration) {
        try {
            return duration.toNanos();
        } catch (final ArithmeticException expected) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private RouteLogException invalid(final String option, final String value, final String right) {
        return new RouteLogException(
                RouteLogException.Reason.INVALID,
                "Route log " + directory + ": " + option + " is " + value + "; it must be " + right + ".");
    }

    Path directory() {
        return directory;
    }

    int segmentBytes() {
        return segmentBytes;
    }

    long maxBytes() {
        return maxBytes;
    }

    long maxAgeUs() {
        return maxAgeUs;
    }

    /** 0 where nothing is forced by itself. */
    long forceIntervalNs() {
        return forceIntervalNs;
    }

    boolean isInvoked() {
        return invoked;
    }

    long bootId() {
        return bootId;
    }

    Function<ByteBuffer, UnsafeBuffer> view() {
        return view;
    }
}
