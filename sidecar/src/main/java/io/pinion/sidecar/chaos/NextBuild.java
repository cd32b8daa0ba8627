package io.pinion.sidecar.chaos;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The same Pinion once more, as an upgrade puts it: in another place, with files of another age. */
final class NextBuild {
    private NextBuild() {}

    /** The command that runs the copy. What the class path of the command names is copied, and the jars beside it. */
    static List<String> of(final List<String> pinion, final Path folder) {
        final int at = pinion.indexOf("-cp") + 1;
        if (at == 0) {
            throw new ChaosException("a build can't be copied from a command without a class path.");
        }
        final List<String> copies = new ArrayList<>();
        for (final String entry : pinion.get(at).split(File.pathSeparator)) {
            final Path from = Path.of(entry);
            final Path to = folder.resolve("build-" + copies.size()).resolve(from.getFileName());
            copy(from, to);
            copy(from.resolveSibling("lib"), to.resolveSibling("lib")); // as the jar's manifest names it
            copies.add(to.toAbsolutePath().toString());
        }
        final List<String> command = new ArrayList<>(pinion);
        command.set(at, String.join(File.pathSeparator, copies));
        command.removeIf(word -> word.startsWith("-XX:SharedArchiveFile=")); // that is of the build before
        return command;
    }

    private static void copy(final Path from, final Path to) {
        if (!Files.exists(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            Files.createDirectories(to.getParent());
            for (final Path file : (Iterable<Path>) files::iterator) {
                final Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (final IOException uncopied) {
            throw new ChaosException(from + " can't be copied to " + to + ": " + uncopied.getMessage(), uncopied);
        }
    }
}
