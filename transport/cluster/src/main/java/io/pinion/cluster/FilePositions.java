package io.pinion.cluster;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.agrona.CloseHelper;

/**
 * A consumer's position in a file: two slots of 32 bytes, written by turns, so that one is whole whenever the process dies.
 *
 * <pre>
 *   0        8        16       24       28       32
 *  +--------+--------+--------+--------+--------+
 *  | count  | log id | next   | magic  | CRC32C |   little-endian; the higher count holds
 *  +--------+--------+--------+--------+--------+
 * </pre>
 */
final class FilePositions implements ConsumerPositions {
    private static final int SLOT_BYTES = 32;
    private static final int LOG_ID_OFFSET = 8;
    private static final int NEXT_OFFSET = 16;
    private static final int MAGIC_OFFSET = 24;
    private static final int CRC_OFFSET = 28;
    private static final int MAGIC = 0x50_4f_53_31;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer slot = ByteBuffer.allocateDirect(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long count;
    private long logId;
    private long next = 1;

    FilePositions(final Path file) {
        this.file = file;
        FileChannel opened = null;
        boolean isOpen = false;
        try {
            final Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            opened = FileChannel.open(file, CREATE, READ, WRITE);
            lock(opened);
            channel = opened;
            final boolean isNew = channel.size() == 0;
            if (!read(0) & !read(1) && !isNew) {
                throw new EdgeException("The file " + file
                        + " holds no position of a consumer, or only damaged ones: name another file, or set a position"
                        + " anew.");
            }
            isOpen = true;
        } catch (final IOException e) {
            throw new EdgeException("The position file " + file + " can't be opened: " + e + ".", e);
        } finally {
            if (!isOpen) {
                CloseHelper.quietClose(opened);
            }
        }
    }

    @SuppressWarnings("resource") // released with the channel
    private void lock(final FileChannel opened) throws IOException {
        FileLock lock = null;
        try {
            lock = opened.tryLock();
        } catch (final OverlappingFileLockException expected) {
            // Another consumer of this process has it.
        }
        if (lock == null) {
            throw new EdgeException("The position file " + file
                    + " is another consumer's, who is at work: give each a file of its own.");
        }
    }

    private boolean read(final int index) throws IOException {
        slot.clear();
        while (slot.hasRemaining()) {
            if (channel.read(slot, (long) index * SLOT_BYTES + slot.position()) < 0) {
                return false;
            }
        }
        if (slot.getInt(MAGIC_OFFSET) != MAGIC || slot.getInt(CRC_OFFSET) != checksum()) {
            return false;
        }
        if (slot.getLong(0) > count) {
            count = slot.getLong(0);
            logId = slot.getLong(LOG_ID_OFFSET);
            next = slot.getLong(NEXT_OFFSET);
        }
        return true;
    }

    private int checksum() {
        crc.reset();
        crc.update(slot.clear().limit(CRC_OFFSET));
        slot.clear();
        return (int) crc.getValue();
    }

    @Override
    public long logId() {
        return logId;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void store(final long newLogId, final long newNext) {
        count++;
        slot.clear();
        slot.putLong(0, count);
        slot.putLong(LOG_ID_OFFSET, newLogId);
        slot.putLong(NEXT_OFFSET, newNext);
        slot.putInt(MAGIC_OFFSET, MAGIC);
        slot.putInt(CRC_OFFSET, checksum());
        slot.clear();
        try {
            while (slot.hasRemaining()) {
                channel.write(slot, (count & 1) * SLOT_BYTES + slot.position());
            }
        } catch (final IOException e) {
            throw new EdgeException("The position file " + file + " can't be written: " + e + ".", e);
        }
        logId = newLogId;
        next = newNext;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
    }
}
