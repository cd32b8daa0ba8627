package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.RethrowingErrorHandler;
import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveThreadingMode;
import io.aeron.archive.checksum.Checksum;
import io.aeron.archive.checksum.Checksums;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/** How the parts of Aeron in one member are set up. What is not said here is as Aeron has it. */
final class MemberContexts {
    private static final String LOCAL_ARCHIVE = "aeron:ipc?term-length=64k";
    private static final String SNAPSHOTS = "aeron:ipc?alias=snapshot|term-length=4m|mtu=8k";
    private static final String REPLAYS = "aeron:ipc?term-length=4m|mtu=8k";

    /** A datagram of loopback and of any network whose frames are larger; others fragment it. */
    private static final int MTU_BYTES = 8 * 1024;

    /** Answers to one producer that are on their way. */
    private static final int EGRESS_TERM_BYTES = 128 * 1024;

    /** Producers and members that are connected at once. */
    private static final int MAX_SESSIONS = 1_000;

    private static final int IPC_TERM_BYTES = 4 << 20;

    private final MemberConfig config;
    private final MemberDirectory directory;
    private final ErrorHandler errors;

    /**
     * The one time of all parts of this member. Aeron takes driver and clients for dead by how far their times are apart: with
     * the wall clock of each, one that is set by more than ten seconds would end the member.
     */
    private final MemberClock clock;

    MemberContexts(final MemberConfig config, final MemberDirectory directory, final ErrorHandler errors) {
        this(config, directory, errors, new MemberClock());
    }

    MemberContexts(
            final MemberConfig config,
            final MemberDirectory directory,
            final ErrorHandler errors,
            final MemberClock clock) {
        this.config = config;
        this.directory = directory;
        this.errors = errors;
        this.clock = clock;
    }

    private String aeronDirectory() {
        return directory.driver().getAbsolutePath();
    }

    MediaDriver.Context driver() {
        return new MediaDriver.Context()
                .aeronDirectoryName(aeronDirectory())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(config.idle.get())
                .asyncExecutorIdleStrategy(executorIdle())
                .ipcTermBufferLength(IPC_TERM_BYTES)
                .mtuLength(MTU_BYTES)
                .epochClock(clock::timeMillis)
                .errorHandler(errors);
    }

    /** Of the thread that resolves names and opens sockets: by Aeron's default it wakes a thousand times a second. */
    private static IdleStrategy executorIdle() {
        return new BackoffIdleStrategy(0, 0, TimeUnit.MICROSECONDS.toNanos(10), TimeUnit.MILLISECONDS.toNanos(20));
    }

    Archive.Context archive() {
        final Checksum checksum = Checksums.crc32c();
        return new Archive.Context()
                .aeronDirectoryName(aeronDirectory())
                .archiveDir(directory.archive().toFile())
                .deleteArchiveOnStart(false)
                .threadingMode(ArchiveThreadingMode.SHARED)
                .idleStrategySupplier(config.idle)
                .controlChannel(config.endpoints.archiveOf(config.member))
                .localControlChannel(LOCAL_ARCHIVE)
                .replicationChannel(config.anyPortChannel())
                .recordingEventsEnabled(false)
                .authenticatorSupplier(config.archiveAuthenticator)
                .archiveClientContext(new AeronArchive.Context()
                        .controlResponseChannel(config.anyPortChannel())
                        .credentialsSupplier(config.credentials))
                .segmentFileLength(config.termBytes)
                .lowStorageSpaceThreshold(config.termBytes)
                .recordChecksum(checksum)
                .replayChecksum(checksum)
                .fileSyncLevel(config.fileSyncLevel)
                .catalogFileSyncLevel(config.fileSyncLevel)
                .epochClock(clock::timeMillis)
                .errorHandler(errors);
    }

    /** How a client of this member reaches its own archive. */
    AeronArchive.Context archiveClient() {
        return new AeronArchive.Context()
                .aeronDirectoryName(aeronDirectory())
                .controlRequestChannel(LOCAL_ARCHIVE)
                .controlResponseChannel(LOCAL_ARCHIVE)
                .credentialsSupplier(config.credentials);
    }

    /** A client of this member's own archive, by a client of the driver that goes with it. */
    AeronArchive connectToArchive() {
        final Aeron aeron = Aeron.connect(client().subscriberErrorHandler(RethrowingErrorHandler.INSTANCE));
        try {
            return AeronArchive.connect(archiveClient().aeron(aeron).ownsAeronClient(true));
        } catch (final RuntimeException unreachable) {
            aeron.close();
            throw unreachable;
        }
    }

    ConsensusModule.Context consensus(final Runnable terminationHook) {
        return new ConsensusModule.Context()
                .aeronDirectoryName(aeronDirectory())
                .clusterDir(directory.cluster().toFile())
                .clusterMemberId(config.member)
                .clusterMembers(config.endpoints.clusterMembers())
                .ingressChannel("aeron:udp?term-length=4m")
                .egressChannel("aeron:udp?term-length=" + EGRESS_TERM_BYTES)
                .logChannel("aeron:udp?term-length=" + config.termBytes)
                .replicationChannel(config.anyPortChannel())
                .snapshotChannel(SNAPSHOTS)
                .replayChannel(REPLAYS)
                .archiveContext(archiveClient())
                .clusterClock(clock)
                .epochClock(clock::timeMillis)
                .maxConcurrentSessions(MAX_SESSIONS)
                .sessionTimeoutNs(config.sessionTimeout.toNanos())
                .leaderHeartbeatTimeoutNs(config.heartbeatTimeout.toNanos())
                .leaderHeartbeatIntervalNs(Math.min(200_000_000L, config.heartbeatTimeout.toNanos() / 5))
                .startupCanvassTimeoutNs(config.startupTimeout.toNanos())
                .electionTimeoutNs(Math.min(1_000_000_000L, config.heartbeatTimeout.toNanos()))
                .fileSyncLevel(config.fileSyncLevel)
                .authenticatorSupplier(config.authenticator)
                .authorisationServiceSupplier(MemberAuthorisation::new)
                .idleStrategySupplier(config.idle)
                .terminationHook(terminationHook)
                .errorHandler(errors);
    }

    ClusteredServiceContainer.Context service(final ClusteredService service, final Runnable terminationHook) {
        return new ClusteredServiceContainer.Context()
                .aeronDirectoryName(aeronDirectory())
                .clusterDir(directory.cluster().toFile())
                .archiveContext(archiveClient())
                .snapshotChannel(SNAPSHOTS)
                .replayChannel(REPLAYS)
                .clusteredService(service)
                .epochClock(clock::timeMillis)
                .idleStrategySupplier(config.idle)
                .terminationHook(terminationHook)
                .errorHandler(errors);
    }

    Aeron.Context client() {
        return new Aeron.Context()
                .aeronDirectoryName(aeronDirectory())
                .epochClock(clock::timeMillis)
                .errorHandler(errors);
    }
}
