package io.pinion.cluster;

import io.aeron.Publication;
import java.io.IOException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** Puts a snapshot's messages into the recording that the cluster has begun for it; waits where it has to. */
final class PublicationOutput implements SnapshotWriter.Output {
    private final Offer recording;
    private final IdleStrategy idle;

    PublicationOutput(final Offer recording, final IdleStrategy idle) {
        this.recording = recording;
        this.idle = idle;
    }

    @Override
    public void put(final DirectBuffer buffer, final int offset, final int length) throws IOException {
        idle.reset();
        while (true) {
            final long result = recording.offer(buffer, offset, length);
            if (result >= 0) {
                return;
            }
            if (result != Publication.BACK_PRESSURED && result != Publication.ADMIN_ACTION) {
                throw new IOException("The recording of the snapshot has ended (" + Publication.errorString(result)
                        + "): see whether the archive's disk is full.");
            }
            idle.idle(); // may throw, to end this thread
        }
    }
}
