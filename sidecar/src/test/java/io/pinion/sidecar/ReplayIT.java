package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayIT {
    private static final String EVENTS = """
            {"userId": 7, "stars": 5, "comment": "great", "lang": "en"}
            {"userId": 7, "stars": 5, "comment": "great", "lang": "en"}

            {"userId": 8, "stars": 2, "comment": "meh"}
            {"userId": 9, "stars": "five"}
            {"userId": 10, "stars": 0}
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeGraphAndEvents() {
        Sources.ratings(folder);
        Sources.write(folder, "in.jsonl", EVENTS);
    }

    @Test
    void shouldWriteEachTargetAndTheDeadLettersAndAReport() throws IOException {
        final CommandResult replay = replay("--report", "report.json");

        assertThat(replay.err()).isEmpty();
        assertThat(replay.exitCode()).isZero();
        assertThat(folder.resolve("out/training.jsonl"))
                .hasContent("{\"userId\": 7, \"stars\": 5, \"comment\": \"great\", \"lang\": \"en\"}");
        assertThat(folder.resolve("out/evaluation.jsonl"))
                .hasContent("{\"userId\": 8, \"stars\": 2, \"comment\": \"meh\"}");
        assertThat(Files.readString(folder.resolve("out/dead-letters.jsonl")))
                .contains("\"stage\":\"ingress\"", "stars", "\"position\":3", "\"bytes\":\"");
        assertThat(replay.out())
                .startsWith("Ratings: 5 events in ")
                .contains("out/training.jsonl", "The account closes: 5 in = 2 routed + 2 dropped + 1 dead.")
                .contains("Note: the graph declares no event time");

        final JsonNode report =
                new ObjectMapper().readTree(folder.resolve("report.json").toFile());
        assertThat(report.get("in").asLong()).isEqualTo(5);
        assertThat(report.at("/stages/1/dropped/repeat").asLong()).isEqualTo(1);
        assertThat(report.at("/targets/0/output").asText()).isEqualTo("out/training.jsonl");
        assertThat(report.get("accountCloses").asBoolean()).isTrue();
    }

    @Test
    void shouldReadGzipAndStandardInputAlike() throws IOException {
        final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(EVENTS.getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("in.jsonl.gz"), zipped.toByteArray());
        replay();
        PinionProcess.run(folder, "replay", "Ratings.java", "--in", "in.jsonl.gz", "--out", "zipped");
        try (PinionProcess piped = PinionProcess.start(
                folder,
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        "cat in.jsonl | " + PinionProcess.home().resolve("pinion")
                                + " replay Ratings.java --in - --out piped"))) {
            assertThat(piped.awaitEnd().exitCode()).isZero();
        }

        for (final String file : new String[] {"training.jsonl", "evaluation.jsonl", "dead-letters.jsonl"}) {
            assertThat(folder.resolve("zipped").resolve(file)).hasSameBinaryContentAs(folder.resolve("out/" + file));
            assertThat(folder.resolve("piped").resolve(file)).hasSameBinaryContentAs(folder.resolve("out/" + file));
        }
    }

    @Test
    void shouldLeaveOutputsAloneUnlessForced() throws IOException {
        Sources.write(folder.resolve("out"), "evaluation.jsonl", "precious\n");

        final CommandResult refused = replay();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualTo("pinion: out/evaluation.jsonl is there already: name another place, or write over it with"
                        + " --force.\n");
        assertThat(folder.resolve("out/evaluation.jsonl")).hasContent("precious");
        assertThat(folder.resolve("out/training.jsonl")).doesNotExist();

        assertThat(replay("--force").exitCode()).isZero();
        assertThat(Files.readString(folder.resolve("out/evaluation.jsonl"))).startsWith("{\"userId\": 8");
    }

    @Test
    void shouldNotWriteOverWhatItReads() {
        final Path input = Sources.write(folder.resolve("out"), "training.jsonl", EVENTS);

        final CommandResult refused =
                PinionProcess.run(folder, "replay", "Ratings.java", "--in", input, "--out", "out", "--force");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("is read and would be written: name another directory with --out.");
        assertThat(input).hasContent(EVENTS);
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(PinionProcess.run(folder, "replay", "Ratings.java", "--in", "no.jsonl", "--out", "out")
                        .err())
                .isEqualTo("pinion: there is no file no.jsonl to replay.\n");
        final CommandResult table = PinionProcess.run(folder, "replay", "Clicks", "--in", "in.jsonl", "--out", "out");
        assertThat(table.exitCode()).isEqualTo(1);
        assertThat(table.err())
                .isEqualTo("pinion: The graph reads the table \"items\": say --table items=FILE, a file of JSON"
                        + " lines or CSV.\n");
    }

    @Test
    void shouldSayThatAFileIsTornAndTheOutputsAreNotWhole() throws IOException {
        final ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(EVENTS.repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("torn.jsonl.gz"), Arrays.copyOf(zipped.toByteArray(), zipped.size() - 10));

        final CommandResult torn =
                PinionProcess.run(folder, "replay", "Ratings.java", "--in", "torn.jsonl.gz", "--out", "out");
        assertThat(torn.exitCode()).isEqualTo(1);
        assertThat(torn.err())
                .startsWith("pinion: torn.jsonl.gz is torn or damaged at about its compressed byte ")
                .endsWith("The outputs hold only what came before it.\n");
    }

    private CommandResult replay(final String... more) {
        final Object[] args = new Object[6 + more.length];
        System.arraycopy(new Object[] {"replay", "Ratings.java", "--in", "in.jsonl", "--out", "out"}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return PinionProcess.run(folder, args);
    }
}
