package io.pinion.sidecar;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a demo reads its table from and writes its outputs to. It removes its own files of last time, and nothing else. */
final class DemoFolder {
    private static final String[] TIERS = {"free", "free", "free", "paid", "team"};
    private static final String[] LOCALES = {"en-GB", "de-DE", "ja-JP", "pt-BR", "es-MX", "en-US"};
    private static final List<String> OUTPUTS =
            List.of("training", "evaluation", "analytics", io.pinion.engine.Target.DEAD_LETTERS);

    private final Path folder;

    DemoFolder(final Path folder) {
        this.folder = folder;
    }

    /** Removes the outputs of last time, and writes the table of users. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            for (final String output : OUTPUTS) {
                Files.deleteIfExists(output(output));
            }
            writeUsers();
        } catch (final IOException e) {
            throw new SidecarException("can't write to " + folder + " (" + e + "): name another place with --out.", e);
        }
    }

    private void writeUsers() throws IOException {
        try (BufferedWriter users = Files.newBufferedWriter(users())) {
            for (int id = 1; id <= FeedbackGenerator.KNOWN_USERS; id++) {
                users.write("{\"userId\":" + id + ",\"tier\":\"" + TIERS[id % TIERS.length] + "\",\"locale\":\""
                        + LOCALES[id % LOCALES.length] + "\"}\n");
            }
        }
    }

    Path users() {
        return folder.resolve("users.jsonl");
    }

    /** For a profile: where each target's events go. */
    String pattern() {
        return folder.resolve(EdgeAddress.TARGET + ".jsonl").toString();
    }

    private Path output(final String target) {
        return folder.resolve(target + ".jsonl");
    }

    /** How many events lie on disk for a target. */
    long linesOf(final String target) {
        try (Stream<String> lines = Files.lines(output(target))) {
            return lines.count();
        } catch (final IOException e) {
            throw new SidecarException("can't read " + output(target) + " (" + e + ").", e);
        }
    }
}
