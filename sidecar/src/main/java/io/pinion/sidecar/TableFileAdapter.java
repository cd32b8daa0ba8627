package io.pinion.sidecar;

import io.pinion.engine.EdgeException;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.ReferenceTable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The rows of a file for the swap of a table: a thread of its own reads and checks them, and the ingress takes them from a
 * bounded queue, so that it never waits for a disk.
 *
 * <pre>
 *   file ─▶ reader thread ─▶ [queue] ─▶ poll
 * </pre>
 */
final class TableFileAdapter<R> implements IngressAdapter {
    private static final int ROW = 1;
    private static final int LEAST_QUEUE_BYTES = 1 << 18;
    /** A message of Agrona's ring buffer has an eighth of it at most. */
    private static final int ROWS_IN_QUEUE = 16;

    private static final long PAUSE_NS = 100_000;

    private final ReferenceTable<R> table;
    private final Path file;
    private final int maxRowBytes;
    private final OneToOneRingBuffer queue;
    private FrameHandler handler;
    private final ControlledMessageHandler onMessage =
            (type, buffer, offset, length) -> handler.onFrame(buffer, offset, length, 0)
                    ? ControlledMessageHandler.Action.CONTINUE
                    : ControlledMessageHandler.Action.ABORT;
    private volatile boolean closed;
    private String failure;
    /** Written by the reader when all else is. */
    private volatile boolean isRead;

    private TableFileAdapter(final ReferenceTable<R> table, final Path file, final int maxRowBytes) {
        this.table = table;
        this.file = file;
        this.maxRowBytes = maxRowBytes;
        final int queueBytes = BitUtil.findNextPositivePowerOfTwo(
                Math.max(LEAST_QUEUE_BYTES, (int) Math.min(1 << 29, ROWS_IN_QUEUE * (long) maxRowBytes)));
        queue = new OneToOneRingBuffer(
                new UnsafeBuffer(ByteBuffer.allocateDirect(queueBytes + RingBufferDescriptor.TRAILER_LENGTH)));
    }

    /**
     * Begins to read.
     *
     * @param table       whose rows they are.
     * @param file        see {@link TableFile}.
     * @param maxRowBytes the longest row.
     */
    static <R> TableFileAdapter<R> start(final ReferenceTable<R> table, final Path file, final int maxRowBytes) {
        final TableFileAdapter<R> adapter = new TableFileAdapter<>(table, file, maxRowBytes);
        final Thread reader = new Thread(adapter::read, "table-reader-" + table.name());
        reader.setDaemon(true);
        reader.start();
        return adapter;
    }

    private void read() {
        try (TableFile<R> rows = new TableFile<>(table, file, maxRowBytes)) {
            final ReferenceTable.Check<R> check = table.newFileCheck();
            final R row = rows.newRow();
            while (!closed && rows.next(row)) {
                final String refusal = check.refusal(row);
                if (refusal != null) {
                    throw rows.refused(refusal);
                }
                offer(rows);
            }
        } catch (final SidecarException wrong) {
            failure = wrong.getMessage();
        } catch (final RuntimeException broken) { // of the table's own functions
            failure = file + ": " + broken;
        } finally {
            isRead = true;
        }
    }

    private void offer(final TableFile<R> rows) {
        while (!closed
                && !queue.write(ROW, rows.frame().buffer(), 0, rows.frame().lengthBytes())) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    @Override
    public int poll(final FrameHandler takes, final int limit) {
        final boolean wasRead = isRead;
        handler = takes;
        final int rows = queue.controlledRead(onMessage, limit);
        if (wasRead && failure != null && queue.size() == 0) {
            throw new EdgeException(failure);
        }
        return rows;
    }

    @Override
    public boolean isAtEnd() {
        return isRead && failure == null && queue.size() == 0;
    }

    @Override
    public void close() {
        closed = true;
    }
}
