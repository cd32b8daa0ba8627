package io.pinion.sidecar;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.ReferenceTable;
import io.pinion.wire.FrameCodec;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.concurrent.UnsafeBuffer;

/** Fills a table from JSON lines, read as strictly as events are; a file that is wrong anywhere is refused whole. */
final class TableLoader<R> {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int INITIAL_LINE_BYTES = 512;

    private final ReferenceTable<R> table;
    private final Path file;
    private final int maxRowBytes;
    private final Codec<R> codec;
    private byte[] line = new byte[INITIAL_LINE_BYTES];
    private long lineNumber;
    private long rows;

    private TableLoader(final ReferenceTable<R> table, final Path file, final int maxRowBytes) {
        this.table = table;
        this.file = file;
        this.maxRowBytes = maxRowBytes;
        codec = FrameCodec.of(table.rows());
    }

    /**
     * What came of it.
     *
     * @param table its name.
     * @param file  what it was filled from.
     * @param rows  that the file has.
     * @param kept  that the table has now: fewer where several had one key.
     */
    record Loaded(String table, Path file, long rows, int kept) {}

    /**
     * Fills one table, which it opens.
     *
     * @param table       to fill.
     * @param file        of JSON lines, {@code .gz} or not.
     * @param maxRowBytes the longest line.
     * @return what came of it.
     * @throws SidecarException with file and line when anything in it is wrong, or when it has no row.
     */
    static Loaded load(final ReferenceTable<?> table, final Path file, final int maxRowBytes) {
        return new TableLoader<>(table, file, maxRowBytes).load();
    }

    private Loaded load() {
        table.open();
        try (InputStream in = open()) {
            for (int length = readLine(in); length >= 0; length = readLine(in)) {
                lineNumber++;
                if (!isBlank(length)) {
                    put(length);
                }
            }
        } catch (final EOFException | ZipException torn) {
            throw new SidecarException(
                    place(lineNumber + 1) + ": the file is torn or no gzip (" + torn.getMessage()
                            + "): get a whole copy of it.",
                    torn);
        } catch (final IOException unreadable) {
            throw new SidecarException(
                    "the table \"" + table.name() + "\" can't be read from " + file + " (" + unreadable.getMessage()
                            + ").",
                    unreadable);
        }
        if (rows == 0) {
            throw new SidecarException("the table \"" + table.name() + "\" would be empty: " + file + " has no row.");
        }
        return new Loaded(table.name(), file, rows, table.size());
    }

    private InputStream open() throws IOException {
        final InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return file.toString().endsWith(".gz")
                ? new BufferedInputStream(new GZIPInputStream(bytes, BUFFER_BYTES), BUFFER_BYTES)
                : bytes;
    }

    /** Reads a line into {@link #line}. @return its length, or -1 at the end. */
    private int readLine(final InputStream in) throws IOException {
        int length = 0;
        int next = in.read();
        if (next < 0) {
            return -1;
        }
        while (next >= 0 && next != '\n') {
            if (length == maxRowBytes) {
                throw new SidecarException(place(lineNumber + 1) + ": the line is longer than " + maxRowBytes
                        + " bytes: shorten it, or raise maxFrameBytes in the profile.");
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) next;
            next = in.read();
        }
        return length;
    }

    private boolean isBlank(final int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] > ' ' || line[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Each row has a frame of its own, of its exact size, since its texts look into it for as long as it lives. */
    private void put(final int length) {
        final R row = codec.newEvent();
        final Frame frame = codec.newFrame(length, length);
        frame.copyFrom(new UnsafeBuffer(line), 0, length, FrameFormat.JSON);
        if (!codec.decode(frame, row)) {
            throw new SidecarException(place(lineNumber) + ": " + frame.fault());
        }
        final String refusal = table.put(row);
        if (refusal != null) {
            throw new SidecarException(place(lineNumber) + ": " + refusal);
        }
        rows++;
    }

    private String place(final long number) {
        return file + ":" + number;
    }
}
