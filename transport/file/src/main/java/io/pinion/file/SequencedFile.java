package io.pinion.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/**
 * A file of JSON lines that knows which outputs of which log it holds, and goes on behind them after any crash: each once, in
 * order. Beside it lies its mark, {@code FILE.position}; lines count once they are marked, and what lies behind them is cut
 * off at the next start, to come again as it was. Lines of another log, or of somebody else, stay before them.
 *
 * <p>While the file can't be written, because the disk is full for example, nothing is taken, and writing is tried again.
 *
 * <p>Used by one thread; {@link #whyWaiting()} may be called on any.
 */
public final class SequencedFile implements SequencedTarget {
    private static final int FLUSH_BYTES = 64 << 10;
    private static final int MIN_BUFFER_BYTES = 1 << 20;
    private static final long RETRY_NS = MILLISECONDS.toNanos(100);
    private static final byte LINE_FEED = '\n';

    private final Path file;
    private final int maxFrameBytes;
    private final boolean isForced;
    private final FileChannel channel;
    private final LinesMark mark;
    private final ByteBuffer buffer;

    private long logId;
    private long begin;

    /** Of the next line that is offered. */
    private long next;

    /** What the operating system has, where the buffer's bytes go. */
    private long length;

    /** In the buffer, {@code [0, filledTo)} is yet to be written. */
    private int filledTo;

    private byte[] line = new byte[512];
    private boolean wasOffered;
    private long retryAtNs;
    private volatile String failure;

    /**
     * Opens the file, cuts off what its mark does not cover, and goes on there.
     *
     * @param file          where to; directories that are missing are made. A regular file that nobody else writes.
     * @param maxFrameBytes the longest frame it takes.
     * @param isForced      whether lines are on disk before they are settled, so that they survive a loss of power.
     * @throws EdgeException when it can't be opened, is shorter than its mark says, or ends within a line.
     */
    public SequencedFile(final Path file, final int maxFrameBytes, final boolean isForced) {
        this.file = file;
        this.maxFrameBytes = maxFrameBytes;
        this.isForced = isForced;
        buffer = ByteBuffer.allocateDirect(Math.max(MIN_BUFFER_BYTES, maxFrameBytes + 1));
        FileChannel opened = null;
        LinesMark read = null;
        boolean isOpen = false;
        try {
            final Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            opened = FileChannel.open(file, CREATE, READ, WRITE);
            read = new LinesMark(markOf(file), opened.size());
            channel = opened;
            mark = read;
            takeUp();
            isOpen = true;
        } catch (final IOException e) {
            throw new EdgeException(
                    "Can't open " + file + " to write: "
                            + (Files.isDirectory(file) ? "it is a directory" : Reason.of(e))
                            + "; name a file in a directory that this user may write to.",
                    e);
        } finally {
            if (!isOpen) {
                CloseHelper.quietCloseAll(opened, read);
            }
        }
    }

    /** Where the mark of a file lies. */
    static Path markOf(final Path file) {
        return file.resolveSibling(file.getFileName() + ".position");
    }

    /**
     * Copies what a file holds, and its mark, to where neither is. Somebody may be writing it meanwhile: the copy ends with
     * a line that was settled.
     *
     * @param from a file that was written by this class.
     * @param to   directories that are missing are made.
     * @throws EdgeException when it has no mark, or can't be read or written.
     */
    public static void copy(final Path from, final Path to) {
        try {
            final Path parent = to.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.copy(
                    markOf(from),
                    markOf(to)); // first: lines are written before their mark, so that all of these are there
            try (FileChannel lines = FileChannel.open(from, READ);
                    FileChannel copy = FileChannel.open(to, CREATE_NEW, WRITE);
                    LinesMark copied = new LinesMark(markOf(to), lines.size())) {
                long at = 0;
                while (at < copied.length()) {
                    final long bytes = lines.transferTo(at, copied.length() - at, copy);
                    if (bytes <= 0) {
                        throw new IOException("it became shorter");
                    }
                    at += bytes;
                }
                copy.force(false);
            }
        } catch (final IOException e) {
            throw new EdgeException(
                    "Can't copy " + from + " and " + markOf(from) + " to " + to + ": " + Reason.of(e)
                            + "; both have to be there, and neither where they are copied to.",
                    e);
        }
    }

    private void takeUp() throws IOException {
        if (!mark.holds()) {
            if (mark.wasWritten()) {
                throw new EdgeException("The file " + file + " has " + channel.size() + " bytes, fewer than "
                        + markOf(file) + " says were written: copy both from another member.");
            }
            length = channel.size();
            begin = length;
            next = 1;
            checkEndsWithALine();
            mark.write(0, 1, length, begin, isForced);
            return;
        }
        logId = mark.logId();
        next = mark.next();
        length = mark.length();
        begin = mark.begin();
        checkEndsWithALine();
        channel.truncate(length);
    }

