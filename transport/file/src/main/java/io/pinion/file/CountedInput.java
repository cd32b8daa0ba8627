package io.pinion.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes as they come from the disk, so compressed ones where the file is compressed. One reading thread. */
final class CountedInput extends FilterInputStream {
    private volatile long bytes;

    CountedInput(final InputStream from) {
        super(from);
    }

    /** Bytes read so far. Any thread. */
    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        final int one = in.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(final byte[] to, final int offset, final int length) throws IOException {
        final int read = in.read(to, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(final long n) throws IOException {
        final long skipped = in.skip(n);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void count(final long more) {
        bytes = bytes + more; // only the reading thread writes
    }
}
