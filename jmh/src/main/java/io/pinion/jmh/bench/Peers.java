package io.pinion.jmh.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Subprocess;
import io.pinion.jmh.rig.Workplace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Other engines at the same job: built when they are asked for, and run by their own command, whose figures are taken over. */
final class Peers {
    private static final long BUILD_S = 900;
    private static final long RUN_S = 3_600;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;

    Peers(final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    void run() {
        progress.accept("other engines, being built");
        runToEnd(
                "peers-build",
                List.of(
                        "mvn",
                        "-q",
                        "-B",
                        "-f",
                        place.home().resolve("jmh/peers/pom.xml").toString(),
                        "package",
                        "-Dmaven.test.skip=true",
                        "-Dspotless.check.skip=true",
                        "-Dcheckstyle.skip=true"),
                BUILD_S);
        final Path figures = place.folder().resolve("peers.json");
        final String harness = place.home().resolve("jmh/peers/harness/target").toString();
        progress.accept("other engines, in turn");
        try {
            final List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(Workplace.jvmFlags());
            command.addAll(List.of(
                    "-cp",
                    String.join(
                            File.pathSeparator,
                            harness + "/*",
                            harness + "/lib/*",
                            place.jobJar().toString()),
                    "io.pinion.jmh.peers.PeersCommand",
                    "--forks",
                    quick ? "1" : "3",
                    "--out",
                    figures.toString()));
            runToEnd("peers", command, RUN_S);
        } finally { // what was measured counts, whatever else went wrong
            if (Files.exists(figures)) {
                take(figures);
            }
        }
    }

    private void runToEnd(final String name, final List<String> command, final long seconds) {
        try (Subprocess process = Subprocess.start(name, place.folder(), command)) {
            process.awaitSuccess(seconds);
        }
    }

    private void take(final Path file) {
        try {
            final JsonNode json = new ObjectMapper().readTree(file.toFile());
            json.path("peers").forEach(peer -> {
                if (!peer.path("failure").isNull()) {
                    results.note("The peer " + peer.path("name").asText() + " was not measured: "
                            + peer.path("failure").asText());
                }
            });
            json.path("figures").properties().forEach(figure -> figure.getValue()
                    .forEach(value -> results.add(figure.getKey(), value.asDouble())));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