    private void checkEndsWithALine() throws IOException {
        final ByteBuffer last = ByteBuffer.allocate(1);
        if (length > 0 && (channel.read(last, length - 1) != 1 || last.get(0) != LINE_FEED)) {
            throw new EdgeException("The file " + file + " has no end of a line at byte " + length
                    + ", where its lines have to go on: it was changed by somebody; copy it and " + markOf(file)
                    + " from another member, or move it away if it is none of Pinion's.");
        }
    }

    @Override
    public long next(final long ofLog, final long firstKept) {
        if (ofLog != logId) {
            if (!isMarked()) {
                return UNKNOWN; // lines of the log before are still on their way to the disk
            }
            logId = ofLog;
            begin = length;
            next = 1;
        }
        if (next < firstKept) {
            throw new EdgeException("The file " + file + " expects output " + next
                    + ", and the first that is kept here is " + firstKept + ": copy it and " + markOf(file)
                    + " from another member.");
        }
        return next;
    }

    @Override
    public boolean offer(
            final long ofLog,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer source,
            final int offset,
            final int lengthBytes) {
        if (lengthBytes > maxFrameBytes) {
            throw new EdgeException("Output " + sequence + " of " + lengthBytes + " bytes is too long for " + file
                    + ", which takes " + maxFrameBytes + ": allow it longer frames.");
        }
        if (ofLog != logId || sequence != next || buffer.capacity() - filledTo <= lengthBytes && !flush()) {
            return false;
        }
        if (line.length < lengthBytes) {
            line = new byte[Math.min(maxFrameBytes, 2 * lengthBytes)];
        }
        source.getBytes(offset, line, 0, lengthBytes);
        blank(lengthBytes, LINE_FEED);
        blank(lengthBytes, (byte) '\r');
        buffer.put(filledTo, line, 0, lengthBytes);
        buffer.put(filledTo + lengthBytes, LINE_FEED);
        filledTo += lengthBytes + 1;
        next++;
        wasOffered = true;
        return true;
    }

    /** An output is one line: JSON has line breaks between its parts only, where a blank says the same. */
    private void blank(final int lengthBytes, final byte lineBreak) {
        int at = LineBreaks.indexOf(line, 0, lengthBytes, lineBreak);
        while (at < lengthBytes) {
            line[at] = ' ';
            at = LineBreaks.indexOf(line, at + 1, lengthBytes, lineBreak);
        }
    }

    @Override
    public long settled() {
        return logId != 0 && mark.logId() == logId ? mark.next() - 1 : 0;
    }

    /** Writes and marks what was offered, when there is much of it or nothing came since the last call. */
    @Override
    public int doWork() {
        final boolean isDue = filledTo >= FLUSH_BYTES || !wasOffered;
        wasOffered = false;
        return isDue && !isMarked() && flush() ? 1 : 0;
    }

    private boolean isMarked() {
        return filledTo == 0 && mark.next() == next && mark.logId() == logId;
    }

    private boolean flush() {
        if (isMarked()) {
            return true;
        }
        if (failure != null && System.nanoTime() - retryAtNs < 0) {
            return false;
        }
        try {
            write();
            if (isForced) {
                force();
            }
            mark.write(logId, next, length, begin, isForced);
        } catch (final IOException e) {
            failed(e);
            return false;
        }
        if (failure != null) {
            failure = null;
        }
        return true;
    }

    private void write() throws IOException {
        int writtenTo = 0;
        try {
            while (writtenTo < filledTo) {
                writtenTo += channel.write(buffer.limit(filledTo).position(writtenTo), length + writtenTo);
            }
        } finally {
            buffer.clear();
        }
        length += filledTo;
        filledTo = 0;
    }

    private void force() {
        try {
            channel.force(false);
        } catch (final IOException e) {
            // Not tried again: the operating system forgets what it could not put on disk, and would say yes.
            throw new EdgeException(
                    "Can't put " + file + " on disk: " + Reason.of(e) + "; see to the disk, and start again.", e);
        }
    }

    private void failed(final IOException e) {
        if (!channel.isOpen()) {
            throw new EdgeException("The file " + file + " was closed while it was written; start again.", e);
        }
        failure = "can't write " + file + ": " + Reason.of(e) + "; "
                + (Reason.isFull(e) ? "free some space" : "see to that") + ", it goes on by itself";
        retryAtNs = System.nanoTime() + RETRY_NS;
    }

    /** Each member has its own. */
    @Override
    public boolean isLeadersOnly() {
        return false;
    }

    @Override
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    @Override
    public String whyWaiting() {
        final String why = failure;
        return why == null ? file + " takes what comes" : why;
    }

    /** Writes and marks what was offered, if it can, and closes the file: the rest comes again at the next start. */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            flush();
        } finally {
            CloseHelper.quietCloseAll(channel, mark);
        }
    }
}
