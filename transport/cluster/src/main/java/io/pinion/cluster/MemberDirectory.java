package io.pinion.cluster;

import io.pinion.engine.EdgeException;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;

/**
 * What one member has on disk, and that no other process uses it. Files that say that somebody lives there, which a killed
 * process leaves behind, go once the lock is held.
 *
 * <pre>
 *   DIR/lock       held as long as the member lives
 *       archive/   Aeron's: the log and the snapshots, as recordings
 *       cluster/   Aeron's: which recordings those are, votes
 *       routes/    what came out: a route log for each target
 *       files/     what files keep their position by
 * </pre>
 */
final class MemberDirectory implements AutoCloseable {
    private static final String MARK_FILES = "{cluster-mark*.dat,archive-mark.dat}";

    private final Path directory;
    private final FileChannel channel;
    private final FileLock lock;

    private MemberDirectory(final Path directory, final FileChannel channel, final FileLock lock) {
        this.directory = directory;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes a directory, which is made where there is none.
     *
     * @throws EdgeException when another process has it, or it can't be used.
     */
    static MemberDirectory lock(final Path directory) {
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            final FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new EdgeException("The directory " + directory
                        + " is in use by another member: stop it, or give this one a directory of its own.");
            }
            final MemberDirectory locked = new MemberDirectory(directory, channel, lock);
            locked.deleteMarkFiles(locked.cluster());
            locked.deleteMarkFiles(locked.archive());
            return locked;
        } catch (final IOException failed) {
            CloseHelper.quietClose(channel);
            throw new EdgeException(
                    "The member's directory " + directory + " can't be used (" + failed + "): its disk, or its"
                            + " permissions, have to let this process write there.",
                    failed);
        }
    }

    /** That of another member, only to be read; its lock is not taken. */
    static MemberDirectory of(final Path directory) {
        return new MemberDirectory(directory, null, null);
    }

    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException takenByThisProcess) {
            return null;
        }
    }

    private void deleteMarkFiles(final Path in) throws IOException {
        if (!Files.isDirectory(in)) {
            return;
        }
        try (DirectoryStream<Path> marks = Files.newDirectoryStream(in, MARK_FILES)) {
            for (final Path mark : marks) {
                Files.delete(mark);
            }
        }
    }

    Path path() {
        return directory;
    }

    Path archive() {
        return directory.resolve("archive");
    }

    Path cluster() {
        return directory.resolve("cluster");
    }

    Path routes() {
        return directory.resolve("routes");
    }

    File driver() {
        return ClusterMember.driverDirectory(directory);
    }

    /** Gives it back; the last thing a member does. */
    @Override
    public void close() {
        CloseHelper.closeAll(lock, channel);
    }
}
