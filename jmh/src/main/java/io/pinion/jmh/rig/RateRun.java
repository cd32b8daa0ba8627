package io.pinion.jmh.rig;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * What came of one rate.
 *
 * @param ratePerSecond that was intended.
 * @param intended      events that were due in the time.
 * @param sent          of those, how many left in the time.
 * @param returned      how many came back of those.
 * @param drainNs       from the end of the time to the last that came back.
 * @param latency       from due to back, in nanoseconds, as {@link #compressed} makes it.
 */
public record RateRun(long ratePerSecond, long intended, long sent, long returned, long drainNs, String latency) {
    /** Of the events that were due, the share that must have left in time. */
    private static final double IN_TIME = 0.99;
    /** How long the backlog at the end may take to drain. */
    private static final long MAX_DRAIN_NS = 50_000_000;

    /**
     * Whether the rate was held: nearly all left when they were due, and nothing had piled up at the end.
     *
     * @return whether.
     */
    @JsonIgnore
    public boolean isHeld() {
        return sent >= intended * IN_TIME && returned > 0 && drainNs <= MAX_DRAIN_NS;
    }

    /** Both together, but for their latencies. */
    RateRun and(final RateRun next) {
        return new RateRun(
                ratePerSecond,
                intended + next.intended,
                sent + next.sent,
                returned + next.returned,
                Math.max(drainNs, next.drainNs),
                latency);
    }

    /** The same with latencies. */
    RateRun with(final Histogram latencies) {
        return new RateRun(ratePerSecond, intended, sent, returned, drainNs, compressed(latencies));
    }

    /** Why not, or null. */
    String failure() {
        if (isHeld()) {
            return null;
        }
        return returned == 0
                ? "nothing came back"
                : sent < intended * IN_TIME
                        ? String.format("only %.2f %% left in time", Math.floor(10_000.0 * sent / intended) / 100)
                        : String.format("what had piled up took %.0f ms to drain", drainNs / 1e6);
    }

    /**
     * The latencies.
     *
     * @return in nanoseconds.
     */
    @JsonIgnore
    public Histogram histogram() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(latency)), 0);
        } catch (final DataFormatException e) {
            throw new IllegalStateException("the rig's histogram can't be read", e);
        }
    }

    static String compressed(final Histogram histogram) {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        final byte[] bytes = new byte[length];
        buffer.flip();
        buffer.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
