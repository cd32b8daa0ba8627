package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.IoUtil;

/** Copies a log as a kill would leave it: what was stored is in the page cache, mapped or not. */
final class Directories {
    private Directories() {}

    static void copy(final Path from, final Path to) throws IOException {
        IoUtil.delete(to.toFile(), true);
        Files.createDirectories(to);
        final List<Path> files;
        try (Stream<Path> all = Files.list(from)) {
            files = all.sorted().toList();
        }
        for (final Path file : files) {
            try {
                Files.write(to.resolve(file.getFileName()), Files.readAllBytes(file));
            } catch (final NoSuchFileException expected) {
                // Deleted meanwhile.
            }
        }
    }
}
