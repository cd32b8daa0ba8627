package io.pinion.jmh.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.cluster.TornRecordings;
import io.pinion.engine.Idle;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * One member of a bare Aeron Cluster that sends each message back: the baseline for a member of Pinion, with the same
 * threads, idle strategies, term lengths, checksums and time-outs. Runs until SIGTERM; may be killed and started again.
 */
public final class EchoMember {
    private static final String LOCAL_ARCHIVE = "aeron:ipc?term-length=64k";
    private static final String SNAPSHOTS = "aeron:ipc?alias=snapshot|term-length=4m|mtu=8k";
    private static final String REPLAYS = "aeron:ipc?term-length=4m|mtu=8k";
    private static final int MTU_BYTES = 8 << 10;
    private static final int IPC_TERM_BYTES = 4 << 20;
    private static final int LOG_TERM_BYTES = 16 << 20;
    private static final int STARTUP_HEARTBEATS = 6;
    private static final long SESSION_TIMEOUT_NS = 10_000_000_000L;

    private final MemberPlan plan;
    private final int member;
    private final String directory;
    private final String driverDirectory;

    private EchoMember(final MemberPlan plan, final int member) {
        this.plan = plan;
        this.member = member;
        directory = plan.directory(member).toString();
        driverDirectory = driverDirectory(plan, member).toString();
    }

    /** Where a member's media driver has its buffers. */
    static Path driverDirectory(final MemberPlan plan, final int member) {
        final Path memory = Path.of("/dev/shm");
        return (Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")))
                .resolve("bench-echo-" + plan.basePort() + "-" + member);
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args a file with the {@link MemberPlan} as JSON, and the member's number.
     * @throws Exception where it does not start.
     */
    public static void main(final String[] args) throws Exception {
        final MemberPlan plan = new ObjectMapper().readValue(Path.of(args[0]).toFile(), MemberPlan.class);
        new EchoMember(plan, Integer.parseInt(args[1])).run();
    }

    private void run() throws Exception {
        deleteMarkFiles();
        new TornRecordings(Path.of(directory, "archive"), System.out::println).cutOff();
        final CountDownLatch stop = new CountDownLatch(1);
        final Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                main.join();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
        try (MediaDriver driver = MediaDriver.launch(driver());
                Archive archive = Archive.launch(archive());
                ConsensusModule consensus = ConsensusModule.launch(consensus(stop));
                ClusteredServiceContainer service = ClusteredServiceContainer.launch(service(stop))) {
            System.out.println("the echo's member " + member + " is running, its driver in "
                    + driver.aeronDirectoryName() + ", " + archive.context().archiveDir() + ", "
                    + consensus.context().clusterDir() + ", "
                    + service.context().serviceName());
            stop.await();
        }
    }

    /** Those of a killed one count as a living one's, for ten seconds. */
    private void deleteMarkFiles() throws IOException {
        for (final String folder : new String[] {"archive", "cluster"}) {
            final Path path = Path.of(directory, folder);
            Files.createDirectories(path);
            try (DirectoryStream<Path> marks = Files.newDirectoryStream(path, "{cluster-mark*.dat,archive-mark.dat}")) {
                for (final Path mark : marks) {
                    Files.delete(mark);
                }
            }
        }
    }

    private static IdleStrategy idle() {
        return Idle.BACKOFF.strategy(); // as the profiles of a cluster have it
    }

    /** As a member of Pinion's has it: Aeron's default wakes that thread a thousand times a second. */
    private static IdleStrategy executorIdle() {
        return new BackoffIdleStrategy(0, 0, TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(20));
    }

    private MediaDriver.Context driver() {
        return new MediaDriver.Context()
                .aeronDirectoryName(driverDirectory)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(idle())
                .asyncExecutorIdleStrategy(executorIdle())
                .ipcTermBufferLength(IPC_TERM_BYTES)
                .mtuLength(MTU_BYTES);
    }

    private Archive.Context archive() {
        return new Archive.Context()
                .aeronDirectoryName(driverDirectory)
                .archiveDir(Path.of(directory, "archive").toFile())
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(EchoMember::idle)
                .controlChannel("aeron:udp?endpoint=" + endpoint(member, 4))
                .localControlChannel(LOCAL_ARCHIVE)
                .replicationChannel(anyPort())
                .recordingEventsEnabled(false)
                .segmentFileLength(LOG_TERM_BYTES)
                .recordChecksum(Checksums.crc32c())
                .replayChecksum(Checksums.crc32c())
                .fileSyncLevel(plan.fileSyncLevel())
                .catalogFileSyncLevel(plan.fileSyncLevel());
    }

    private AeronArchive.Context archiveClient() {
        return new AeronArchive.Context()
                .aeronDirectoryName(driverDirectory)
                .controlRequestChannel(LOCAL_ARCHIVE)
                .controlResponseChannel(LOCAL_ARCHIVE);
    }

    private ConsensusModule.Context consensus(final CountDownLatch stop) {
        final long heartbeatNs = plan.heartbeatMs() * 1_000_000L;
        return new ConsensusModule.Context()
                .aeronDirectoryName(driverDirectory)
                .clusterDir(Path.of(directory, "cluster").toFile())
                .clusterMemberId(member)
                .clusterMembers(clusterMembers())
                .ingressChannel("aeron:udp?term-length=4m")
                .egressChannel("aeron:udp?term-length=128k")
                .logChannel("aeron:udp?term-length=" + LOG_TERM_BYTES)
                .replicationChannel(anyPort())
                .snapshotChannel(SNAPSHOTS)
                .replayChannel(REPLAYS)
                .archiveContext(archiveClient())
                .sessionTimeoutNs(SESSION_TIMEOUT_NS)
                .leaderHeartbeatTimeoutNs(heartbeatNs)
                .leaderHeartbeatIntervalNs(Math.min(200_000_000L, heartbeatNs / 5))
                .startupCanvassTimeoutNs(STARTUP_HEARTBEATS * heartbeatNs)
                .electionTimeoutNs(Math.min(1_000_000_000L, heartbeatNs))
                .fileSyncLevel(plan.fileSyncLevel())
                .idleStrategySupplier(EchoMember::idle)
                .terminationHook(stop::countDown);
    }

    private ClusteredServiceContainer.Context service(final CountDownLatch stop) {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(driverDirectory)
                .clusterDir(Path.of(directory, "cluster").toFile())
                .archiveContext(archiveClient())
                .snapshotChannel(SNAPSHOTS)
                .replayChannel(REPLAYS)
                .clusteredService(new EchoService(member))
                .idleStrategySupplier(EchoMember::idle)
                .terminationHook(stop::countDown);
    }

    private String clusterMembers() {
        final StringJoiner members = new StringJoiner("|");
        for (int i = 0; i < plan.hosts().size(); i++) {
            final StringJoiner one = new StringJoiner(",").add(Integer.toString(i));
            for (int port = 0; port < 5; port++) {
                one.add(endpoint(i, port));
            }
            members.add(one.toString());
        }
        return members.toString();
    }

    private String endpoint(final int ofMember, final int port) {
        return plan.hosts().get(ofMember) + ":" + (plan.basePort() + 10 * ofMember + port);
    }

    private String anyPort() {
        return "aeron:udp?endpoint=" + plan.hosts().get(member) + ":0";
    }
}
