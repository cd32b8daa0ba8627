package io.pinion.cluster;

import io.pinion.engine.SectionSink;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Cuts the sections of a snapshot into messages, and hashes each. For one snapshot, by one thread. */
final class SnapshotWriter implements SectionSink {
    /** Where its messages go. */
    @FunctionalInterface
    interface Output {
        /** Nowhere: for who wants the hashes alone. */
        Output NONE = (buffer, offset, length) -> {};

        /** Takes one message whole, or throws. */
        void put(DirectBuffer buffer, int offset, int length) throws IOException;
    }

    private final Output output;
    private final ExpandableArrayBuffer small = new ExpandableArrayBuffer();
    private final byte[] message = new byte[SnapshotMessages.CHUNK_HEADER_BYTES + SnapshotMessages.MAX_CHUNK_BYTES];
    private final UnsafeBuffer messageBuffer = new UnsafeBuffer(message);
    private final CRC32C crc = new CRC32C();
    private final SectionHash hash = new SectionHash();
    private final List<String> names = new ArrayList<>();
    private final List<Long> hashes = new ArrayList<>();
    private final DataOutputStream out = new DataOutputStream(new Chunks());
    private int filled;
    private int chunks;
    private long length;

    SnapshotWriter(final Output output) {
        this.output = output;
    }

    /** Cuts what is written. */
    private final class Chunks extends OutputStream {
        private static final int BEGIN = SnapshotMessages.CHUNK_HEADER_BYTES;

        @Override
        public void write(final int value) throws IOException {
            if (filled == SnapshotMessages.MAX_CHUNK_BYTES) {
                putChunk();
            }
            message[BEGIN + filled++] = (byte) value;
        }

        @Override
        public void write(final byte[] bytes, final int offset, final int count) throws IOException {
            int from = offset;
            int left = count;
            while (left > 0) {
                if (filled == SnapshotMessages.MAX_CHUNK_BYTES) {
                    putChunk();
                }
                final int taken = Math.min(left, SnapshotMessages.MAX_CHUNK_BYTES - filled);
                System.arraycopy(bytes, from, message, BEGIN + filled, taken);
                filled += taken;
                from += taken;
                left -= taken;
            }
        }
    }

    @Override
    public void section(final String name, final int version, final Body body) throws IOException {
        output.put(small, 0, SnapshotMessages.section(small, name, version));
        hash.begin(name, version);
        filled = 0;
        chunks = 0;
        length = 0;
        body.write(out);
        out.flush();
        if (filled > 0) {
            putChunk();
        }
        names.add(name);
        hashes.add(hash.value());
        output.put(small, 0, SnapshotMessages.sectionEnd(small, chunks, length, hash.value()));
    }

    private void putChunk() throws IOException {
        final int begin = SnapshotMessages.CHUNK_HEADER_BYTES;
        hash.update(message, begin, filled);
        crc.reset();
        crc.update(message, begin, filled);
        SnapshotMessages.chunk(messageBuffer, chunks, (int) crc.getValue());
        output.put(messageBuffer, 0, begin + filled);
        chunks++;
        length += filled;
        filled = 0;
    }

    /**
     * Ends the snapshot.
     *
     * @param position of the log that it is of.
     * @return what its sections hash to.
     */
    SectionHashes end(final long position) throws IOException {
        final long[] all = hashes.stream().mapToLong(Long::longValue).toArray();
        output.put(small, 0, SnapshotMessages.end(small, all.length, SectionHash.crcOf(all)));
        return new SectionHashes(position, List.copyOf(names), all);
    }
}
