package io.pinion.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.zip.CRC32C;

/**
 * What a replica's state has of one route: which outputs it got, how far they are confirmed, and how much lies between. All of
 * it is a function of the log alone.
 *
 * <pre>
 *   1 … confirmed │ … 256·k … 256·(k+1) … │ next
 *                 │        └ bytes are known here
 *                 └ and here, when all is confirmed
 * </pre>
 *
 * <p>So what is confirmed is known in bytes without a look at any disk, in steps of 256 outputs: the bytes told are never less
 * than what is unconfirmed.
 */
final class RouteBacklog {
    static final int VERSION = 1;
    static final int STEP = 256;

    private final RouteBounds bounds;
    private final CRC32C checksum = new CRC32C();

    private long next = 1;
    private long confirmed;
    private long bytes;
    private long confirmedBytes;
    private long dropped;
    private long dead;
    private long contentHash;

    /** The bytes up to each step above the confirmed one, at its number modulo the length, which is a power of two. */
    private long[] bytesAtStep = new long[64];

    RouteBacklog(final RouteBounds bounds) {
        this.bounds = bounds;
    }

    /** The sequence of the next output. */
    long next() {
        return next;
    }

    long confirmed() {
        return confirmed;
    }

    long events() {
        return next - 1 - confirmed;
    }

    /** How long what is unconfirmed is, or a little longer. */
    long bytes() {
        return bytes - confirmedBytes;
    }

    RouteBounds bounds() {
        return bounds;
    }

    /** Whether the route's policy is to decide about the next copy. */
    boolean isAtBound() {
        return bounds.isReached(events(), bytes());
    }

    /** An output has got the next sequence. */
    void appended(final Frame frame) {
        checksum.reset();
        checksum.update(frame.array(), 0, frame.lengthBytes());
        contentHash = mix(mix(contentHash ^ next) ^ ((long) frame.lengthBytes() << 32 | checksum.getValue()));
        bytes += RouteBounds.RECORD_BYTES + frame.lengthBytes();
        if (next % STEP == 0) {
            note(next / STEP);
        }
        next++;
    }

    private static long mix(final long value) {
        final long folded = (value ^ value >>> 32) * 0x9E3779B97F4A7C15L;
        return folded ^ folded >>> 29;
    }

    private void note(final long step) {
        if (step - confirmed / STEP > bytesAtStep.length) {
            final long[] larger = new long[bytesAtStep.length * 2];
            for (long one = confirmed / STEP + 1; one < step; one++) {
                larger[indexOf(one, larger)] = bytesAtStep[indexOf(one, bytesAtStep)];
            }
            bytesAtStep = larger;
        }
        bytesAtStep[indexOf(step, bytesAtStep)] = bytes;
    }

    private static int indexOf(final long step, final long[] ring) {
        return (int) step & ring.length - 1;
    }

    /** All up to a sequence is confirmed; false when that was known, or when there is no such output yet. */
    boolean confirm(final long sequence) {
        if (sequence <= confirmed || sequence >= next) {
            return false;
        }
        if (sequence == next - 1) {
            confirmedBytes = bytes;
        } else if (sequence / STEP > confirmed / STEP) {
            confirmedBytes = bytesAtStep[indexOf(sequence / STEP, bytesAtStep)];
        }
        confirmed = sequence;
        return true;
    }

    void dropped() {
        dropped++;
    }

    void died() {
        dead++;
    }

    RouteCount count() {
        return new RouteCount(next, confirmed, dropped, dead, contentHash);
    }

    void save(final DataOutput out) throws IOException {
        out.writeLong(next);
        out.writeLong(confirmed);
        out.writeLong(bytes);
        out.writeLong(confirmedBytes);
        out.writeLong(dropped);
        out.writeLong(dead);
        out.writeLong(contentHash);
        for (long step = confirmed / STEP + 1; step <= (next - 1) / STEP; step++) {
            out.writeLong(bytesAtStep[indexOf(step, bytesAtStep)]);
        }
    }

    void restore(final DataInput in) throws IOException {
        final long savedNext = in.readLong();
        confirmed = in.readLong();
        if (confirmed < 0 || savedNext <= confirmed) {
            throw new IOException("A route says that its next output is " + savedNext + " and that " + confirmed
                    + " is confirmed; the next must be the higher.");
        }
        final long savedBytes = in.readLong();
        confirmedBytes = in.readLong();
        dropped = in.readLong();
        dead = in.readLong();
        contentHash = in.readLong();
        for (long step = confirmed / STEP + 1; step <= (savedNext - 1) / STEP; step++) {
            bytes = in.readLong();
            note(step);
        }
        bytes = savedBytes;
        next = savedNext;
    }
}
