package io.pinion.jmh.peers;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the jars lie: each engine has its own, and none of another's. */
final class Jars {
    /** Not a module of its own: the harness, and all that Pinion has. */
    static final String PINION = "harness";

    private final Path home;

    private Jars(final Path home) {
        this.home = home;
    }

    /** Those that this class was built with. */
    static Jars here() {
        try {
            Path folder = Path.of(Jars.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            while (folder != null && !Files.isRegularFile(folder.resolve("jmh/peers/pom.xml"))) {
                folder = folder.getParent();
            }
            if (folder == null) {
                throw new IllegalStateException("The harness is not where it was built: start it from jmh/peers.");
            }
            return new Jars(folder);
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    String classpath(final Contender contender) throws IOException {
        final Path ofJmh = home.resolve("jmh/target");
        final Path ofModule =
                home.resolve("jmh/peers").resolve(contender.module()).resolve("target");
        final Path ofHarness = home.resolve("jmh/peers/harness/target");
        final String module = only(ofModule, "pinion-peers-*.jar") + File.pathSeparator + ofModule.resolve("lib") + "/*"
                + File.pathSeparator + only(ofJmh, "pinion-jmh-*.jar") + File.pathSeparator;
        return contender.module().equals(PINION)
                ? module + ofJmh.resolve("lib") + "/*"
                : module
                        + only(ofJmh.resolve("lib"), "pinion-engine-*.jar")
                        + File.pathSeparator
                        + only(ofHarness, "pinion-peers-*.jar");
    }

    private static Path only(final Path folder, final String pattern) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
                for (final Path jar : found) {
                    return jar;
                }
            }
        }
        throw new IllegalStateException(
                "There is no " + pattern + " in " + folder
                        + ": run mvn -q -B -pl jmh -am package -DskipTests and mvn -q -B -f jmh/peers/pom.xml package -DskipTests.");
    }
}
