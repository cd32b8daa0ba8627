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
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The file of a table: JSON lines, or CSV with a header where it is named {@code .csv}, and gzipped where its name ends in
 * {@code .gz}; its rows are read as strictly as events are. What is wrong is told with its line. One thread.
 */
final class TableFile<R> implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ReferenceTable<R> table;
    private final Path file;
    private final Codec<R> codec;
    private final Frame frame;
    private final UnsafeBuffer row = new UnsafeBuffer(new byte[0]);
    private final InputStream in;
    private final RowSource source;
    private long rows;

    /**
     * Opens it.
     *
     * @param table       whose rows it has.
     * @param file        that has them.
     * @param maxRowBytes the longest row.
     * @throws SidecarException when it can't be read.
     */
    TableFile(final ReferenceTable<R> table, final Path file, final int maxRowBytes) {
        this.table = table;
        this.file = file;
        codec = FrameCodec.of(table.rows());
        frame = codec.newFrame(512, maxRowBytes);
        InputStream opened = null;
        try {
            opened = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
            final String name = file.toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".gz")) {
                opened = new BufferedInputStream(new GZIPInputStream(opened, BUFFER_BYTES), BUFFER_BYTES);
            }
            in = opened;
            source = name.endsWith(".csv") || name.endsWith(".csv.gz")
                    ? new CsvSource(
                            in,
                            file,
                            maxRowBytes,
                            new RowFields(table.rows().get().getClass()))
                    : new JsonLinesSource(in, file, maxRowBytes);
        } catch (final IOException unreadable) {
            CloseHelper.quietClose(opened);
            throw explained(unreadable, 1);
        }
    }

    R newRow() {
        return codec.newEvent();
    }

    /**
     * Reads the next row.
     *
     * @param to set from it; it looks into nothing of the file's.
     * @return false at the end.
     * @throws SidecarException with the line, when anything is wrong with it, or when there was no row at all.
     */
    boolean next(final R to) {
        try {
            if (!source.next()) {
                requireRows();
                return false;
            }
        } catch (final IOException unreadable) {
            throw explained(unreadable, source.line() + 1);
        }
        row.wrap(source.bytes(), 0, source.lengthBytes());
        frame.copyFrom(row, 0, source.lengthBytes(), FrameFormat.JSON);
        if (!codec.decode(frame, to)) {
            throw refused(frame.fault());
        }
        codec.detach(to);
        rows++;
        return true;
    }

    private void requireRows() {
        if (rows == 0) {
            throw new SidecarException("the table \"" + table.name() + "\" would be empty: " + file + " has no row.");
        }
    }

    /** The last row as it was read: a JSON object. */
    Frame frame() {
        return frame;
    }

    long rows() {
        return rows;
    }

    /** The last row is wrong, for this reason. */
    SidecarException refused(final String why) {
        return new SidecarException(file + ":" + source.line() + ": " + why);
    }

    static SidecarException tooLong(final Path file, final long line, final int maxRowBytes) {
        return new SidecarException(file + ":" + line + ": the line is longer than " + maxRowBytes
                + " bytes: shorten it, or raise maxFrameBytes in the profile.");
    }

    private SidecarException explained(final IOException unreadable, final long line) {
        return unreadable instanceof EOFException || unreadable instanceof ZipException
                ? new SidecarException(
                        file + ":" + line + ": the file is torn or no gzip (" + unreadable.getMessage()
                                + "): get a whole copy of it.",
                        unreadable)
                : new SidecarException(
                        "the table \"" + table.name() + "\" can't be read from " + file + " (" + unreadable.getMessage()
                                + ").",
                        unreadable);
    }

    @Override
    public void close() {
        CloseHelper.quietClose(in);
    }
}
