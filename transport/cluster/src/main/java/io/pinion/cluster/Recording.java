package io.pinion.cluster;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.RecordingDescriptorConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What an archive's catalog says of a recording.
 *
 * @param id        of it.
 * @param start     the position of what it still has first.
 * @param stop      where it ends; negative while it is being recorded.
 * @param mtuLength of its packets, in bytes.
 * @param shape     of its segments.
 */
record Recording(long id, long start, long stop, int mtuLength, RecordedSegment.Shape shape) {
    /** One of them; null where the archive has none of that id. */
    static Recording of(final AeronArchive archive, final long id) {
        final Recording[] found = new Recording[1];
        archive.listRecording(id, to(recording -> found[0] = recording));
        return found[0];
    }

    /** All, in the order of their ids. */
    static List<Recording> all(final AeronArchive archive) {
        final List<Recording> all = new ArrayList<>();
        archive.listRecordings(0, Integer.MAX_VALUE, to(all::add));
        return all;
    }

    /** Noted only: while descriptors come, the archive can't be asked for anything else. */
    private static RecordingDescriptorConsumer to(final Consumer<Recording> noted) {
        return (controlSessionId,
                correlationId,
                recordingId,
                startTimestamp,
                stopTimestamp,
                startPosition,
                stopPosition,
                initialTermId,
                segmentFileLength,
                termBufferLength,
                mtuLength,
                sessionId,
                streamId,
                strippedChannel,
                originalChannel,
                sourceIdentity) -> noted.accept(new Recording(
                recordingId,
                startPosition,
                stopPosition,
                mtuLength,
                new RecordedSegment.Shape(segmentFileLength, termBufferLength, initialTermId, streamId)));
    }

    /** The position of the first byte of the segment that has what lies at this position. */
    long segmentOf(final long position) {
        return AeronArchive.segmentFileBasePosition(start, position, shape.termLength(), shape.segmentLength());
    }
}
