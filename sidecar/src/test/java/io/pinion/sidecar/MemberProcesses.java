package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.cluster.RecordingLog;
import io.pinion.aeron.FreePorts;
import io.pinion.cluster.ClusterMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.IoUtil;

/**
 * Members that run the graph of {@link Sources#ratings}, each in a process of its own: the target {@code training} goes to
 * the consumer, {@code evaluation} to a file of each. One thread.
 */
final class MemberProcesses implements AutoCloseable {
    private final Path folder;
    private final List<String> hosts;
    private final int basePort = FreePorts.inARow(30);
    private final String consumerChannel = FreePorts.channel();
    private final PinionProcess[] members;
    private final List<PinionProcess> started = new ArrayList<>();
    private final Path graph;

    MemberProcesses(final Path folder, final int count) {
        this(folder, count, "one-thread");
    }

    MemberProcesses(final Path folder, final int count, final String layout) {
        this.folder = folder;
        hosts = IntStream.rangeClosed(1, count).mapToObj(i -> "127.0.0." + i).toList();
        members = new PinionProcess[count];
        graph = Sources.ratings(folder);
        for (int i = 0; i < count; i++) {
            Sources.write(folder, profile(i).getFileName().toString(), """
                    cluster:
                      member: %d
                      hosts: [%s]
                      basePort: %d
                      directory: %s
                    layout: %s
                    egress:
                      training:
                        channel: %s
                        stream: %d
                        frames: json
                      "*":
                        file: %s/{target}.jsonl
                    """.formatted(
                            i,
                            String.join(", ", hosts),
                            basePort,
                            directory(i),
                            layout,
                            consumerChannel,
                            ClusterClients.CONSUMER_STREAM,
                            folder.resolve("files-" + i)));
        }
    }

    private Path profile(final int member) {
        return folder.resolve("member-" + member + ".yaml");
    }

    Path directory(final int member) {
        return folder.resolve("member-" + member);
    }

    ClusterClients newClients() {
        return newClients(Duration.ofSeconds(10)); // as Aeron has it
    }

    /** Clients whose media driver takes a member's answers for there as long as this, when the member is gone. */
    ClusterClients newClients(final Duration imageLiveness) {
        return new ClusterClients(hosts, basePort, "Ratings", "training", consumerChannel, imageLiveness);
    }

    PinionProcess start(final int member) {
        return start(member, graph);
    }

    PinionProcess start(final int member, final Path ofGraph) {
        members[member] = PinionProcess.start(folder, "run", ofGraph, "--profile", profile(member));
        started.add(members[member]);
        return members[member];
    }

    PinionProcess member(final int member) {
        return members[member];
    }

    void kill(final int member) {
        members[member].signal("KILL");
        members[member].awaitEnd();
        assertThat(members[member].err()).doesNotContain("halted");
    }

    /** Asks for a snapshot as an operator would; the command runs. */
    PinionProcess startSnapshot(final Object... more) {
        final List<Object> args = new ArrayList<>(List.of("snapshot", "--profile", profile(0)));
        args.addAll(List.of(more));
        final PinionProcess asked = PinionProcess.start(folder, args.toArray());
        started.add(asked);
        return asked;
    }

    /** The member that says it leads, and lives; -1 while there is none. */
    int leader() {
        for (int i = 0; i < members.length; i++) {
            if (members[i] != null && members[i].isAlive() && lastRole(i).equals("leads")) {
                return i;
            }
        }
        return -1;
    }

    private String lastRole(final int member) {
        return members[member]
                .out()
                .lines()
                .filter(line -> line.startsWith("member " + member + " "))
                .map(line -> line.split("[ ,]")[2])
                .reduce("", (first, second) -> second);
    }

    /** How many snapshots a member has that it could start from. */
    long snapshots(final int member) {
        try (RecordingLog log =
                new RecordingLog(directory(member).resolve("cluster").toFile(), false)) {
            return log.entries().stream()
                    .filter(entry ->
                            entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT && entry.serviceId == 0)
                    .count();
        }
    }

    /** The disk of a member is gone, with its files. */
    void wipe(final int member) {
        IoUtil.delete(directory(member).toFile(), false);
        IoUtil.delete(evaluationFile(member).getParent().toFile(), false);
    }

    CommandResult seed(final int member, final int from) {
        return PinionProcess.run(folder, "seed", graph, "--profile", profile(member), "--from", profile(from));
    }

    /** The hashes that a member made at its newest snapshot, as it tells them, and the snapshot's position. */
    String hashes(final int member) {
        try {
            final String status = Files.readString(directory(member).resolve("status.json"));
            return status.substring(status.indexOf("\"hashes\""), status.indexOf("\"unsent\""));
        } catch (final IOException beingWritten) {
            return "none of member " + member;
        }
    }

    Path evaluationFile(final int member) {
        return folder.resolve("files-" + member + "/evaluation.jsonl");
    }

    /**
     * What stands in a member's own file of the target {@code evaluation}, in whole lines. It is being written: who reads it
     * line by line may meet its end within one, and the rest of that as a line of its own.
     */
    List<Long> evaluation(final int member) {
        try {
            final Path file = evaluationFile(member);
            final String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(ClusterClients::userIdOf)
                    .toList();
        } catch (final IOException beingWritten) {
            return List.of();
        }
    }

    /** That all which the clients sent came out once and in order, at the consumer and at each member that runs. */
    void requireAllOutOnce(final ClusterClients clients) {
        clients.awaitAccepted();
        final long sent = clients.sent();
        clients.await(() -> clients.consumed.size() >= (sent + 1) / 2);
        assertThat(clients.consumed).isEqualTo(idsUpTo(sent, 1));
        for (int i = 0; i < members.length; i++) {
            final int member = i;
            if (members[i] != null && members[i].isAlive()) {
                clients.await(() -> evaluation(member).size() >= sent / 2);
                assertThat(evaluation(member)).isEqualTo(idsUpTo(sent, 0));
            }
        }
    }

    private static List<Long> idsUpTo(final long last, final int remainder) {
        return LongStream.rangeClosed(1, last)
                .filter(id -> id % 2 == remainder)
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        started.forEach(PinionProcess::close);
        for (int i = 0; i < members.length; i++) {
            IoUtil.delete(ClusterMember.driverDirectory(directory(i)), true); // killed ones leave it behind
        }
    }
}
