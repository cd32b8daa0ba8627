package io.pinion.jmh.peers;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * What came of one rate.
 *
 * @param ratePerSecond that was intended.
 * @param held          whether the last output came within {@link #MAX_LAG_NS} of when its event was due.
 * @param highest       whether it is the highest rate that was held.
 * @param lagNs         how late the last output was.
 * @param p50           latency from when an event was due, in nanoseconds.
 * @param p90           the same.
 * @param p99           the same.
 * @param histogram     the latencies, compressed, in Base64.
 */
record RateResult(
        long ratePerSecond, boolean held, boolean highest, long lagNs, long p50, long p90, long p99, String histogram) {
    /** What may have piled up at the end. */
    static final long MAX_LAG_NS = 50_000_000;

    static RateResult of(
            final long ratePerSecond, final boolean isSearched, final long lagNs, final Histogram latency) {
        final boolean isHeld = lagNs <= MAX_LAG_NS;
        return new RateResult(
                ratePerSecond,
                isHeld,
                isHeld && isSearched,
                lagNs,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(90),
                latency.getValueAtPercentile(99),
                compressed(latency));
    }

    private static String compressed(final Histogram latency) {
        final ByteBuffer buffer = ByteBuffer.allocate(latency.getNeededByteBufferCapacity());
        final int lengthBytes = latency.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        final byte[] bytes = new byte[lengthBytes];
        buffer.flip();
        buffer.get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
