package io.pinion.file;

import io.pinion.engine.SequencedTarget;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * A file of JSON lines that knows which outputs of which log it holds, and goes on behind them after any crash: each once, in
 * order. Beside it lies its mark, {@code FILE.position}. Used by one thread; {@link #whyWaiting()} may be called on any.
 */
public final class SequencedFile implements SequencedTarget {
    /**
     * Opens the file, cuts off what its mark does not cover, and goes on there.
     *
     * @param file          where to; directories that are missing are made.
     * @param maxFrameBytes the longest frame it takes.
     * @param isForced      whether lines are on disk before they are settled, so that they survive a loss of power.
     * @throws io.pinion.engine.EdgeException when it can't be opened, is shorter than its mark says, or has lines and no mark.
     */
    public SequencedFile(final Path file, final int maxFrameBytes, final boolean isForced) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long next(final long logId, final long firstKept) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean offer(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long settled() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int doWork() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isLeadersOnly() {
        return false;
    }

    @Override
    public int maxFrameBytes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
