package io.pinion.cluster;

import io.pinion.engine.SectionSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/**
 * Reads a snapshot's sections, and trusts nothing: each chunk's number and checksum, each section's length and hash, and the
 * number of sections have to be right. For one snapshot, by one thread.
 */
final class SnapshotReader implements SectionSource {
    /** Where its messages come from. */
    @FunctionalInterface
    interface Input {
        /** Takes one message. */
        @FunctionalInterface
        interface Handler {
            void onMessage(DirectBuffer buffer, int offset, int length);
        }

        /**
         * Gives the next message.
         *
         * @return false when there is none any more.
         */
        boolean next(Handler handler) throws IOException;
    }

    private final Input input;
    private final byte[] chunk = new byte[SnapshotMessages.MAX_CHUNK_BYTES];
    private final SectionHash hash = new SectionHash();
    private final CRC32C crc = new CRC32C();
    private final List<Long> hashes = new ArrayList<>();
    private final Input.Handler onMessage = this::onMessage;
    private final DataInputStream in = new DataInputStream(new Chunks());

    private short type;
    private int aux;
    private String name;
    private long sectionLength;
    private long sectionHash;
    private String fault;

    private int available;
    private int read;
    private int chunks;
    private long length;
    private boolean isSectionOver;

    SnapshotReader(final Input input) {
        this.input = input;
    }

    @Override
    public void section(final String wanted, final Body body) throws IOException {
        nextMessage();
        if (type != SnapshotMessages.SECTION) {
            throw damaged("it ends before the section \"" + wanted + "\"");
        }
        if (!name.equals(wanted)) {
            throw new IOException("The snapshot has the section \"" + name + "\" where \"" + wanted
                    + "\" should be: it is of another graph.");
        }
        final String section = name;
        beginSection();
        body.read(in, aux);
        if (fill()) {
            throw new IOException("The section \"" + section + "\" of the snapshot has more than what reads it expects:"
                    + " it is of another build.");
        }
    }

    /** Reads all that is left, to the snapshot's end; only looked at. */
    void readToEnd() throws IOException {
        nextMessage();
        while (type == SnapshotMessages.SECTION) {
            beginSection();
            while (fill()) {
                read = available;
            }
            nextMessage();
        }
        requireEnd();
    }

    /** Requires that all sections were read. */
    void end() throws IOException {
        nextMessage();
        requireEnd();
    }

    private void requireEnd() throws IOException {
        if (type == SnapshotMessages.SECTION) {
            throw new IOException("The snapshot has the section \"" + name + "\" at its end: it is of another graph.");
        }
        final long[] all = hashes.stream().mapToLong(Long::longValue).toArray();
        if (type != SnapshotMessages.END || aux != all.length || sectionHash != SectionHash.crcOf(all)) {
            throw damaged("its end is not that of its sections");
        }
    }

    private void beginSection() {
        hash.begin(name, aux);
        available = 0;
        read = 0;
        chunks = 0;
        length = 0;
        isSectionOver = false;
    }

    /** @return false when the section is over. */
    private boolean fill() throws IOException {
        if (read < available) {
            return true;
        }
        if (isSectionOver) {
            return false;
        }
        nextMessage();
        if (type == SnapshotMessages.CHUNK) {
            if (aux != chunks) {
                throw damaged("chunk " + aux + " comes where " + chunks + " should");
            }
            hash.update(chunk, 0, available);
            length += available;
            chunks++;
            read = 0;
            return true;
        }
        if (type != SnapshotMessages.SECTION_END
                || aux != chunks
                || sectionLength != length
                || sectionHash != hash.value()) {
            throw damaged("a section's end is not that of its bytes");
        }
        hashes.add(sectionHash);
        isSectionOver = true;
        return false;
    }

    private void nextMessage() throws IOException {
        type = 0;
        fault = null;
        if (!input.next(onMessage)) {
            throw damaged("it ends too early");
        }
        if (fault != null) {
            throw damaged(fault);
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int messageBytes) {
        if (messageBytes < Long.BYTES || SnapshotMessages.version(buffer, offset) != SnapshotMessages.VERSION) {
            fault = "it has a message that is none of this version";
            return;
        }
        type = SnapshotMessages.type(buffer, offset);
        aux = SnapshotMessages.aux(buffer, offset);
        switch (type) {
            case SnapshotMessages.SECTION -> {
                name = SnapshotMessages.name(buffer, offset, messageBytes);
                fault = name == null ? "the name of a section is cut off" : null;
            }
            case SnapshotMessages.CHUNK -> takeChunk(buffer, offset, messageBytes);
            case SnapshotMessages.SECTION_END -> {
                if (messageBytes == SnapshotMessages.SECTION_END_BYTES) {
                    sectionLength = SnapshotMessages.sectionLength(buffer, offset);
                    sectionHash = SnapshotMessages.sectionHash(buffer, offset);
                } else {
                    fault = "a section's end is cut off";
                }
            }
            case SnapshotMessages.END -> {
                if (messageBytes == SnapshotMessages.END_BYTES) {
                    sectionHash = SnapshotMessages.crcOfHashes(buffer, offset);
                } else {
                    fault = "its end is cut off";
                }
            }
            default -> fault = "it has a message of type " + type;
        }
    }

    private void takeChunk(final DirectBuffer buffer, final int offset, final int messageBytes) {
        final int bytes = messageBytes - SnapshotMessages.CHUNK_HEADER_BYTES;
        if (bytes <= 0 || bytes > chunk.length) {
            fault = "a chunk has " + bytes + " bytes";
            return;
        }
        buffer.getBytes(offset + SnapshotMessages.CHUNK_HEADER_BYTES, chunk, 0, bytes);
        crc.reset();
        crc.update(chunk, 0, bytes);
        if ((int) crc.getValue() != SnapshotMessages.chunkCrc(buffer, offset)) {
            fault = "the checksum of chunk " + aux + " is wrong";
            return;
        }
        available = bytes;
    }

    private static DamagedSnapshotException damaged(final String what) {
        return new DamagedSnapshotException("The snapshot is damaged: " + what + ".");
    }

    /** What a section's body reads. */
    private final class Chunks extends InputStream {
        @Override
        public int read() throws IOException {
            return fill() ? chunk[SnapshotReader.this.read++] & 0xFF : -1;
        }

        @Override
        public int read(final byte[] to, final int offset, final int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            final int taken = Math.min(count, available - read);
            System.arraycopy(chunk, read, to, offset, taken);
            read += taken;
            return taken;
        }
    }
}
