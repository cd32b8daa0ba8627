package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sidecar, its producers and its consumers as processes, over UDP on ports that were free. */
class LiveIT {
    private static final int EVENTS = 5_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private String in;
    private String training;
    private String evaluation;

    @BeforeEach
    void writeGraphProfileAndEvents() throws IOException {
        in = FreePorts.channel();
        training = FreePorts.channel();
        evaluation = FreePorts.channel();
        Sources.ratings(folder);
        Sources.write(folder, "test.yaml", """
                drainTimeout: 100s
                ingress: {"*": {channel: "%s", stream: 1}}
                egress:
                  training: {channel: "%s", stream: 20}
                  evaluation: {channel: "%s", stream: 21}
                  dead-letters: {file: dead.jsonl}
                """.formatted(in, training, evaluation));
        final StringBuilder events = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            events.append(
                            i % 100 == 99
                                    ? "{\"userId\": \"nobody\"}"
                                    : "{\"userId\": " + i % 900 + ", \"stars\": " + i % 6
                                            + ", \"comment\": \"héllo\", \"extra\": 1.50}")
                    .append('\n');
        }
        Sources.write(folder, "in.jsonl", events.toString());
        Sources.write(
                folder,
                "few.jsonl",
                "{\"userId\":1,\"stars\":5}\n{\"userId\":2,\"stars\":4}\n{\"userId\":3,\"stars\":1}\n");
    }

    @Test
    void shouldGiveTheSameOutputsLiveAsInReplay() throws IOException {
        PinionProcess.run(folder, "replay", "Ratings.java", "--in", "in.jsonl", "--out", "replayed");
        final long toTraining = lines("replayed/training.jsonl");
        final long toEvaluation = lines("replayed/evaluation.jsonl");

        try (PinionProcess run = PinionProcess.start(folder, "run", "Ratings.java", "--profile", "test.yaml");
                PinionProcess first = listen(training, 20, toTraining);
                PinionProcess second = listen(evaluation, 21, toEvaluation)) {
            run.awaitText("Ratings is running: " + in + " stream 1");
            final CommandResult send = send("in.jsonl");
            assertSaidOnlyWhatSlownessExplains(send);
            assertThat(send.out()).startsWith("sent 5,000 events in ");
            assertThat(first.awaitEnd().out()).isEqualTo(Files.readString(folder.resolve("replayed/training.jsonl")));
            assertThat(second.awaitEnd().out())
                    .isEqualTo(Files.readString(folder.resolve("replayed/evaluation.jsonl")));

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).isZero();
            assertSaidOnlyWhatSlownessExplains(ended);
            assertThat(ended.out()).contains("Ratings: 5,000 events in ", "The account closes: 5,000 in = ");
            assertThat(folder.resolve("dead.jsonl"))
                    .hasSameTextualContentAs(folder.resolve("replayed/dead-letters.jsonl"));
        }
    }

    @Test
    void shouldSendWireAndAtARateAndDeliverIntoFiles() {
        try (PinionProcess run =
                PinionProcess.start(folder, "run", "Ratings.java", "--profile", "test.yaml", "--out", "live")) {
            run.awaitText("is running");
            final CommandResult send = send("few.jsonl", "--frames", "wire", "--rate", "100/s");
            assertSaidOnlyWhatSlownessExplains(send);
            assertThat(send.exitCode()).isZero();

            // A shell's job in the background ignores Ctrl-C, and so does all that it starts.
            run.signal(PinionProcess.isIgnored(2) ? "TERM" : "INT");
            assertThat(run.awaitEnd().exitCode()).isZero();
            assertThat(folder.resolve("live/training.jsonl"))
                    .hasContent("{\"userId\":1,\"stars\":5}\n{\"userId\":2,\"stars\":4}\n");
            assertThat(folder.resolve("live/evaluation.jsonl")).hasContent("{\"userId\":3,\"stars\":1}\n");
        }
    }

    @Test
    void shouldKeepDeadLettersToTheirBoundAndTellHowManyWent() throws IOException {
        final int lines = 17 * 1024;
        Sources.write(folder.resolve("live"), "dead-letters.jsonl", ("x".repeat(1_023) + "\n").repeat(lines));
        Sources.write(folder, "kept.yaml", """
                ingress: {"*": {channel: "%s", stream: 1}}
                egress:
                  "*": {file: unused.jsonl}
                  dead-letters: {file: dead.jsonl, maxBytes: 16m, keepFor: 7d}
                """.formatted(in));
        Sources.write(folder, "wrong.jsonl", "{\"userId\":\"nobody\"}\n");
        try (PinionProcess run =
                PinionProcess.start(folder, "run", "Ratings.java", "--profile", "kept.yaml", "--out", "live")) {
            run.awaitText("is running");
            assertThat(send("wrong.jsonl").exitCode()).isZero();

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).isZero();
            assertThat(ended.out())
                    .contains("live/dead-letters.jsonl; 17,408 of this and earlier runs retired, to keep to its bound");
            assertThat(Files.readAllLines(folder.resolve("live/dead-letters.jsonl")))
                    .singleElement()
                    .asString()
                    .startsWith("{\"stage\":\"ingress\"");
        }
    }

    @Test
    void shouldNameWhatIsLeftWhenItDoesNotDrainInTime() {
        try (PinionProcess run = PinionProcess.start(
                folder, "run", "Ratings.java", "--profile", "test.yaml", "--drain-timeout", "500ms")) {
            run.awaitText("is running");
            assertThat(send("few.jsonl").exitCode()).isZero();
            run.awaitText("waiting for \"training\": no consumer is connected to " + training + " stream 20");

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err())
                    .contains("pinion: Ratings did not drain within 500 ms: left undelivered: ")
                    .contains(" for \"training\" (no consumer is connected to ")
                    .contains("; what a target had accepted, and its consumer or the disk had not got yet, is not");
        }
    }

    @Test
    void shouldReportAndKeepTheOtherTargetsWhenOneCannotPutOutWhatItAccepted() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "skipped: there is no /dev/full here");
        Sources.write(folder, "full.yaml", """
                ingress: {"*": {channel: "%s", stream: 1}}
                egress:
                  training: {file: /dev/full}
                  evaluation: {file: evaluation.jsonl}
                  dead-letters: {file: dead.jsonl}
                """.formatted(in));
        try (PinionProcess run = PinionProcess.start(
                folder, "run", "Ratings.java", "--profile", "full.yaml", "--drain-timeout", "500ms")) {
            run.awaitText("is running");
            assertThat(send("few.jsonl").exitCode()).isZero();
            Awaitility.await().atMost(PATIENCE).until(() -> Files.size(folder.resolve("evaluation.jsonl")) > 0);

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.out()).contains("Ratings: 3 events in ");
            assertThat(ended.err())
                    .contains("pinion: Ratings did not drain within 500 ms: ")
                    .contains("The last 46 bytes for /dev/full are lost: can't write /dev/full: ")
                    .doesNotContain("lost: can't write /dev/full: No space left on device; free some space");
            assertThat(folder.resolve("evaluation.jsonl")).hasContent("{\"userId\":3,\"stars\":1}\n");
        }
    }

    @Test
    void shouldEndAtOnceAtTheSecondSignal() {
        try (PinionProcess run = PinionProcess.start(
                folder, "run", "Ratings.java", "--profile", "test.yaml", "--drain-timeout", "10min")) {
            run.awaitText("is running");
            assertThat(send("few.jsonl").exitCode()).isZero();
            run.awaitText("waiting for \"training\"");
            run.signal("TERM");
            // Two signals that come before the first was taken are one.
            run.awaitText("draining, for up to 600 s; a second signal stops it at once");
            run.signal("TERM");

            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.err()).contains("pinion: stopped at once: left undelivered: ");
        }
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        final int port = Integer.parseInt(in.substring(in.lastIndexOf(':') + 1));
        try (DatagramSocket taken = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            final CommandResult run = PinionProcess.run(folder, "run", "Ratings.java", "--profile", "test.yaml");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .isEqualTo("pinion: Can't open " + in + " stream 1: another process uses that UDP port; stop it, or"
                            + " take another port.\n");
        }
    }

    @Test
    void shouldSayThatNobodyReadsWhatIsSent() {
        final CommandResult send = send("in.jsonl", "--timeout", "500ms");

        assertThat(send.exitCode()).isEqualTo(1);
        assertThat(send.err())
                .isEqualTo("pinion: nobody reads " + in
                        + " stream 1 after 500 ms: start pinion run, or name its --channel" + " and --stream.\n");
    }

    /**
     * Whoever waits for more than a second says so, and so does a drain that takes as long: consumers may come late, and when
     * they have gone the driver finds out in its own time. Anything else is a fault.
     */
    private static void assertSaidOnlyWhatSlownessExplains(final CommandResult result) {
        assertThat(result.err().lines())
                .allMatch(line -> line.matches("pinion: (waiting: |waiting for \"|draining, for up to ).*"
                        + "|pinion: \"[a-z-]+\" takes events again"));
    }

    private PinionProcess listen(final String channel, final int stream, final long count) {
        return PinionProcess.start(
                folder, "listen", "--channel", channel, "--stream", stream, "--count", count, "--timeout", "250s");
    }

    private CommandResult send(final String file, final Object... more) {
        final Object[] args = new Object[7 + more.length];
        System.arraycopy(new Object[] {"send", "--in", file, "--channel", in, "--stream", 1}, 0, args, 0, 7);
        System.arraycopy(more, 0, args, 7, more.length);
        return PinionProcess.run(folder, args);
    }

    private long lines(final String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).size();
    }
}
