package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The reference graphs over real data: the counts that are known, and the same outputs to the byte by replay and live over
 * Aeron UDP, as processes, on every layout. The data is not part of the project: it is in a folder {@code shared} beside the
 * checkout, and without it these tests are skipped.
 */
class ReferenceGraphsIT {
    private static final Map<String, Map<String, Long>> KNOWN = Map.of(
            "Reviews", Map.of("training", 268_914L, "evaluation", 17_937L, "invalid", 381L, "dead-letters", 0L),
            "Clicks", Map.of("training", 59L, "evaluation", 6_508L, "analytics", 6_550L, "dead-letters", 0L));

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void findData() {
        data = PinionProcess.home().resolveSibling("shared").resolve("data");
        assumeTrue(Files.isDirectory(data), "the shared data is absent: " + data);
    }

    @ParameterizedTest
    @CsvSource({
        "Reviews, one-thread",
        "Reviews, thread-per-stage",
        "Reviews, 'ingress,*,egress'",
        "Clicks, one-thread",
        "Clicks, thread-per-stage",
        "Clicks, 'ingress+visible,once+item,route+egress'"
    })
    void shouldReplayToTheKnownCountsOnEveryLayout(final String graph, final String layout) throws IOException {
        replay(graph, layout, "out");
        for (final Map.Entry<String, Long> known : KNOWN.get(graph).entrySet()) {
            assertThat(lines(folder.resolve("out").resolve(known.getKey() + ".jsonl")))
                    .as(known.getKey())
                    .isEqualTo(known.getValue());
        }
        if (!layout.equals("one-thread")) {
            replay(graph, "one-thread", "again");
            for (final String target : KNOWN.get(graph).keySet()) {
                assertSameBytes("out/" + target + ".jsonl", "again/" + target + ".jsonl");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Reviews, one-thread, json",
        "Reviews, thread-per-stage, wire",
        "Clicks, one-thread, wire",
        "Clicks, thread-per-stage, json",
        "Clicks, 'driver+ingress,*,egress', json"
    })
    void shouldPutOutLiveWhatReplayPutsOut(final String graph, final String layout, final String frames)
            throws IOException {
        replay(graph, "one-thread", "replayed");
        final Map<String, String> channels = new LinkedHashMap<>();
        KNOWN.get(graph).keySet().forEach(target -> channels.put(target, FreePorts.channel()));
        final String in = FreePorts.channel();
        writeProfile(in, channels);

        final List<PinionProcess> listeners = new ArrayList<>();
        try (PinionProcess run = PinionProcess.start(folder, runArgs(graph, layout))) {
            run.awaitText(graph + " is running");
            channels.forEach((target, channel) -> {
                if (KNOWN.get(graph).get(target) > 0) {
                    listeners.add(PinionProcess.start(folder, "listen", "--channel", channel, "--stream", 7));
                }
            });
            final CommandResult send = PinionProcess.run(
                    folder, "send", "--in", input(graph), "--channel", in, "--stream", 1, "--frames", frames);
            assertThat(send.exitCode()).as(send.err()).isZero();
            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("The account closes");

            listeners.forEach(listener -> listener.signal("TERM"));
            int next = 0;
            for (final String target : channels.keySet()) {
                if (KNOWN.get(graph).get(target) > 0) {
                    final CommandResult listened = listeners.get(next++).awaitEnd();
                    assertThat(listened.out().equals(read("replayed/" + target + ".jsonl")))
                            .as("%s live is what it is by replay", target)
                            .isTrue();
                }
            }
        } finally {
            listeners.forEach(PinionProcess::close);
        }
    }

    private void replay(final String graph, final String layout, final String out) {
        final CommandResult result = graph.equals("Clicks")
                ? PinionProcess.run(
                        folder,
                        "replay",
                        graph,
                        "--in",
                        input(graph),
                        "--out",
                        out,
                        "--layout",
                        layout,
                        "--table",
                        table())
                : PinionProcess.run(folder, "replay", graph, "--in", input(graph), "--out", out, "--layout", layout);
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    private Object[] runArgs(final String graph, final String layout) {
        final List<Object> args = new ArrayList<>(List.of("run", graph, "--profile", "test.yaml", "--layout", layout));
        if (graph.equals("Clicks")) {
            args.addAll(List.of("--table", table()));
        }
        return args.toArray();
    }

    private void writeProfile(final String in, final Map<String, String> channels) throws IOException {
        final StringBuilder yaml = new StringBuilder("drainTimeout: 250s\n")
                .append("ingress: {\"*\": {channel: \"%s\", stream: 1}}\negress:\n".formatted(in));
        channels.forEach(
                (target, channel) -> yaml.append("  %s: {channel: \"%s\", stream: 7}\n".formatted(target, channel)));
        Files.writeString(folder.resolve("test.yaml"), yaml);
    }

    private Path input(final String graph) {
        return data.resolve(graph.toLowerCase(java.util.Locale.ROOT) + ".jsonl.gz");
    }

    private String table() {
        return "items=" + data.resolve("items.jsonl");
    }

    private void assertSameBytes(final String one, final String other) throws IOException {
        assertThat(Files.mismatch(folder.resolve(one), folder.resolve(other)))
                .as("%s and %s are the same", one, other)
                .isEqualTo(-1);
    }

    private String read(final String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private static long lines(final Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }
}
