package io.pinion.engine;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/** All counters of one processor, in one buffer, each on cache lines of its own and with a label. */
final class Counters {
    /** More than 64 targets and a hundred stages need. */
    private static final int MAX_COUNTERS = 2_048;

    private final CountersManager manager = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_COUNTERS * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_COUNTERS * CountersReader.COUNTER_LENGTH)));

    Counter newCounter(final String label) {
        return new Counter(manager.newCounter(label));
    }
}
