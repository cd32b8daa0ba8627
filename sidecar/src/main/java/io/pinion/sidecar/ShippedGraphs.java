package io.pinion.sidecar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** The graphs that come with Pinion, found by looking, so that a new one needs no list. */
final class ShippedGraphs {
    static final String PACKAGE = "io.pinion.configs";

    private static final String CLASS = ".class";

    private ShippedGraphs() {}

    /**
     * Their simple names.
     *
     * @param loader where to look.
     * @return sorted.
     */
    static List<String> names(final ClassLoader loader) {
        final String folder = PACKAGE.replace('.', '/');
        final List<String> files = new ArrayList<>();
        try {
            for (final URL url : Collections.list(loader.getResources(folder))) {
                if (url.openConnection() instanceof JarURLConnection jar) {
                    jar.getJarFile().stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.startsWith(folder + "/"))
                            .map(name -> name.substring(folder.length() + 1))
                            .forEach(files::add);
                } else {
                    try (Stream<Path> listed = Files.list(Path.of(url.toURI()))) {
                        listed.map(file -> file.getFileName().toString()).forEach(files::add);
                    }
                }
            }
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (final URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
        return files.stream()
                .filter(name -> name.endsWith(CLASS) && name.indexOf('/') < 0 && name.indexOf('$') < 0)
                .map(name -> name.substring(0, name.length() - CLASS.length()))
                .filter(name -> isGraph(name, loader))
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean isGraph(final String name, final ClassLoader loader) {
        try {
            return GraphClass.of(Class.forName(PACKAGE + "." + name, false, loader), name) != null;
        } catch (final ClassNotFoundException none) {
            return false;
        }
    }
}
