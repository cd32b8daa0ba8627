package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of a route log that somebody may be writing meanwhile. What is copied while it is stored may lack any of its bytes,
 * just as after a loss of power: so the copy is opened as if the machine had gone down, which cuts it behind its last whole
 * record.
 */
final class RouteLogCopy {
    private static final int MAX_ATTEMPTS = 100;

    private RouteLogCopy() {}

    static void make(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        for (int attempts = 1; !copyAll(from, to); attempts++) {
            if (attempts == MAX_ATTEMPTS) {
                throw new IOException("its segments were freed faster than they could be read, " + attempts + " times");
            }
        }
        RouteLog.open(RouteLogConfig.in(to).maxBytes(Long.MAX_VALUE).invoked().bootId(~BootId.ofThisMachine()))
                .close();
    }

    /** Returns false when a segment was deleted meanwhile: then nothing is left there. */
    private static boolean copyAll(final Path from, final Path to) throws IOException {
        final List<Path> copied = new ArrayList<>();
        copied.add(copy(from.resolve(MarkFile.FILE), to)); // first, so that it tells of no later record
        final List<Path> segments;
        try (Stream<Path> files = Files.list(from)) {
            segments = files.filter(Recovery::isSegment).sorted().toList();
        }
        try {
            for (final Path segment : segments) {
                copied.add(copy(segment, to));
            }
            return true;
        } catch (final NoSuchFileException freed) {
            for (final Path copy : copied) {
                Files.delete(copy);
            }
            return false;
        }
    }

    private static Path copy(final Path file, final Path to) throws IOException {
        return Files.copy(file, to.resolve(file.getFileName()));
    }
}
