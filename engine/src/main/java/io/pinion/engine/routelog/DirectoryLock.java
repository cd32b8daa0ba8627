package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one writer at a time have a directory. The operating system releases it when the process dies. */
final class DirectoryLock implements AutoCloseable {
    static final String FILE = "lock";

    /**
     * Those of this process. They are looked up before the file is opened: closing any channel to a file releases all of a
     * process's POSIX locks on it, so even an attempt that failed would take the lock from its owner.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(final Path directory, final FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    static DirectoryLock of(final Path existing) throws IOException {
        final Path directory = existing.toRealPath();
        if (!OURS.add(directory)) {
            throw taken(directory, "this process, " + ProcessHandle.current().pid());
        }
        FileChannel channel = null;
        boolean locked = false;
        try {
            final Path file = directory.resolve(FILE);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            final FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(directory, "process " + Files.readString(file).trim());
            }
            locked = true;
            final String pid = ProcessHandle.current().pid() + "\n";
            channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
            return new DirectoryLock(directory, channel);
        } catch (final IOException e) {
            if (locked) {
                // The lock is ours, only its note could not be written, as on a full disk; it is for people.
                return new DirectoryLock(directory, channel);
            }
            abandon(directory, channel);
            throw e;
        } catch (final RuntimeException e) {
            abandon(directory, channel);
            throw e;
        }
    }

    private static void abandon(final Path directory, final FileChannel channel) throws IOException {
        OURS.remove(directory);
        if (channel != null) {
            channel.close();
        }
    }

    private static RouteLogException taken(final Path directory, final String by) {
        return new RouteLogException(
                RouteLogException.Reason.LOCKED,
                "The route log " + directory + " is being written by " + by
                        + "; stop that one, or give this one a directory of its own.");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(directory);
    }
}
