package io.pinion.file;

import io.pinion.engine.EdgeException;
import io.pinion.engine.IngressAdapter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads JSON lines from a file, a {@code .gz} file or a stream: one frame a line, in order, as fast as they are taken.
 *
 * <p>White space around a line is trimmed, a blank line is none, a byte order mark at the very start is skipped, and the
 * last line needs no line feed. A line longer than the maximum is handed over cut to one byte more than that, so that
 * whoever takes it sees that it is too long; the rest of it is skipped. Nothing is allocated per line.
 *
 * <p>Polled by one thread, which blocks while the disk or the stream does: for replays, not for live traffic. The counts
 * may be read by any thread.
 */
public final class JsonLinesAdapter implements IngressAdapter {
    /** {@link #totalBytes()} where that is not known. */
    public static final long UNKNOWN = -1;

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int BYTE_ORDER_MARK_BYTES = 3;
    private static final byte LINE_FEED = '\n';

    private final String name;
    private final CountedInput counted;
    private final InputStream in;
    private final long totalBytes;
    private final int maxFrameBytes;
    private final byte[] bytes;
    private final UnsafeBuffer buffer;

    /** What is read and not yet handed over is {@code [start, end)}; no line feed lies before {@code scanned}. */
    private int start;

    private int end;
    private int scanned;
    /** The line to hand over next is {@code [start, lineEnd)}, and what follows it begins at {@code next}. */
    private boolean hasLine;

    private int lineEnd;
    private int next;
    private boolean isSkipping;
    private boolean isCut;
    private boolean isSkippingNext;
    private boolean isEof;
    private boolean isStarted;
    private volatile long lines;
    private volatile long cutLines;

    private JsonLinesAdapter(
            final String name,
            final CountedInput counted,
            final InputStream in,
            final long totalBytes,
            final int maxFrameBytes) {
        this.name = name;
        this.counted = counted;
        this.in = in;
        this.totalBytes = totalBytes;
        this.maxFrameBytes = maxFrameBytes;
        bytes = new byte[Math.addExact(maxFrameBytes + 1, CHUNK_BYTES)];
        buffer = new UnsafeBuffer(bytes);
    }

    /**
     * Opens a file; unzips it where its name ends in {@code .gz}.
     *
     * @param file          of JSON lines.
     * @param maxFrameBytes the longest line to hand over whole.
     * @return the adapter; close it.
     * @throws EdgeException when it can't be opened, or is not what its name says.
     */
    public static JsonLinesAdapter ofFile(final Path file, final int maxFrameBytes) {
        if (Files.isDirectory(file)) {
            throw new EdgeException(file + " is a directory: name a file of JSON lines.");
        }
        InputStream opened = null;
        try {
            opened = Files.newInputStream(file);
            final long totalBytes = Files.isRegularFile(file) ? Files.size(file) : UNKNOWN;
            final CountedInput counted = new CountedInput(opened);
            final InputStream in =
                    file.toString().endsWith(".gz") ? new GzipInput(counted, totalBytes, CHUNK_BYTES) : counted;
            return new JsonLinesAdapter(file.toString(), counted, in, totalBytes, maxFrameBytes);
        } catch (final ZipException | EOFException e) {
            CloseHelper.quietClose(opened);
            throw new EdgeException(
                    file
                            + " ends in .gz and does not begin as gzip does: name a whole gzip file, or rename a plain one.",
                    e);
        } catch (final IOException e) {
            CloseHelper.quietClose(opened);
            throw new EdgeException(
                    "Can't open " + file + ": " + Reason.of(e) + "; name a file of JSON lines that can be read.", e);
        }
    }

    /**
     * Reads a stream, such as standard input.
     *
     * @param in            of JSON lines, not compressed; closed with this adapter.
     * @param name          what to call it in sentences.
     * @param maxFrameBytes the longest line to hand over whole.
     * @return the adapter; close it.
     */
    public static JsonLinesAdapter ofStream(final InputStream in, final String name, final int maxFrameBytes) {
        final CountedInput counted = new CountedInput(in);
        return new JsonLinesAdapter(name, counted, counted, UNKNOWN, maxFrameBytes);
    }

