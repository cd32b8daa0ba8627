package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.aeron.FreePorts;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.file.SequencedFile;
import io.pinion.wire.FrameCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Members of one cluster in this process, a producer, and what came out: the target {@code even} goes to a file of each
 * member, {@code odd} to a consumer.
 */
final class MemberRig implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<String> told = new CopyOnWriteArrayList<>();
    final List<String> halted = new CopyOnWriteArrayList<>();
    final List<Long> consumed = new ArrayList<>();
    private final Path directory;
    private final List<String> hosts;
    private final int basePort = FreePorts.inARow(30);
    private final ClusterMember[] members;
    private final MediaDriver driver;
    private final Aeron client;
    private final int consumerPort = FreePorts.one();
    private Supplier<Graph<Reading>> graphs = Reading::graph;
    private Layout layout = Layout.oneThread();
    private ClusterProducer producer;
    private RouteConsumer consumer;
    private SharedSecret memberSecret;
    private SharedSecret clientSecret;
    private long minDiskFreeBytes = 1;
    private int maxFrameBytes = 4_096;
    private long sent;

    MemberRig(final Path directory, final int members) {
        this.directory = directory;
        this.members = new ClusterMember[members];
        hosts = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            hosts.add("127.0.0." + (i + 1));
        }
        driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
    }

    void layout(final Layout other) {
        layout = other;
    }

    void graphs(final Supplier<Graph<Reading>> others) {
        graphs = others;
    }

    void secrets(final SharedSecret ofMembers, final SharedSecret ofClients) {
        memberSecret = ofMembers;
        clientSecret = ofClients;
    }

    void maxFrameBytes(final int bytes) {
        maxFrameBytes = bytes;
    }

    /** The longest event that a producer takes. */
    int maxEventBytes() {
        return producer.maxEventBytes();
    }

    void minDiskFree(final long bytes) {
        minDiskFreeBytes = bytes;
    }

    ClusterMember start(final int member) {
        final Graph<Reading> graph = graphs.get();
        final Processor.Builder<Reading> engine = Processor.of("Readings", graph, FrameCodec.of(graph.events()))
                .rowCodecs(FrameCodec::of)
                .maxFrameBytes(maxFrameBytes)
                .layout(layout)
                .format("even", FrameFormat.JSON);
        final MemberConfig config = MemberConfig.of(member, hosts, directory(member))
                .basePort(basePort)
                .secrets(memberSecret, clientSecret)
                .heartbeatTimeout(Duration.ofSeconds(1))
                .minDiskFree(minDiskFreeBytes)
                .tell(told::add)
                .halt((sentence, cause) -> {
                    halted.add(sentence);
                    return new AssertionError(sentence, cause);
                })
                .build();
        members[member] = ClusterMember.launch(
                config,
                new ReplicatedGraph<>(
                        "Readings",
                        graph,
                        engine,
                        Map.of("maxFrameBytes", Integer.toString(maxFrameBytes)),
                        Map.of(),
                        (name, longest, consumers) -> name.equals("odd")
                                ? consumers.at("aeron:udp?endpoint=localhost:" + consumerPort, 7)
                                : new SequencedFile(file(member, name), longest, false)));
        return members[member];
    }

    /** The member that leads, once one does. */
    int awaitLeader() {
        final int[] leader = new int[1];
        await(() -> {
            for (int i = 0; i < members.length; i++) {
                if (members[i] != null && members[i].status().role().equals("leader")) {
                    leader[0] = i;
                    return true;
                }
            }
            return false;
        });
        return leader[0];
    }

    void restart(final int member) {
        stop(member);
        start(member);
    }

    /** Has a snapshot taken, and waits until that member has. */
    SectionHashes takeSnapshot(final int member) {
        final long before = hashesOf(member).position();
        members[member].requestSnapshot();
        await(() -> hashesOf(member).position() > before);
        return hashesOf(member);
    }

    /** What the newest snapshot of a member hashes to. */
    SectionHashes hashesOf(final int member) {
        final MemberStatus status = members[member].status();
        final List<String> names =
                status.hashes().stream().map(line -> line.split(" ")[0]).toList();
        final long[] hashes = status.hashes().stream()
                .mapToLong(line -> Long.parseUnsignedLong(line.split(" ")[1], 16))
                .toArray();
        return new SectionHashes(status.hashedAt(), names, hashes);
    }

    void stop(final int member) {
        CloseHelper.close(members[member]);
        members[member] = null;
    }

    Path directory(final int member) {
        return directory.resolve("member-" + member);
    }

    private Path file(final int member, final String target) {
        return directory.resolve("files-" + member).resolve(target + ".jsonl");
    }

    void openClients() {
        openClients(clientSecret == null ? SharedSecret.none() : clientSecret);
    }

    void openClients(final SharedSecret secret) {
        final List<String> ingress = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            ingress.add(hosts.get(i) + ":" + (basePort + 10 * i));
        }
        producer = ClusterProducer.builder()
                .aeron(client)
                .endpoints(ingress)
                .producer(42)
                .credentials(SharedSecretCredentials.ofClient("producer", secret))
                .open();
        openConsumer(secret);
    }

    /** In the place of the one there is. */
    void openConsumer(final SharedSecret secret) {
        CloseHelper.close(consumer);
        final List<String> routes = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            routes.add(hosts.get(i) + ":" + (basePort + 10 * i + 5));
        }
        consumer = RouteConsumer.builder()
                .aeron(client)
                .channel("aeron:udp?endpoint=localhost:" + consumerPort, 7)
                .members(routes)
                .route("Readings", "odd")
                .secret(secret)
                .open();
    }

    /** Who asks things of the cluster. */
    ClusterOperator operator() {
        final List<String> ingress = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            ingress.add(hosts.get(i) + ":" + (basePort + 10 * i));
        }
        return new ClusterOperator(ingress, hosts.get(0), clientSecret == null ? SharedSecret.none() : clientSecret);
    }

    void closeClients() {
        CloseHelper.closeAll(producer, consumer);
    }

    /** Sends readings of which each is sane, and no id comes twice, until all are acknowledged. */
    void send(final int count) {
        offer(count);
        awaitAccepted();
    }

    /** Offers readings, which may not be acknowledged yet. */
    void offer(final int count) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[128]);
        final long upTo = sent + count;
        final long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (sent < upTo) {
            final byte[] json =
                    ("{\"id\":" + (sent + 1) + ",\"value\":" + (sent + 1) + "}").getBytes(StandardCharsets.UTF_8);
            frame.putBytes(0, json);
            if (producer.offer(frame, 0, json.length, 0)) {
                sent++;
            }
            poll();
            assertThat(System.nanoTime() - untilNs)
                    .as(() -> "in time; " + producer.whyWaiting())
                    .isNegative();
        }
    }

    void awaitAccepted() {
        await(() -> producer.accepted() == sent);
    }

    private void poll() {
        if (producer.poll() + consumer.poll(this::onOutput, 64) == 0) {
            Thread.yield();
        }
    }

    private void onOutput(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        consumed.add(idOf(buffer.getStringWithoutLengthUtf8(offset, length)));
    }

    private static long idOf(final String json) {
        final int colon = json.indexOf(':');
        return Long.parseLong(json.substring(colon + 1, json.indexOf(',')).strip());
    }

    void await(final BooleanSupplier condition) {
        final long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            poll();
            assertThat(System.nanoTime() - untilNs)
                    .as(() -> "in time; " + producer.whyWaiting() + "; " + consumer.whyWaiting() + "; " + told + halted)
                    .isNegative();
        }
    }

    /** That each reading sent came out once, in order, at the consumer and in the file of a member. */
    void requireAllOut(final int member) throws IOException {
        await(() -> consumed.size() >= (sent + 1) / 2 && lines(member).size() >= sent / 2);
        for (int i = 0; i < (sent + 1) / 2; i++) {
            assertThat(consumed.get(i)).isEqualTo(2L * i + 1);
        }
        assertThat(consumed).hasSize((int) (sent + 1) / 2);
        final List<String> lines = lines(member);
        for (int i = 0; i < sent / 2; i++) {
            assertThat(idOf(lines.get(i))).isEqualTo(2L * i + 2);
        }
        assertThat(lines).hasSize((int) sent / 2);
    }

    private List<String> lines(final int member) {
        try {
            final String text = Files.exists(file(member, "even")) ? Files.readString(file(member, "even")) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList(); // it may end within one
        } catch (final IOException e) {
            return List.of(); // being written
        }
    }

    ClusterMember member(final int member) {
        return members[member];
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(producer, consumer);
        CloseHelper.closeAll(members);
        CloseHelper.quietCloseAll(client, driver);
    }
}
