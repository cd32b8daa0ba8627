package io.pinion.cluster;

import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.cluster.codecs.SnapshotMark;
import io.aeron.cluster.codecs.SnapshotMarkerDecoder;
import io.aeron.logbuffer.Header;
import java.io.IOException;
import java.time.Duration;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The messages of one recorded snapshot, from the first to the last byte of the recording, before anything else runs. A
 * recording whose bytes are not those that were written ends in {@link DamagedSnapshotException}; one that can't be read now
 * in another {@link IOException}. One thread.
 */
final class RecordedMessages implements SnapshotReader.Input, AutoCloseable {
    private static final String CHANNEL = "aeron:ipc?term-length=4m|mtu=8k";
    private static final int STREAM = 2_000;
    private static final long PATIENCE_NS = Duration.ofSeconds(30).toNanos();

    private final AeronArchive archive;
    private final IdleStrategy idle = new BackoffIdleStrategy();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final SnapshotMarkerDecoder marker = new SnapshotMarkerDecoder();
    private final FragmentAssembler assembler = new FragmentAssembler(this::onMessage);
    private final Subscription subscription;
    private final long stopPosition;
    private Image image;
    private Handler handler;
    private boolean isGiven;

    /**
     * Begins to read.
     *
     * @param archive     that has it.
     * @param recordingId of the snapshot.
     */
    RecordedMessages(final AeronArchive archive, final long recordingId) throws IOException {
        this.archive = archive;
        try {
            stopPosition = archive.getStopPosition(recordingId);
            if (stopPosition <= 0) {
                throw new DamagedSnapshotException(
                        "The snapshot is damaged: its recording " + recordingId + " has nothing in it.");
            }
            subscription = archive.replay(recordingId, 0, stopPosition, CHANNEL, STREAM);
        } catch (final ArchiveException unreadable) {
            throw damaged(unreadable);
        }
    }

    private static DamagedSnapshotException damaged(final ArchiveException e) {
        return new DamagedSnapshotException("The snapshot is damaged: " + e.getMessage() + ".");
    }

    /** Passes over what Aeron itself puts before a service's state; all there is, of its own. */
    void skipAeronsPart() throws IOException {
        final boolean[] isOver = new boolean[1];
        while (!isOver[0]) {
            final boolean isThere = next((buffer, offset, length) -> isOver[0] = isEndMarker(buffer, offset, length));
            if (!isThere) {
                throw new DamagedSnapshotException("The snapshot is damaged: it has no end.");
            }
        }
    }

    private boolean isEndMarker(final DirectBuffer buffer, final int offset, final int length) {
        if (length < MessageHeaderDecoder.ENCODED_LENGTH + SnapshotMarkerDecoder.BLOCK_LENGTH) {
            return false;
        }
        header.wrap(buffer, offset);
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
                || header.templateId() != SnapshotMarkerDecoder.TEMPLATE_ID) {
            return false;
        }
        marker.wrap(buffer, offset + MessageHeaderDecoder.ENCODED_LENGTH, header.blockLength(), header.version());
        return marker.mark() == SnapshotMark.END;
    }

    @Override
    public boolean next(final Handler takes) throws IOException {
        handler = takes;
        isGiven = false;
        final long beganNs = System.nanoTime();
        while (!isGiven) {
            final int fragments = poll();
            if (fragments == 0) {
                if (image != null && image.position() >= stopPosition) {
                    return false;
                }
                checkArchive();
                if (System.nanoTime() - beganNs > PATIENCE_NS) {
                    throw new IOException("The archive does not replay the snapshot: nothing came for "
                            + Duration.ofNanos(PATIENCE_NS).toSeconds() + " s.");
                }
            }
            idle.idle(fragments);
        }
        return true;
    }

    private int poll() throws IOException {
        if (image == null) {
            if (subscription.imageCount() == 0) {
                return 0;
            }
            image = subscription.imageAtIndex(0);
        }
        final int fragments = image.poll(assembler, 1);
        if (fragments == 0 && image.isClosed() && image.position() < stopPosition) {
            checkArchive();
            throw new IOException("The replay of the snapshot ended at " + image.position() + " of " + stopPosition
                    + " bytes, and the archive does not say why.");
        }
        return fragments;
    }

    private void checkArchive() throws DamagedSnapshotException {
        try {
            archive.checkForErrorResponse();
        } catch (final ArchiveException torn) {
            throw damaged(torn);
        }
    }

    private void onMessage(final DirectBuffer buffer, final int offset, final int length, final Header ofFragment) {
        isGiven = true;
        handler.onMessage(buffer, offset, length);
    }

    @Override
    public void close() {
        subscription.close();
    }
}
