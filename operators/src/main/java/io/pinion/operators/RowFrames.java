package io.pinion.operators;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Slot;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;

/** The rows of a table as frames: as slots carry them, and as they are saved. For one replica, on its thread. */
final class RowFrames<R> {
    private static final int MAX_ROW_BYTES = 1 << 30;
    private static final UnsafeBuffer NOTHING_SET = new UnsafeBuffer(new byte[] {'{', '}'});

    private final String table;
    private final Codec<R> codec;
    private final Frame frame;
    private final Frame noFrame;

    RowFrames(final String table, final Codec<R> codec) {
        this.table = table;
        this.codec = codec;
        frame = codec.newFrame(512, MAX_ROW_BYTES);
        noFrame = codec.newFrame(0, 0);
    }

    R newRow() {
        return codec.newEvent();
    }

    R copyOf(final R row) {
        final R copy = codec.newEvent();
        codec.encode(noFrame, row, frame, FrameFormat.WIRE);
        decode(copy);
        return copy;
    }

    /** Sets a row as if nothing had been set. */
    void clear(final R row) {
        frame.copyFrom(NOTHING_SET, 0, NOTHING_SET.capacity(), FrameFormat.JSON);
        decode(row);
    }

    private void decode(final R row) {
        if (!codec.decode(frame, row)) {
            throw new IllegalStateException(
                    "A row of the table \"" + table + "\" can't be read back: " + frame.fault() + ".");
        }
        codec.detach(row);
    }

    /** Reads a slot's row. @return false when it is none. */
    boolean read(final Slot<?> slot, final R row) {
        if (!slot.readRow(codec, frame, row)) {
            return false;
        }
        codec.detach(row);
        return true;
    }

    /** Its texts look into nothing that changes. */
    void detach(final R row) {
        codec.detach(row);
    }

    void save(final R row, final DataOutput out) throws IOException {
        codec.encode(noFrame, row, frame, FrameFormat.WIRE);
        out.writeInt(frame.lengthBytes());
        out.write(frame.array(), 0, frame.lengthBytes());
    }

    /** Reads what was saved. @return false when it is no row. */
    boolean restore(final DataInput in, final R row) throws IOException {
        final int lengthBytes = in.readInt();
        if (lengthBytes < 0 || lengthBytes > MAX_ROW_BYTES) {
            throw new IOException("The saved table \"" + table + "\" has a row of " + lengthBytes
                    + " bytes: it is not what was saved.");
        }
        frame.clear(FrameFormat.WIRE);
        frame.ensureCapacity(lengthBytes);
        in.readFully(frame.array(), 0, lengthBytes);
        frame.lengthBytes(lengthBytes);
        final boolean isRow = codec.decode(frame, row);
        if (isRow) {
            codec.detach(row);
        }
        return isRow;
    }
}
