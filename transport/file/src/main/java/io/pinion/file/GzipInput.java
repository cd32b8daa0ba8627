package io.pinion.file;

import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unzips a file of one or more gzip members. The JDK's stream takes whatever follows a member and is not one for the
 * end; here it is an error, since what was lost there may have been events.
 */
final class GzipInput extends GZIPInputStream {
    private static final int TRAILER_BYTES = 8;

    private final CountedInput compressed;
    private final long totalBytes;
    private long filledTo;

    GzipInput(final CountedInput compressed, final long totalBytes, final int bufferBytes) throws IOException {
        super(compressed, bufferBytes);
        this.compressed = compressed;
        this.totalBytes = totalBytes;
    }

    @Override
    protected void fill() throws IOException {
        super.fill();
        filledTo = compressed.bytes();
    }

    @Override
    public int read(final byte[] to, final int offset, final int length) throws IOException {
        final int read = super.read(to, offset, length);
        if (read < 0) {
            final long end = filledTo - inf.getRemaining() + TRAILER_BYTES;
            if (end < totalBytes) {
                throw new ZipException("what follows the compressed byte " + end + " is not gzip");
            }
        }
        return read;
    }
}
