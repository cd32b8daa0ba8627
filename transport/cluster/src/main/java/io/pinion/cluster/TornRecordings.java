package io.pinion.cluster;

import static io.aeron.logbuffer.FrameDescriptor.FRAME_ALIGNMENT;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.codecs.CatalogHeaderDecoder;
import io.aeron.archive.codecs.RecordingDescriptorDecoder;
import io.aeron.archive.codecs.RecordingDescriptorEncoder;
import io.aeron.archive.codecs.RecordingDescriptorHeaderDecoder;
import io.aeron.archive.codecs.RecordingState;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.agrona.BitUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Finds where the recordings of a member end whose process died, before its archive begins: behind the last fragment that has
 * a right checksum. What a full disk, or a kill in the middle of a write, has left behind that is cut off. Aeron's archive
 * looks at the last fragment too, but refuses to begin with some that are torn, and takes others for whole: those are met
 * when the log is read again, which then never ends.
 *
 * <pre>
 *   recording  ──┬──────────┬──────────┬─────┄┄┄┄┐
 *                │ fragment │ fragment │ torn    │ 0 0 0 …
 *                └──────────┴──────────┴─────┄┄┄┄┘
 *                                      ▲ recorded position: nothing behind it was ever told to anybody
 * </pre>
 *
 * <p>Nothing that was acknowledged is cut. As Aeron 1.51 has it, {@code RecordingSession} moves the recorded position only
 * after {@code RecordingWriter} has written a whole block, and a block that fails ends the recording; a member tells the
 * leader that position as what it has appended, and commits and acknowledges up to what a majority has. So what is torn lies
 * behind all that this member ever counted for: alone, it was not acknowledged; one of several, it was by the others, or not
 * at all, and comes back from the leader. A snapshot is listed after its recordings were complete, so one that is torn is none
 * that would be used. Route logs are no part of it: they are written in place, in segments that got their room before, and
 * have what was taken in of messages that were committed.
 *
 * <p>For any archive that records with CRC-32C; made and used by one thread.
 */
public final class TornRecordings {
    private static final String CATALOG = "archive.catalog";
    private static final int DESCRIPTOR_OFFSET = RecordingDescriptorHeaderDecoder.BLOCK_LENGTH;

    private final Path archive;
    private final Consumer<String> tell;
    private final RecordingDescriptorHeaderDecoder header = new RecordingDescriptorHeaderDecoder();
    private final RecordingDescriptorDecoder recording = new RecordingDescriptorDecoder();
    private final RecordingDescriptorEncoder concluded = new RecordingDescriptorEncoder();

    /**
     * Makes it.
     *
     * @param archive its directory, which the caller has locked, and no archive uses.
     * @param tell    for what is cut off.
     */
    public TornRecordings(final Path archive, final Consumer<String> tell) {
        this.archive = archive;
        this.tell = tell;
    }

