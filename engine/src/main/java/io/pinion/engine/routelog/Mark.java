package io.pinion.engine.routelog;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two numbers that change together and survive a kill between any two stores: the older of two copies is overwritten, and a
 * copy counts only if it checks. Written by one thread.
 */
final class Mark {
    private static final int COPY_BYTES = 512;
    private static final int CHECKED_BYTES = 24;
    private static final long WRITTEN = 0x4D41524BL << 32;

    private final UnsafeBuffer buffer;
    private final ByteBuffer bytes;
    private final int offset;
    private final CRC32C crc = new CRC32C();
    private final String fault;

    private long generation;
    private long position;
    private long detail;

    Mark(final String name, final UnsafeBuffer buffer, final ByteBuffer bytes, final int offset) {
        this.buffer = buffer;
        this.bytes = bytes;
        this.offset = offset;
        int bad = 0;
        for (int copy = 0; copy < 2; copy++) {
            final int at = offset + copy * COPY_BYTES;
            if (buffer.getLong(at + CHECKED_BYTES) == check(at)) {
                if (buffer.getLong(at) > generation) {
                    generation = buffer.getLong(at);
                    position = buffer.getLong(at + 8);
                    detail = buffer.getLong(at + 16);
                }
            } else if (!isBlank(at)) {
                bad++;
            }
        }
        fault = bad == 0 ? null : describe(name, bad);
    }

    private String describe(final String name, final int bad) {
        return generation > 0
                ? "One of two copies of the mark \"" + name + "\" in " + MarkFile.FILE
                        + " does not check; the other was used."
                : (bad == 1 ? "The only copy" : "Both copies") + " of the mark \"" + name + "\" in " + MarkFile.FILE
                        + " do not check; the log's start was used.";
    }

    private boolean isBlank(final int at) {
        for (int i = 0; i <= CHECKED_BYTES; i += 8) {
            if (buffer.getLong(at + i) != 0) {
                return false;
            }
        }
        return true;
    }

    private long check(final int at) {
        crc.reset();
        crc.update(bytes.clear().position(at).limit(at + CHECKED_BYTES));
        return WRITTEN | crc.getValue();
    }

    void set(final long newPosition, final long newDetail) {
        generation++;
        position = newPosition;
        detail = newDetail;
        final int at = offset + (int) (generation & 1) * COPY_BYTES;
        buffer.putLong(at, generation);
        buffer.putLong(at + 8, newPosition);
        buffer.putLong(at + 16, newDetail);
        buffer.putLongRelease(at + CHECKED_BYTES, check(at));
    }

    /** Whether it was ever set. */
    boolean isSet() {
        return generation > 0;
    }

    long position() {
        return position;
    }

    long detail() {
        return detail;
    }

    /** A sentence, or null where nothing was wrong at opening. */
    String fault() {
        return fault;
    }
}
