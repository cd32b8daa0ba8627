package io.pinion.aeron;

import io.aeron.CncFileDescriptor;
import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.IoUtil;

/**
 * Where a driver keeps its buffers: in memory where the system has such a place. One of our own is named with the
 * process id, removed on close, and when its process was killed, by the next one that starts.
 */
record DriverDirectory(Path path, boolean isOwn) {
    private static final String PREFIX = "pinion-";
    private static final long MIB = 1024 * 1024;
    /** What a driver takes for itself: commands, counters, errors. */
    private static final long NEEDED_BYTES = 12 * MIB;

    private static final AtomicInteger NEXT = new AtomicInteger();

    static DriverDirectory own(final AeronOptions options) {
        final Path parent = parent();
        removeLeftBehind(parent, options);
        final String name = PREFIX + ProcessHandle.current().pid() + "-" + NEXT.getAndIncrement();
        return new DriverDirectory(parent.resolve(name), true);
    }

    /** One that was named to us: a driver removes what is in it, so it must be empty or an old driver's. */
    static DriverDirectory given(final Path directory) {
        if (Files.exists(directory)
                && !Files.exists(directory.resolve(CncFileDescriptor.CNC_FILE))
                && !isEmptyDirectory(directory)) {
            throw new EdgeException(directory + " is no media driver's directory and is not empty: name one that is"
                    + " empty, is not there yet, or was left by a media driver.");
        }
        return new DriverDirectory(directory, false);
    }

    static DriverDirectory foreign(final Path directory) {
        return new DriverDirectory(directory, false);
    }

    private static boolean isEmptyDirectory(final Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        } catch (final IOException e) {
            throw new EdgeException("Can't read " + directory + ": name a directory that this user may use.", e);
        }
    }

    private static Path parent() {
        final Path memory = Path.of("/dev/shm");
        return Files.isDirectory(memory) && Files.isWritable(memory)
                ? memory
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static void removeLeftBehind(final Path parent, final AeronOptions options) {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "[0-9]*-[0-9]*")) {
            for (final Path candidate : candidates) {
                if (isLeftBehind(candidate, options)) {
                    IoUtil.delete(candidate.toFile(), true);
                }
            }
        } catch (final IOException | UncheckedIOException e) {
            // What can't be listed or removed is another user's, and no reason not to start.
            return;
        }
    }

    /** A process id alone does not tell: one in another container is not seen from here, and its driver is alive. */
    private static boolean isLeftBehind(final Path candidate, final AeronOptions options) {
        final String[] parts = candidate.getFileName().toString().split("-");
        final boolean isOfAnotherProcess = parts.length == 3
                && parts[1].chars().allMatch(Character::isDigit)
                && parts[1].length() < Long.toString(Long.MAX_VALUE).length()
                && ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
        return isOfAnotherProcess && !AeronDriver.isActive(candidate, options.driverTimeout());
    }

    /**
     * Checks the room beforehand, for a driver would find out by a fault in memory, which the Java machine reports late
     * and anywhere. A driver that was here before has the room already.
     */
    void checkRoom() {
        Path there = path.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        try {
            final long free = Files.getFileStore(there).getUsableSpace();
            if (free < NEEDED_BYTES && !Files.exists(path.resolve(CncFileDescriptor.CNC_FILE))) {
                throw new EdgeException("There is no room for a media driver in " + path + ": it takes "
                        + NEEDED_BYTES / MIB + " MiB and then its buffers, and " + free / MIB
                        + " MiB are free; make that larger, or name another directory.");
            }
        } catch (final IOException e) {
            throw new EdgeException("Can't see how much room there is in " + there + ": name another directory.", e);
        }
    }

    void deleteIfOwn() {
        if (isOwn) {
            IoUtil.delete(path.toFile(), true);
        }
    }
}
