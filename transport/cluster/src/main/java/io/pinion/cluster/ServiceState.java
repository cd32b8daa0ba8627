package io.pinion.cluster;

import io.pinion.engine.Replica;
import java.io.IOException;

/**
 * The state of a service as a snapshot has it: what is known of the log, its producers and tables, and the
 * engine's. One thread.
 */
final class ServiceState {
    private final Admission admission;
    private final Replica<?> replica;
    private final boolean isForced;

    /**
     * Makes it.
     *
     * @param admission its half.
     * @param replica   its other half.
     * @param isForced  whether route logs are on disk before a snapshot counts.
     */
    ServiceState(final Admission admission, final Replica<?> replica, final boolean isForced) {
        this.admission = admission;
        this.replica = replica;
        this.isForced = isForced;
    }

    /** Writes a snapshot; nothing may be under way. @return what its sections hash to. */
    SectionHashes save(final SnapshotWriter.Output output, final long position) throws IOException {
        if (isForced) {
            replica.force();
        }
        return write(output, position);
    }

    /** What a snapshot of this moment would hash to. */
    SectionHashes hashes(final long position) throws IOException {
        return write(SnapshotWriter.Output.NONE, position);
    }

    private SectionHashes write(final SnapshotWriter.Output output, final long position) throws IOException {
        final SnapshotWriter writer = new SnapshotWriter(output);
        admission.save(writer, position);
        replica.save(writer);
        return writer.end(position);
    }

    /** Reads a snapshot into a state that is new. */
    void restore(final SnapshotReader.Input input) throws IOException {
        final SnapshotReader reader = new SnapshotReader(input);
        admission.restore(reader);
        replica.restore(reader);
        reader.end();
    }
}