    /**
     * Looks at each recording's end once; where all are whole, changes nothing but the recorded stop of those that had none.
     *
     * @throws EdgeException when a file can't be read, or written.
     */
    public void cutOff() {
        final Path catalog = archive.resolve(CATALOG);
        if (!Files.exists(catalog)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(catalog, READ, WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            try {
                cutOffAll(new UnsafeBuffer(mapped));
            } finally {
                IoUtil.unmap(mapped);
            }
        } catch (final IOException unusable) {
            throw new EdgeException(
                    "The recordings in " + archive + " can't be looked through: " + unusable + ".", unusable);
        }
    }

    private void cutOffAll(final UnsafeBuffer catalog) throws IOException {
        if (catalog.capacity() < CatalogHeaderDecoder.BLOCK_LENGTH) {
            return; // the archive says what that is
        }
        final int alignment = new CatalogHeaderDecoder()
                .wrap(catalog, 0, CatalogHeaderDecoder.BLOCK_LENGTH, CatalogHeaderDecoder.SCHEMA_VERSION)
                .alignment();
        int offset = CatalogHeaderDecoder.BLOCK_LENGTH;
        while (alignment > 0
                && offset + DESCRIPTOR_OFFSET + RecordingDescriptorDecoder.BLOCK_LENGTH < catalog.capacity()) {
            header.wrap(
                    catalog,
                    offset,
                    RecordingDescriptorHeaderDecoder.BLOCK_LENGTH,
                    RecordingDescriptorHeaderDecoder.SCHEMA_VERSION);
            if (header.length() <= 0) {
                return;
            }
            if (header.state() == RecordingState.VALID) {
                final int at = offset + DESCRIPTOR_OFFSET;
                recording.wrap(
                        catalog,
                        at,
                        RecordingDescriptorDecoder.BLOCK_LENGTH,
                        RecordingDescriptorDecoder.SCHEMA_VERSION);
                conclude(concluded.wrap(catalog, at));
            }
            offset += BitUtil.align(DESCRIPTOR_OFFSET + header.length(), alignment);
        }
    }

    private void conclude(final RecordingDescriptorEncoder descriptor) throws IOException {
        final boolean isOpen = recording.stopPosition() == AeronArchive.NULL_POSITION;
        final long base = isOpen
                ? lastSegment()
                : AeronArchive.segmentFileBasePosition(
                        recording.startPosition(),
                        recording.stopPosition(),
                        recording.termBufferLength(),
                        recording.segmentFileLength());
        final Path file = archive.resolve(recording.recordingId() + "-" + base + ".rec");
        if (base == AeronArchive.NULL_POSITION || !Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            final int end;
            final boolean isMoreBehind;
            try (RecordedSegment segment = new RecordedSegment(shape())) {
                segment.read(channel, base);
                end = isOpen ? endOf(segment, firstOffset(base)) : (int) (recording.stopPosition() - base);
                isMoreBehind = segment.hasMore(end);
            }
            if (isMoreBehind) {
                channel.truncate(end);
                channel.write(ByteBuffer.allocate(1), recording.segmentFileLength() - 1);
                tell.accept("Recording " + recording.recordingId() + " in " + archive + " is cut off at position "
                        + (base + end)
                        + ": behind it was a fragment that was not written whole, as when a disk is full;"
                        + " nothing in it was acknowledged.");
            }
            if (isOpen) {
                descriptor.stopPosition(base + end).stopTimestamp(System.currentTimeMillis());
            }
        }
    }

    private RecordedSegment.Shape shape() {
        return new RecordedSegment.Shape(
                recording.segmentFileLength(),
                recording.termBufferLength(),
                recording.initialTermId(),
                recording.streamId());
    }

    /** The position of the last segment of the recording; none where it has no file. */
    private long lastSegment() throws IOException {
        final String prefix = recording.recordingId() + "-";
        long last = AeronArchive.NULL_POSITION;
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(archive, prefix + "*.rec")) {
            for (final Path segment : segments) {
                final String name = segment.getFileName().toString();
                last = Math.max(last, Long.parseLong(name.substring(prefix.length(), name.length() - ".rec".length())));
            }
        }
        return last;
    }

    /** Where the first fragment of a segment may begin: in the first one of a recording, within it. */
    private int firstOffset(final long base) {
        final int startOffset = (int) (recording.startPosition() & recording.termBufferLength() - 1);
        return base == recording.startPosition() - startOffset ? startOffset : 0;
    }

    /**
     * Behind the last fragment in a segment that was written whole. One that is not, and has whole ones behind it, was
     * damaged later: it is kept with them, whatever part of it was hit, for who reads it to tell.
     */
    private static int endOf(final RecordedSegment segment, final int from) {
        int end = from;
        int at = from;
        while (at < segment.length()) {
            final int next = segment.endOfWhole(at);
            if (next != RecordedSegment.NONE) {
                end = next;
                at = next;
            } else if (at == end && segment.isUnused(at)) {
                return end;
            } else {
                at += FRAME_ALIGNMENT; // a length that is damaged leads nowhere
            }
        }
        return end;
    }
}
