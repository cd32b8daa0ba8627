package io.pinion.jmh.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one engine in a process of its own. */
final class PeerFork {
    private static final int LAST_LINES = 12;
    private static final long PATIENCE_S = 600;

    private final ObjectMapper json = new ObjectMapper();
    private final Jars jars;
    private final Plan plan;

    PeerFork(final Jars jars, final Plan plan) {
        this.jars = jars;
        this.plan = plan;
    }

    /** What came of it; a process that broke is a result as well. */
    ForkResult run(final Contender contender) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("pinion-peers-");
        try {
            final Path result = folder.resolve("result.json");
            final Path printed = folder.resolve("printed.txt");
            final Process process = new ProcessBuilder(command(contender, result))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                    return ForkResult.failed("", "it still ran after " + PATIENCE_S + " s");
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            return Files.exists(result)
                    ? json.readValue(result.toFile(), ForkResult.class)
                    : ForkResult.failed("", "it ended with " + process.exitValue() + ":\n" + lastLines(printed));
        } finally {
            delete(folder);
        }
    }

    private List<String> command(final Contender contender, final Path result) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(contender.jvmFlags());
        command.add("-Djava.io.tmpdir=" + result.getParent()); // Flink leaves 21 MB there each time
        command.addAll(List.of("-cp", jars.classpath(contender), PeerProcess.class.getName(), contender.className()));
        command.add(json.writeValueAsString(plan));
        command.add(result.toString());
        return command;
    }

    private static String lastLines(final Path file) throws IOException {
        final List<String> lines = Files.readAllLines(file);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    private static void delete(final Path folder) throws IOException {
        final List<Path> inside;
        try (var paths = Files.walk(folder)) {
            inside = new ArrayList<>(paths.toList());
        }
        // From the inside out.
        for (int i = inside.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(inside.get(i));
        }
    }
}
