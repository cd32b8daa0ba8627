package io.pinion.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a profile by its name among those that come with Pinion, or by its file. */
final class Profiles {
    static final String DEFAULT = "laptop";

    private static final List<String> SHIPPED =
            List.of("laptop", "sidecar", "low-latency", "cluster-0", "cluster-1", "cluster-2");

    private Profiles() {}

    /**
     * Reads one.
     *
     * @param name one of ours, or a file.
     * @return the profile.
     * @throws SidecarException when there is none, or it is wrong.
     */
    static Profile load(final String name) {
        if (SHIPPED.contains(name)) {
            return shipped(name);
        }
        final Path file = Path.of(name);
        if (Files.isRegularFile(file)) {
            return ofFile(name, file);
        }
        throw new SidecarException("there is no profile " + name + ": name a file, or one of "
                + String.join(", ", SHIPPED) + DidYouMean.endOfSentence(name, SHIPPED));
    }

    /** The files of the checkout are read as they are now; the jar's copies where there is no checkout. */
    private static Profile shipped(final String name) {
        final String home = System.getProperty("pinion.home");
        final Path file = Path.of(home == null ? "" : home, "configs", "profiles", name + ".yaml");
        if (home != null && Files.isRegularFile(file)) {
            return ofFile(name, file);
        }
        final String resource = "/profiles/" + name + ".yaml";
        try (InputStream in = Profiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new SidecarException("the profile " + name + " is missing in this build of Pinion.");
            }
            return ProfileReader.read(
                    name, name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of(""));
        } catch (final IOException unreadable) {
            throw new SidecarException(
                    "the profile " + name + " can't be read: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Profile ofFile(final String name, final Path file) {
        final Path folder = file.getParent() == null ? Path.of("") : file.getParent();
        try {
            return ProfileReader.read(name, file.toString(), Files.readString(file), folder);
        } catch (final IOException unreadable) {
            throw new SidecarException(
                    "the profile " + file + " can't be read (" + unreadable.getMessage() + ").", unreadable);
        }
    }
}