    /** Hands over lines; returns early rather than wait for the disk with some handed over. */
    @Override
    public int poll(final FrameHandler handler, final int limit) {
        int done = 0;
        while (done < limit && (hasLine || findLine(done == 0))) {
            if (!handler.onFrame(buffer, start, lineEnd - start, 0)) {
                break;
            }
            if (isCut) {
                cutLines = cutLines + 1;
            }
            isSkipping = isSkippingNext;
            hasLine = false;
            start = next;
            scanned = next;
            done++;
        }
        if (done > 0) {
            lines = lines + done;
        }
        return done;
    }

    /** Finds the next line that is not blank; reads on only where it may. */
    private boolean findLine(final boolean mayRead) {
        while (true) {
            if (!isSkipping) {
                trimStart();
            }
            final int lineFeed = LineBreaks.indexOf(bytes, Math.max(scanned, start), end, LINE_FEED);
            scanned = lineFeed;
            final boolean isWhole = lineFeed < end;
            if (isSkipping) {
                start = isWhole ? lineFeed + 1 : end;
                scanned = start;
                isSkipping = !isWhole;
                if (isWhole) {
                    continue;
                }
            } else if (isWhole || isEof && start < end) {
                setLine(lineFeed, isWhole ? lineFeed + 1 : end);
                return true;
            } else if (end - start == bytes.length) {
                setLineWithoutEnd();
                return true;
            }
            if (isEof || !mayRead) {
                return false;
            }
            read();
        }
    }

    /** What is white space at the start of a line, line feeds included, belongs to no frame. */
    private void trimStart() {
        while (start < end && isWhiteSpace(bytes[start])) {
            start++;
        }
    }

    private void setLine(final int lineFeed, final int following) {
        int to = lineFeed;
        while (isWhiteSpace(bytes[to - 1])) {
            to--;
        }
        isCut = to - start > maxFrameBytes;
        lineEnd = isCut ? start + maxFrameBytes + 1 : to;
        next = following;
        isSkippingNext = false;
        hasLine = true;
    }

    /** Its end is not in sight though the buffer is full: what follows the cut is skipped until the end comes. */
    private void setLineWithoutEnd() {
        isCut = true;
        lineEnd = start + maxFrameBytes + 1;
        next = lineEnd;
        isSkippingNext = true;
        hasLine = true;
    }

    private static boolean isWhiteSpace(final byte b) {
        return b == ' ' || b == LINE_FEED || b == '\r' || b == '\t';
    }

    private void read() {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            scanned = Math.max(scanned - start, 0);
            end -= start;
            start = 0;
        }
        readMore();
        if (!isStarted) {
            isStarted = true;
            while (!isEof && end < BYTE_ORDER_MARK_BYTES) {
                readMore();
            }
            if (end >= BYTE_ORDER_MARK_BYTES
                    && bytes[0] == (byte) 0xEF
                    && bytes[1] == (byte) 0xBB
                    && bytes[2] == (byte) 0xBF) {
                start = BYTE_ORDER_MARK_BYTES;
            }
        }
    }

    private void readMore() {
        try {
            final int read = in.read(bytes, end, Math.min(bytes.length - end, CHUNK_BYTES));
            if (read < 0) {
                isEof = true;
            } else {
                end += read;
            }
        } catch (final ZipException | EOFException e) {
            throw new EdgeException(
                    name + " is torn or damaged at about its compressed byte " + counted.bytes() + " of " + totalBytes
                            + ", after line " + lines + ": " + Reason.of(e) + "; get a whole copy of it.",
                    e);
        } catch (final IOException e) {
            throw new EdgeException(
                    "Can't read " + name + " on from byte " + counted.bytes() + ": " + Reason.of(e)
                            + "; see that it can be read, and start again.",
                    e);
        }
    }

    @Override
    public boolean isAtEnd() {
        return isEof && !hasLine && start == end;
    }

    /**
     * How far it has read.
     *
     * @return bytes on disk, so compressed ones where it is compressed.
     */
    public long bytesRead() {
        return counted.bytes();
    }

    /**
     * How long the file was when it was opened.
     *
     * @return bytes on disk, or {@link #UNKNOWN}.
     */
    public long totalBytes() {
        return totalBytes;
    }

    /**
     * Lines handed over.
     *
     * @return those that were not blank.
     */
    public long lines() {
        return lines;
    }

    /**
     * Lines that were too long and handed over cut.
     *
     * @return how many of {@link #lines()}.
     */
    public long cutLines() {
        return cutLines;
    }

    @Override
    public void close() {
        CloseHelper.quietClose(in);
    }
}
