package io.pinion.sidecar;

import io.aeron.Aeron;
import io.pinion.cluster.ClusterMember;
import io.pinion.cluster.ClusterProducer;
import io.pinion.cluster.MemberStatus;
import io.pinion.cluster.SharedSecret;
import io.pinion.cluster.SharedSecretCredentials;
import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.wire.FrameCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How fast a member that was killed reads its log again, without a snapshot. Run by hand, twice: {@code fill DIR EVENTS} sends
 * the demo's feedback to one member, for three minutes at most, which then goes; {@code recover DIR LAYOUT} starts it again and tells the time until it
 * leads, which it does once it has read all. Each in a JVM of its own.
 */
final class RecoveryMeasurement {
    private static final int BASE_PORT = 23_900;
    private static final int FRAME_BYTES = 4_096;
    private static final long MOST_NS = 180_000_000_000L;

    private RecoveryMeasurement() {}

    /** Does what its first argument says. */
    public static void main(final String[] args) throws Exception {
        final Path folder = Path.of(args[1]);
        if (args[0].equals("fill")) {
            fill(folder, Long.parseLong(args[2]));
        } else {
            recover(folder, args[2]);
        }
    }

    private static ClusterMember launch(final Path folder, final String layout) throws Exception {
        final Path yaml = folder.resolve("member.yaml");
        final DemoFolder demo = new DemoFolder(folder.resolve("users"));
        demo.prepare();
        Files.writeString(yaml, """
                cluster: {member: 0, hosts: [127.0.0.1], basePort: %d, directory: %s, snapshotEvery: 1000h}
                idle: yielding
                layout: %s
                egress: {"*": {file: "%s/{target}.jsonl"}}
                tables: {users: %s}
                """.formatted(
                        BASE_PORT,
                        folder.resolve("member"),
                        layout,
                        folder.resolve("files"),
                        demo.users().toAbsolutePath()));
        final Deployment<?> deployment = Deployment.of(GraphLoader.shipped("Feedback"), Profiles.load(yaml.toString()));
        deployment.requireNoProblems();
        return ClusterMember.launch(
                deployment.profile().cluster().memberConfig(deployment.profile().idle()),
                new ClusterEdges(deployment, deployment.profile().egressesOf(deployment.graph())).graph());
    }

    private static void fill(final Path folder, final long events) throws Exception {
        Files.createDirectories(folder);
        final Codec<FeedbackEvent> codec = FrameCodec.of(FeedbackEvent::new);
        final FeedbackGenerator generator = new FeedbackGenerator(codec, 1, 0);
        final Frame frame = codec.newFrame(FRAME_BYTES, FRAME_BYTES);
        final long beganNs = System.nanoTime();
        try (ClusterMember member = launch(folder, "one-thread");
                Aeron aeron = Aeron.connect(new Aeron.Context()
                        .aeronDirectoryName(ClusterMember.driverDirectory(folder.resolve("member"))
                                .getAbsolutePath()));
                ClusterProducer producer = ClusterProducer.builder()
                        .aeron(aeron)
                        .endpoints(List.of("127.0.0.1:" + BASE_PORT))
                        .producer(1)
                        .credentials(SharedSecretCredentials.ofClient("fill", SharedSecret.none()))
                        .open()) {
            long sent = 0;
            for (; sent < events && System.nanoTime() - beganNs < MOST_NS; sent++) {
                generator.next(System.currentTimeMillis() * 1_000, frame);
                while (!producer.offer(frame.buffer(), 0, frame.lengthBytes(), 0)) {
                    producer.poll();
                }
                producer.poll();
            }
            if (!producer.awaitAccepted(Duration.ofMinutes(5))) {
                throw new IllegalStateException(producer.whyWaiting());
            }
            final MemberStatus status = member.status();
            Files.writeString(folder.resolve("filled"), status.position() + " " + sent);
            System.out.printf(
                    "%,d events in %.1f s, a log of %,d bytes%n",
                    sent, (System.nanoTime() - beganNs) / 1e9, status.position());
        }
    }

    private static void recover(final Path folder, final String layout) throws Exception {
        final String[] filled = Files.readString(folder.resolve("filled")).split(" ");
        final long end = Long.parseLong(filled[0]);
        final long events = Long.parseLong(filled[1]);
        final long beganNs = System.nanoTime();
        try (ClusterMember member = launch(folder, layout)) {
            final long upNs = System.nanoTime();
            while (member.status().position() < end) {
                Thread.sleep(1);
            }
            final long readNs = System.nanoTime();
            while (!member.status().role().equals("leader")) {
                Thread.sleep(1);
            }
            System.out.printf(
                    "%s: up after %.2f s, read %,d events in %.2f s (%,.0f events/s, %.0f MB/s), leads %.2f s after its start%n",
                    layout,
                    (upNs - beganNs) / 1e9,
                    events,
                    (readNs - upNs) / 1e9,
                    events * 1e9 / (readNs - upNs),
                    end * 1e3 / (readNs - upNs),
                    (System.nanoTime() - beganNs) / 1e9);
        }
    }
}
