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
    private RouteLogCopy() {}

    static void make(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        Files.copy(from.resolve(MarkFile.FILE), to.resolve(MarkFile.FILE)); // first, so that it tells of no later record
        copySegments(from, to);
        RouteLog.open(RouteLogConfig.in(to)
                        .maxBytes(Long.MAX_VALUE)
                        .invoked()
                        .bootId(~BootId.ofThisMachine()))
                .close();
    }

    private static void copySegments(final Path from, final Path to) throws IOException {
        final List<Path> segments;
        try (Stream<Path> files = Files.list(from)) {
            segments = files.filter(Recovery::isSegment).sorted().toList();
        }
        final List<Path> copied = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            final Path copy = to.resolve(segments.get(i).getFileName());
            try {
                Files.copy(segments.get(i), copy);
                copied.add(copy);
            } catch (final NoSuchFileException gone) {
                if (i < segments.size() - 1) { // freed, and so were those before it; the last was prepared, and not used
                    deleteAll(copied);
                }
            }
        }
    }

    private static void deleteAll(final List<Path> copied) throws IOException {
        for (final Path copy : copied) {
            Files.delete(copy);
        }
        copied.clear();
    }
}
