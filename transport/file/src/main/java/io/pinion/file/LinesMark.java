package io.pinion.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;

/**
 * How much of a file of lines holds, beside it: two slots of 48 bytes, written by turns, so that one is whole whenever the
 * process dies. Used by one thread.
 *
 * <pre>
 *   0        8        16       24       32       40       44       48
 *  +--------+--------+--------+--------+--------+--------+--------+
 *  | count  | log id | next   | length | begin  | magic  | CRC32C |   little-endian; the higher count holds
 *  +--------+--------+--------+--------+--------+--------+--------+
 * </pre>
 *
 * <p>Length is that of the file, to which it is cut; begin is where in the file the lines of this log begin. What lies before
 * that is of earlier logs, or of somebody else.
 */
final class LinesMark implements AutoCloseable {
    static final int SLOT_BYTES = 48;

    private static final int LOG_ID_OFFSET = 8;
    private static final int NEXT_OFFSET = 16;
    private static final int LENGTH_OFFSET = 24;
    private static final int BEGIN_OFFSET = 32;
    private static final int MAGIC_OFFSET = 40;
    private static final int CRC_OFFSET = 44;
    private static final int MAGIC = 0x4c_49_4e_31;

    private final FileChannel channel;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long highest;

    /** Of the slot that holds; 0 where there is none. */
    private long count;

    private long logId;
    private long next;
    private long length;
    private long begin;

    /**
     * Opens it, and takes the newest slot that the file is long enough for.
     *
     * @param file       made where it is missing.
     * @param fileLength how long the file of lines is.
     */
    LinesMark(final Path file, final long fileLength) throws IOException {
        channel = FileChannel.open(file, CREATE, READ, WRITE);
        boolean isRead = false;
        try {
            take(0, fileLength);
            take(1, fileLength);
            isRead = true;
        } finally {
            if (!isRead) {
                close();
            }
        }
    }

    private void take(final int index, final long fileLength) throws IOException {
        slot.clear();
        while (slot.hasRemaining()) {
            if (channel.read(slot, (long) index * SLOT_BYTES + slot.position()) < 0) {
                return;
            }
        }
        if (slot.getInt(MAGIC_OFFSET) != MAGIC || slot.getInt(CRC_OFFSET) != checksum()) {
            return;
        }
        highest = Math.max(highest, slot.getLong(0));
        // After a loss of power the mark may be younger than the lines: then the one before it may hold.
        if (slot.getLong(0) > count && slot.getLong(LENGTH_OFFSET) <= fileLength) {
            count = slot.getLong(0);
            logId = slot.getLong(LOG_ID_OFFSET);
            next = slot.getLong(NEXT_OFFSET);
            length = slot.getLong(LENGTH_OFFSET);
            begin = slot.getLong(BEGIN_OFFSET);
        }
    }

    private int checksum() {
        crc.reset();
        crc.update(slot.clear().limit(CRC_OFFSET));
        slot.clear();
        return (int) crc.getValue();
    }

    /** Whether a slot holds. */
    boolean holds() {
        return count > 0;
    }

    /** Whether there ever was one: if none holds then, the file was cut by somebody. */
    boolean wasWritten() {
        return highest > 0;
    }

    long logId() {
        return logId;
    }

    long next() {
        return next;
    }

    long length() {
        return length;
    }

    long begin() {
        return begin;
    }

    void write(
            final long newLogId, final long newNext, final long newLength, final long newBegin, final boolean isForced)
            throws IOException {
        highest = Math.max(highest, count) + 1;
        slot.clear();
        slot.putLong(0, highest);
        slot.putLong(LOG_ID_OFFSET, newLogId);
        slot.putLong(NEXT_OFFSET, newNext);
        slot.putLong(LENGTH_OFFSET, newLength);
        slot.putLong(BEGIN_OFFSET, newBegin);
        slot.putInt(MAGIC_OFFSET, MAGIC);
        slot.putInt(CRC_OFFSET, checksum());
        slot.clear();
        while (slot.hasRemaining()) {
            channel.write(slot, (highest & 1) * SLOT_BYTES + slot.position());
        }
        if (isForced) {
            channel.force(false);
        }
        count = highest;
        logId = newLogId;
        next = newNext;
        length = newLength;
        begin = newBegin;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
    }
}
