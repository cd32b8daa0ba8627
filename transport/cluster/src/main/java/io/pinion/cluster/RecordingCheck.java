package io.pinion.cluster;

import io.aeron.archive.client.AeronArchive;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the files of a recording in one pass, before anybody replays it: a replay of Aeron's that meets a bit which has changed
 * on the disk fails, and is begun again and again, or stands still, where the bit is one of a fragment's length or type. One
 * thread.
 */
final class RecordingCheck {
    private final AeronArchive archive;
    private final Path directory;

    /**
     * Makes it.
     *
     * @param archive   that has the recordings.
     * @param directory where their files lie.
     */
    RecordingCheck(final AeronArchive archive, final Path directory) {
        this.archive = archive;
        this.directory = directory;
    }

    /**
     * Where a recording is not as it was written.
     *
     * @param recordingId of it.
     * @param file        that is damaged, or not there.
     * @param position    of the first fragment that is.
     */
    record Damage(long recordingId, Path file, long position) {}

    /**
     * Reads one that is not being recorded.
     *
     * @param from the position of a fragment; what lies before it is not read.
     * @return the first damage; null where there is none.
     */
    Damage find(final long recordingId, final long from) throws IOException {
        final Recording recording = Recording.of(archive, recordingId);
        if (recording == null) {
            return null; // the archive says so to who replays it
        }
        try (RecordedSegment segment = new RecordedSegment(recording.shape())) {
            long position = Math.max(from, recording.start());
            while (position < recording.stop()) {
                final long base = recording.segmentOf(position);
                final Path file = directory.resolve(recordingId + "-" + base + ".rec");
                final int end = (int)
                        Math.min(recording.stop() - base, recording.shape().segmentLength());
                read(segment, file, base);
                final int whole = wholeUpTo(segment, (int) (position - base), end);
                if (whole < end) {
                    return new Damage(recordingId, file, base + whole);
                }
                position = base + end;
            }
            return null;
        }
    }

    private static void read(final RecordedSegment segment, final Path file, final long base) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            segment.read(channel, base);
        } catch (final NoSuchFileException missing) {
            segment.empty();
        } catch (final IOException unreadable) {
            throw new IOException("The file " + file + " can't be read (" + unreadable + ").", unreadable);
        }
    }

    /** Where in a segment the first fragment begins that is not whole; its end where all are. */
    private static int wholeUpTo(final RecordedSegment segment, final int from, final int end) {
        int at = from;
        while (at < end) {
            final int next = segment.endOfWhole(at);
            if (next == RecordedSegment.NONE || next > end) {
                return at;
            }
            at = next;
        }
        return at;
    }
}
