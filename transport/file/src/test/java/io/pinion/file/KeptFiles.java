package io.pinion.file;

import static io.pinion.file.JsonLinesPublisherTest.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a reader finds of a file that is kept to a bound: its parts by their names, then the file itself. */
final class KeptFiles {
    private KeptFiles() {}

    static List<Path> parts(final Path file) {
        final String name = file.getFileName().toString();
        try (Stream<Path> all = Files.list(file.toAbsolutePath().getParent())) {
            return all.filter(path -> RolledFile.pattern(name)
                            .matcher(path.getFileName().toString())
                            .matches())
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is there to be read, oldest first. */
    static List<String> lines(final Path file) {
        final List<Path> all = new ArrayList<>(parts(file));
        all.add(file);
        final List<String> lines = new ArrayList<>();
        for (final Path path : all) {
            try {
                lines.addAll(Files.readAllLines(path));
            } catch (final NoSuchFileException notBegun) {
                // Between a rename and a new file.
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    /** On disk, whatever of it is still to be read or not. */
    static long bytes(final Path file) {
        final String name = file.getFileName().toString();
        final String stem = name.substring(0, name.lastIndexOf('.'));
        try (Stream<Path> all = Files.list(file.toAbsolutePath().getParent())) {
            return all.filter(path -> path.getFileName().toString().startsWith(stem))
                    .filter(path -> !path.getFileName().toString().endsWith(".since"))
                    .mapToLong(path -> path.toFile().length())
                    .sum();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void offer(final JsonLinesPublisher publisher, final String line) {
        if (!publisher.offer(json(line), 0)) {
            throw new AssertionError(publisher.whyWaiting());
        }
    }

    /** All that there is to do between offers, as a duty cycle does it. */
    static void settle(final JsonLinesPublisher publisher) {
        int idle = 0;
        while (idle < 2) {
            idle = publisher.doWork() == 0 ? idle + 1 : 0;
        }
    }
}
