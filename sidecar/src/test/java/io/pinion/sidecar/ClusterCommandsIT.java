package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member, a producer and a consumer from the command line. */
class ClusterCommandsIT {
    private static final int EVENTS = 900;

    @TempDir
    Path folder;

    private final int basePort = FreePorts.inARow(30);
    private String training;

    @BeforeEach
    void writeGraphProfileAndEvents() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            training = "aeron:udp?endpoint=localhost:" + socket.getLocalPort();
        }
        Sources.ratings(folder);
        Sources.write(folder, "member.yaml", """
                cluster:
                  hosts: [127.0.0.1]
                  basePort: %d
                  directory: member
                  secrets: {members: members.secret, clients: clients.secret}
                egress:
                  training: {channel: "%s", stream: 20}
                  "*": {file: "{target}.jsonl"}
                """.formatted(basePort, training));
        Sources.write(folder, "members.secret", "the members' own secret\n");
        Sources.write(folder, "clients.secret", "the clients' own secret\n");
        Sources.write(folder, "in.jsonl", lines(1, EVENTS));
    }

    private static String lines(final int from, final int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(id -> "{\"userId\":" + id + ",\"stars\":5}\n")
                .collect(Collectors.joining());
    }

    private PinionProcess listen(final String secret, final int count) {
        return PinionProcess.start(
                folder,
                "listen",
                "--cluster",
                "127.0.0.1",
                "--base-port",
                basePort,
                "--secret",
                secret,
                "--graph",
                "Ratings",
                "--target",
                "training",
                "--channel",
                training,
                "--stream",
                20,
                "--position",
                "training.position",
                "--count",
                count);
    }

    @Test
    void shouldSendToAMemberAndListenToItFromWhereTheListenerWas() {
        try (PinionProcess run = PinionProcess.start(folder, "run", "Ratings.java", "--profile", "member.yaml")) {
            run.awaitText("Ratings is running");
            final CommandResult send = PinionProcess.run(
                    folder,
                    "send",
                    "--in",
                    "in.jsonl",
                    "--cluster",
                    "127.0.0.1",
                    "--base-port",
                    basePort,
                    "--secret",
                    "clients.secret");
            assertThat(send.exitCode()).as(send.err()).isZero();
            assertThat(send.out()).startsWith("sent " + EVENTS + " events in ");
            try (PinionProcess stranger = listen("members.secret", 300)) {
                run.awaitText("does not have the secret of this cluster's clients");
                assertThat(stranger.out()).isEmpty();
            }
            try (PinionProcess first = listen("clients.secret", 300)) {
                assertThat(first.awaitEnd().out()).isEqualTo(lines(1, 300));
            }
            try (PinionProcess second = listen("clients.secret", EVENTS - 300)) {
                assertThat(second.awaitEnd().out()).isEqualTo(lines(301, EVENTS));
            }
        }
    }

    @Test
    void shouldSayWhatIsMissingToListenToACluster() {
        final CommandResult result =
                PinionProcess.run(folder, "listen", "--cluster", "127.0.0.1", "--graph", "Ratings");
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--cluster needs --graph and --target");
    }
}
