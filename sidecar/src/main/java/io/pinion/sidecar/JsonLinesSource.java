package io.pinion.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Rows of JSON lines; blank ones are skipped. */
final class JsonLinesSource implements RowSource {
    private static final int INITIAL_LINE_BYTES = 512;

    private final InputStream in;
    private final Path file;
    private final int maxRowBytes;
    private byte[] bytes = new byte[INITIAL_LINE_BYTES];
    private int length;
    private long line;

    JsonLinesSource(final InputStream in, final Path file, final int maxRowBytes) {
        this.in = in;
        this.file = file;
        this.maxRowBytes = maxRowBytes;
    }

    @Override
    public boolean next() throws IOException {
        while (readLine()) {
            line++;
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean readLine() throws IOException {
        length = 0;
        int next = in.read();
        if (next < 0) {
            return false;
        }
        while (next >= 0 && next != '\n') {
            if (length == maxRowBytes) {
                throw TableFile.tooLong(file, line + 1, maxRowBytes);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = (byte) next;
            next = in.read();
        }
        return true;
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int lengthBytes() {
        return length;
    }

    @Override
    public long line() {
        return line;
    }
}
