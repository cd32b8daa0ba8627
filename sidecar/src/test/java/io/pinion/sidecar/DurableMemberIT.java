package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One member as a process, the durable mode: what was acknowledged comes out once, however often it is killed. */
class DurableMemberIT {
    private static final List<String> HOSTS = List.of("127.0.0.1");

    @TempDir
    Path folder;

    private final Random random = new Random(20_261_122);
    private final int basePort = 22_000 + 10 * new Random().nextInt(500);
    private final String consumerChannel = "aeron:udp?endpoint=localhost:" + freePort();
    private final List<PinionProcess> started = new ArrayList<>();
    private Path graph;
    private Path profile;

    @BeforeEach
    void writeFiles() {
        graph = Sources.ratings(folder);
        profile = Sources.write(folder, "member.yaml", """
                cluster:
                  hosts: [127.0.0.1]
                  basePort: %d
                  directory: %s
                egress:
                  training:
                    channel: %s
                    stream: %d
                    frames: json
                  "*":
                    file: %s/{target}.jsonl
                """.formatted(
                        basePort,
                        folder.resolve("member"),
                        consumerChannel,
                        ClusterClients.CONSUMER_STREAM,
                        folder.resolve("files")));
    }

    @AfterEach
    void stopAll() {
        started.forEach(PinionProcess::close);
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (final SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private PinionProcess startMember() {
        final PinionProcess member = PinionProcess.start(folder, "run", graph, "--profile", profile);
        started.add(member);
        return member;
    }

    @Test
    void shouldPutOutWhatWasAcknowledgedOnceAcrossKills() throws IOException {
        try (ClusterClients clients = new ClusterClients(HOSTS, basePort, "Ratings", "training", consumerChannel)) {
            for (int life = 0; life < 6; life++) {
                final PinionProcess member = startMember();
                clients.sendUntilAccepted(1 + random.nextInt(1_000));
                if (life % 2 == 1) {
                    // killed while it takes a snapshot, or shortly before or after
                    started.add(PinionProcess.start(folder, "snapshot", "--profile", profile));
                    final PinionProcess asked = started.get(started.size() - 1);
                    clients.await(() -> {
                        clients.offer();
                        return !asked.isAlive();
                    });
                }
                if (life < 5) {
                    member.signal("KILL");
                    clients.await(() -> !member.isAlive());
                    assertThat(member.err()).doesNotContain("halted");
                }
            }
            clients.awaitAccepted();
            final long sent = clients.sent();
            clients.await(() ->
                    clients.consumed.size() >= (sent + 1) / 2 && evaluation().size() >= sent / 2);
            assertThat(clients.consumed)
                    .isEqualTo(LongStream.rangeClosed(1, sent)
                            .filter(id -> id % 2 == 1)
                            .boxed()
                            .toList());
            assertThat(evaluation())
                    .isEqualTo(LongStream.rangeClosed(1, sent)
                            .filter(id -> id % 2 == 0)
                            .boxed()
                            .toList());
        }
    }

    private List<Long> evaluation() {
        try {
            final Path file = folder.resolve("files/evaluation.jsonl");
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.endsWith("}"))
                            .map(ClusterClients::userIdOf)
                            .toList()
                    : List.of();
        } catch (final IOException beingWritten) {
            return List.of();
        }
    }
}
