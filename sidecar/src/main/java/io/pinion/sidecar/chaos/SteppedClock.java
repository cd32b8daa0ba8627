package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The wall clock of one process, which can be set while that runs, by the library libfaketime. The clock that only measures
 * how much time passes goes on as it does when a person, or a time service, sets a machine's clock. One thread.
 */
final class SteppedClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");

    /** The one that takes no lock at each look at a clock, of which a member has a hundred thousand a second. */
    private static final String LIBRARY = "faketime/libfaketime.so.1";

    private final Path file;

    /** Of the process that {@link #environment} is given to; the file says how far the clock is off. */
    SteppedClock(final Path file) {
        this.file = file;
        set(Duration.ZERO);
    }

    /** Whether the library is here. */
    static boolean isPossible() {
        return library() != null;
    }

    private static Path library() {
        if (Files.exists(LIBRARIES.resolve(LIBRARY))) {
            return LIBRARIES.resolve(LIBRARY);
        }
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            for (final Path machine : machines) {
                if (Files.exists(machine.resolve(LIBRARY))) {
                    return machine.resolve(LIBRARY);
                }
            }
            return null;
        } catch (final IOException noSuchPlace) {
            return null;
        }
    }

    /** What the process has to be started with. It looks at the file once a second. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toAbsolutePath().toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1");
    }

    /** Sets it so far from this machine's clock, ahead or behind. */
    void set(final Duration offset) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, (offset.isNegative() ? "" : "+") + offset.toSeconds() + "\n");
        } catch (final IOException unwritable) {
            throw new ChaosException(file + " can't be written: " + unwritable.getMessage(), unwritable);
        }
    }
}
