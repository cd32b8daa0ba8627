package io.pinion.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The first section of a snapshot: of which log it is, and from where.
 *
 * @param logId     of the log; 0 where its first message has not come yet.
 * @param genesis   what that message said; null where it has not come yet.
 * @param logTimeUs the highest time so far, in microseconds since 1970.
 * @param position  of the log.
 */
record LogHead(long logId, Genesis genesis, long logTimeUs, long position) {
    static final String SECTION = "log";
    static final int VERSION = 1;

    private static final int MAX_TEXT_BYTES = 1 << 20;

    void write(final DataOutput out) throws IOException {
        out.writeLong(logId);
        out.writeLong(logTimeUs);
        out.writeLong(position);
        if (logId != 0) {
            out.writeInt(genesis.revision());
            writeText(out, genesis.graph());
            writeText(out, genesis.settings());
        }
    }

    static LogHead read(final DataInput in, final int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("The snapshot's section \"" + SECTION + "\" is of version " + version
                    + ", and this build reads version " + VERSION + ".");
        }
        final long logId = in.readLong();
        final long logTimeUs = in.readLong();
        final long position = in.readLong();
        final Genesis genesis = logId == 0 ? null : new Genesis(in.readInt(), readText(in), readText(in));
        return new LogHead(logId, genesis, logTimeUs, position);
    }

    private static void writeText(final DataOutput out, final String text) throws IOException {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(final DataInput in) throws IOException {
        final int length = in.readInt();
        if (length < 0 || length > MAX_TEXT_BYTES) {
            throw new IOException("The snapshot has a text of " + length + " bytes: it is not what was saved.");
        }
        final byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
