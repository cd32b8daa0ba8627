package io.pinion.cluster;

/** A consumer's position that ends with its process. */
final class MemoryPositions implements ConsumerPositions {
    private long logId;
    private long next = 1;

    @Override
    public long logId() {
        return logId;
    }

    @Override
    public long next() {
        return next;
    }

    @Override
    public void store(final long newLogId, final long newNext) {
        logId = newLogId;
        next = newNext;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
