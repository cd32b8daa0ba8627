package io.pinion.cluster;

import java.nio.file.Path;

/**
 * Where a consumer keeps how far it has come. One that keeps it with its own work, in one transaction, sees each output once
 * whatever happens. Used by the consumer's thread.
 */
public interface ConsumerPositions extends AutoCloseable {
    /**
     * Whose outputs were seen last.
     *
     * @return the log's id; 0 while none was.
     */
    long logId();

    /**
     * The sequence it expects next.
     *
     * @return 1 while nothing was seen.
     */
    long next();

    /**
     * Keeps that all before a sequence was seen. Called after the handler returned, for several outputs at once.
     *
     * @param logId of the log.
     * @param next  the sequence expected next there.
     */
    void store(long logId, long next);

    @Override
    void close();

    /**
     * In a file, which survives the death of the process. An output whose handler returned just before the death may be seen
     * again.
     *
     * @param file made where it is missing.
     * @return positions for one consumer.
     * @throws io.pinion.engine.EdgeException when it can't be opened, or is another kind of file.
     */
    static ConsumerPositions inFile(final Path file) {
        return new FilePositions(file);
    }

    /**
     * In memory only: a consumer that starts again sees all that is kept.
     *
     * @return positions for one consumer.
     */
    static ConsumerPositions inMemory() {
        return new MemoryPositions();
    }
}
