package io.pinion.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.AeronException;
import io.pinion.engine.EdgeException;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;

/**
 * Fills an empty member's directory from that of another member, which may be running: its newest snapshot, and after that
 * its route logs. Then the member starts from the snapshot, and gets the log behind it from the leader.
 *
 * <pre>
 *   log        ─────────────S────────────────▶   S: the snapshot; the log itself is not copied
 *   route log     ├─────────┼──────┤             not confirmed ─ at S ─ since: put out again and compared
 * </pre>
 *
 * <p>The order makes a copy of a running member whole: what the snapshot needs of the route logs was there before them, and
 * what they have freed since, a file that is copied after them holds. Who the other member is, and what it voted for, does
 * not come along.
 */
public final class MemberSeed {
    private static final int SERVICE = 0;
    private static final String CATALOG = "archive.catalog";

    private final MemberConfig config;
    private final ReplicatedGraph<?> graph;
    private final MemberDirectory from;
    private final MemberDirectory to;

    private MemberSeed(
            final MemberConfig config,
            final ReplicatedGraph<?> graph,
            final MemberDirectory from,
            final MemberDirectory to) {
        this.config = config;
        this.graph = graph;
        this.from = from;
        this.to = to;
    }

    /**
     * Fills a member's directory.
     *
     * @param config of the member that is empty, and doesn't run.
     * @param graph  what it will run.
     * @param from   the directory of another member of this cluster, running or not, or a copy of one that was stopped.
     * @param files  copies the files of targets, when it is their turn.
     * @return the position of the log from where the member will go on.
     * @throws EdgeException with a sentence, when it can't; the member's directory is empty then.
     */
    public static long fill(
            final MemberConfig config, final ReplicatedGraph<?> graph, final Path from, final Runnable files) {
        try (MemberDirectory to = MemberDirectory.lock(config.directory)) {
            requireEmpty(to);
            boolean isFilled = false;
            try {
                final long position = new MemberSeed(config, graph, MemberDirectory.of(from), to).fill();
                files.run();
                isFilled = true;
                return position;
            } catch (final IOException | RouteLogException | AeronException failed) {
                throw new EdgeException(
                        "The directory " + config.directory + " can't be filled from " + from + ": "
                                + (failed instanceof NoSuchFileException ? "there is no " : "")
                                + failed.getMessage(),
                        failed);
            } finally {
                if (!isFilled) {
                    parts(to).forEach(part -> IoUtil.delete(part.toFile(), true));
                }
            }
        }
    }

    private static List<Path> parts(final MemberDirectory directory) {
        return List.of(directory.cluster(), directory.archive(), directory.routes());
    }

    private static void requireEmpty(final MemberDirectory directory) {
        for (final Path part : parts(directory)) {
            if (Files.exists(part)) {
                throw new EdgeException("There is " + part + " already: a member that has kept its disk catches up by"
                        + " itself; one that is to be seeded has to have an empty directory.");
            }
        }
    }

    /**
     * What the other member's recording log says.
     *
     * @param service   the newest snapshot's part of the service.
     * @param consensus its part of the consensus module.
     * @param term      the leadership term it was taken in.
     */
    private record Origin(RecordingLog.Entry service, RecordingLog.Entry consensus, RecordingLog.Entry term) {}

    private long fill() throws IOException {
        Files.createDirectories(to.cluster());
        Files.createDirectories(to.archive());
        final Origin origin = origin();
        Files.copy(from.archive().resolve(CATALOG), to.archive().resolve(CATALOG));
        copyRecording(origin.service.recordingId);
        copyRecording(origin.consensus.recordingId);
        takeUp(origin);
        try (DirectoryStream<Path> routes = Files.newDirectoryStream(from.routes())) {
            for (final Path route : routes) {
                RouteLog.copy(route, to.routes().resolve(route.getFileName()));
            }
        }
        return origin.consensus.logPosition;
    }

    private Origin origin() throws IOException {
        final Path copy = to.cluster().resolve(RecordingLog.RECORDING_LOG_FILE_NAME);
        Files.copy(from.cluster().resolve(RecordingLog.RECORDING_LOG_FILE_NAME), copy);
        try (RecordingLog log = new RecordingLog(to.cluster().toFile(), false)) {
            final List<RecordingLog.Entry> snapshots = LogPurge.wholeSnapshots(log.entries());
            if (snapshots.isEmpty()) {
                throw new EdgeException("The member in " + from.path() + " has no snapshot yet: take one with \"pinion"
                        + " snapshot\" and seed then, or just start the empty member, which reads the whole log.");
            }
            final RecordingLog.Entry newest = snapshots.get(0);
            return new Origin(log.getLatestSnapshot(SERVICE), newest, log.getTermEntry(newest.leadershipTermId));
        } finally {
            Files.delete(copy);
        }
    }

    private void copyRecording(final long recordingId) throws IOException {
        try (DirectoryStream<Path> segments = Files.newDirectoryStream(from.archive(), recordingId + "-*.rec")) {
            for (final Path segment : segments) {
                Files.copy(segment, to.archive().resolve(segment.getFileName()));
            }
        }
    }

    /** Has an archive look through what was copied, and forget the rest, before the member is told of it. */
    @SuppressWarnings("try") // driver and archive only have to be there
    private void takeUp(final Origin origin) {
        final MemberContexts contexts = new MemberContexts(config, to, new ErrorLines(config.tell));
        try (MediaDriver driver = MediaDriver.launch(contexts.driver());
                // No network: the member's address may be another host's.
                Archive archive = Archive.launch(contexts.archive().controlChannelEnabled(false))) {
            try (AeronArchive client = contexts.connectToArchive();
                    RecordingLog log = new RecordingLog(to.cluster().toFile(), true)) {
                final SeedRecordings recordings = new SeedRecordings(client);
                recordings.forget(id -> id != origin.service.recordingId && id != origin.consensus.recordingId);
                final long ofLog = recordings.emptyLike(origin.term.recordingId, origin.consensus.logPosition);
                log.appendTerm(
                        ofLog, origin.term.leadershipTermId, origin.term.termBaseLogPosition, origin.term.timestamp);
                append(log, origin.service);
                append(log, origin.consensus);
                log.force(2);
            }
            new SnapshotCheck(contexts::connectToArchive, to, graph.genesis(config), config).run();
        }
        requireSnapshot();
    }

    private static void append(final RecordingLog log, final RecordingLog.Entry snapshot) {
        log.appendSnapshot(
                snapshot.recordingId,
                snapshot.leadershipTermId,
                snapshot.termBaseLogPosition,
                snapshot.logPosition,
                snapshot.timestamp,
                snapshot.serviceId);
    }

    private void requireSnapshot() {
        try (RecordingLog log = new RecordingLog(to.cluster().toFile(), false)) {
            if (log.getLatestSnapshot(ConsensusModule.Configuration.SERVICE_ID) == null) {
                throw new EdgeException("The newest snapshot in " + from.path()
                        + " can't be used: take another with \"pinion snapshot\", and seed then.");
            }
        }
    }
}
