package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.ExclusivePublication;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.status.RecordingPos;
import io.pinion.engine.EdgeException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.status.CountersReader;

/**
 * The recordings of a member that is being seeded: its archive begins with the catalog of another one. One thread.
 *
 * <p>Without a recording of the log, a member forgets at each start what it had of it until a new term begins, and can't take
 * a snapshot: so it gets one, as if its own had ended and been purged where the snapshot was taken.
 */
final class SeedRecordings {
    private static final long PATIENCE_NS = Duration.ofSeconds(30).toNanos();

    private final AeronArchive archive;
    private final List<Recording> all;

    /**
     * Makes it.
     *
     * @param archive of the member that is being seeded.
     */
    SeedRecordings(final AeronArchive archive) {
        this.archive = archive;
        all = Recording.all(archive);
    }

    /** Forgets those whose files did not come along. */
    void forget(final LongPredicate which) {
        all.stream().mapToLong(Recording::id).filter(which).forEach(archive::purgeRecording);
    }

    /**
     * A recording that goes on with another one, and has nothing yet.
     *
     * @param log      the other one's id, here or forgotten.
     * @param position where it begins, and ends.
     * @return its id.
     */
    long emptyLike(final long log, final long position) {
        final Recording like = all.stream()
                .filter(recording -> recording.id() == log)
                .findAny()
                .orElseThrow(() -> new EdgeException("The other member's archive has no recording " + log
                        + ", which should be its log: see to that member, or seed from another one."));
        final String channel = new ChannelUriStringBuilder()
                .media("ipc")
                .initialPosition(
                        position, like.shape().initialTermId(), like.shape().termLength())
                .mtu(like.mtuLength())
                .build();
        try (ExclusivePublication nothing =
                archive.addRecordedExclusivePublication(channel, like.shape().streamId())) {
            final CountersReader counters = archive.context().aeron().countersReader();
            final int[] counter = new int[1];
            await(() -> {
                counter[0] = RecordingPos.findCounterIdBySession(counters, nothing.sessionId(), archive.archiveId());
                return counter[0] != CountersReader.NULL_COUNTER_ID;
            });
            final long recordingId = RecordingPos.getRecordingId(counters, counter[0]);
            archive.stopRecording(nothing);
            await(() -> archive.getStopPosition(recordingId) != Aeron.NULL_VALUE);
            return recordingId;
        }
    }

    private static void await(final BooleanSupplier condition) {
        final IdleStrategy idle = new BackoffIdleStrategy();
        final long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - beganNs > PATIENCE_NS) {
                throw new EdgeException("The archive does not record: nothing came of it for "
                        + Duration.ofNanos(PATIENCE_NS).toSeconds() + " s.");
            }
            idle.idle();
        }
    }
}
