package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Commands of the operating system that change this machine for a round: networks and mounts. */
final class SystemCommand {
    private SystemCommand() {}

    /** Runs one; it has to work. */
    static void run(final String... words) {
        final String said = outcome(words);
        if (said != null) {
            throw new ChaosException("\"" + String.join(" ", words) + "\" failed: " + said);
        }
    }

    /** Runs one that undoes something, and may find nothing to undo. */
    static void tryTo(final String... words) {
        outcome(words);
    }

    /** Whether it works here. */
    static boolean works(final String... words) {
        return outcome(words) == null;
    }

    /** Null when it worked; otherwise what it said. */
    private static String outcome(final String... words) {
        try {
            final Process process =
                    new ProcessBuilder(List.of(words)).redirectErrorStream(true).start();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? null : said;
        } catch (final IOException absent) {
            return absent.getMessage();
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted in " + words[0] + ".", interrupted);
        }
    }
}
