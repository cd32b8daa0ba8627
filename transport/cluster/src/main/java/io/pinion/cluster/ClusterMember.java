package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Replica;
import io.pinion.engine.RouteCount;
import io.pinion.engine.SequencedTarget;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.AgentRunner;

/**
 * One member of a replicated graph: media driver, archive, consensus module, the service with the engine in it, and the
 * delivery thread, in one process. Launched and closed by one thread; what says so may be called from any.
 *
 * <pre>
 *   lock ─▶ driver ─▶ torn ends cut off ─▶ archive ─▶ replica ─▶ snapshot and log checked
 *                                     delivery ◀─ service ◀─ consensus module ◀─┘
 * </pre>
 */
public final class ClusterMember implements AutoCloseable {
    private static final RouteCount NOTHING_YET = new RouteCount(1, 0, 0, 0, 0);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final MemberConfig config;
    private final ServiceParts parts;
    private final List<Forwarder> forwarders = new ArrayList<>();
    private final PositionFeed feed;
    private final Housekeeping housekeeping;
    private final MemberSession session;
    private final TableFill tables;
    private final long tablesWithFiles;
    private final ErrorLines errors;
    private final DiskRoom room;

    private ClusterMember(final MemberConfig config, final ReplicatedGraph<?> graph) {
        this.config = config;
        errors = new ErrorLines(config.tell);
        room = new DiskRoom(config.directory, config.minDiskFreeBytes);
        try {
            final MemberDirectory directory = open(MemberDirectory.lock(config.directory));
            room.require();
            final MemberContexts contexts = new MemberContexts(config, directory, errors);
            open(MediaDriver.launch(contexts.driver()));
            new TornRecordings(directory.archive(), config.tell).cutOff();
            open(Archive.launch(contexts.archive().errorHandler(new DamagedLog(errors, directory, config))));
            final Replica<?> replica = open(graph.engine().replica(directory.routes(), config.bounds));
            requireFits(replica.maxFrameBytes());
            parts = new ServiceParts(config, graph, replica);
            new SnapshotCheck(contexts::connectToArchive, directory, parts.genesis, config).run();

            open(ConsensusModule.launch(
                    contexts.consensus(ended::countDown).errorHandler(new MissingBegin(errors, parts.view, config))));
            final Aeron client = Aeron.connect(contexts.client());
            opened.push(client);
            session = new MemberSession(
                    client,
                    ClusterLink.endpoints(config.endpoints.ingress()),
                    config.anyPortChannel(),
                    config.credentials,
                    config.member,
                    replica.routes(),
                    parts.genesis,
                    parts.view);
            feed = new PositionFeed(client, config.endpoints.routesOf(config.member), config.consumers, config.tell);
            openForwarders(client, graph);
            tables = new TableFill(
                    client,
                    ClusterLink.endpoints(config.endpoints.ingress()),
                    config.anyPortChannel(),
                    config.credentials,
                    table -> graph.loaded().get(nameOf(table)).get(),
                    this::nameOf,
                    parts.view,
                    config.tell);
            tablesWithFiles = graph.tablesToLoad(replica.tables());
            housekeeping = new Housekeeping(
                    contexts.archiveClient().aeron(client).ownsAeronClient(false),
                    directory.cluster().toFile(),
                    config.snapshotEvery,
                    room,
                    parts.view);
            open(ClusteredServiceContainer.launch(contexts.service(parts.service, ended::countDown)));
            open(startDelivery(new DeliveryAgent(feed, forwarders, session, tables, housekeeping)));
        } catch (final EdgeException refused) {
            closeAll(refused);
            throw refused;
        } catch (final Throwable failed) {
            closeAll(failed);
            final String shortage = room.shortage();
            if (shortage != null) {
                final EdgeException full = new EdgeException(shortage);
                full.addSuppressed(failed);
                throw full;
            }
            throw failed;
        }
    }

    /**
     * The longest frame that a producer can bring into a cluster's log, and that a graph's longest frame may be there.
     *
     * @return in bytes.
     */
    public static int mostFrameBytes() {
        return ClusterLink.MAX_MESSAGE_BYTES
                - Math.max(ClusterMessages.EVENT_HEADER_BYTES, ClusterMessages.SWAP_HEADER_BYTES + Integer.BYTES);
    }

    private static void requireFits(final int frameBytes) {
        if (frameBytes > mostFrameBytes()) {
            throw new EdgeException("The longest frame is " + frameBytes + " bytes, and a cluster's ingress takes "
                    + mostFrameBytes() + ", an eighth of its term length without what is said of each event: lower"
                    + " maxFrameBytes.");
        }
    }

    /**
     * Starts a member, and returns when it takes part.
     *
     * @param config of this member.
     * @param graph  what it runs.
     * @return running.
     * @throws EdgeException when it can't: its directory is in use or damaged, or the log is of another graph.
     */
    public static ClusterMember launch(final MemberConfig config, final ReplicatedGraph<?> graph) {
        return new ClusterMember(config, graph);
    }

    /**
     * Where a member's media driver has its buffers: in memory where there is a file system for that, one for each member's
     * directory. A member that is killed leaves it there, and takes it away when it starts again.
     *
     * @param directory the member's.
     * @return a directory to be deleted when a killed member will never be started again.
     */
    public static File driverDirectory(final Path directory) {
        final String path = directory.toAbsolutePath().normalize().toString();
        final File memory = new File("/dev/shm");
        return new File(
                memory.isDirectory() && memory.canWrite() ? memory : new File(IoUtil.tmpDirName()),
                "pinion-member-" + System.getProperty("user.name") + "-"
                        + UUID.nameUUIDFromBytes(path.getBytes(StandardCharsets.UTF_8)));
    }

    private String nameOf(final int table) {
        return parts.replica.tables().get(table - 1).name();
    }

    private <T extends AutoCloseable> T open(final T part) {
        opened.push(part);
        return part;
    }

    private void openForwarders(final Aeron client, final ReplicatedGraph<?> graph) {
        final Replica<?> replica = parts.replica;
        for (int i = 0; i < replica.routes(); i++) {
            final String name = replica.routeName(i);
            final long routeId = RouteMessages.routeId(graph.name(), name);
            final SequencedTarget target = graph.targets()
                    .open(
                            name,
                            replica.maxOutputBytes(),
                            (channel, stream) -> new RouteTarget(
                                    (uri, number) -> new AeronRoutePublication(client, uri, number),
                                    channel,
                                    stream,
                                    routeId,
                                    feed.of(routeId, name),
                                    parts.view,
                                    config.member));
            final Forwarder forwarder =
                    new Forwarder(i, name, replica.routeLog(i), target, parts.view, session, damage());
            forwarders.add(forwarder);
            replica.onAppend(i, forwarder::onAppend);
            if (forwarder.isLocal()) {
                replica.freeUpTo(i, forwarder::settled);
            }
        }
    }

    /** Where others have equal copies of a route's log, this member makes room for one of them; alone, it keeps the rest up. */
    private Forwarder.Damage damage() {
        final boolean isAlone = config.endpoints.hosts().size() == 1;
        return isAlone ? Forwarder.Damage.ENDS_THE_ROUTE : Forwarder.Damage.ENDS_THE_MEMBER;
    }

    private AgentRunner startDelivery(final DeliveryAgent agent) {
        final ErrorHandler halt = e -> room.before(config.halt)
                .halt(
                        e instanceof EdgeException
                                ? e.getMessage()
                                : "An error on the delivery thread of member " + config.member + ": " + e + ".",
                        e instanceof EdgeException ? null : e);
        final AgentRunner runner = new AgentRunner(config.idle.get(), halt, null, agent);
        AgentRunner.startOnThread(runner);
        return runner;
    }

    /**
     * Waits for the member to end by itself: told so by the cluster, or unable to take part. Any thread.
     *
     * @param timeout how long to wait.
     * @return false when the time ran out first.
     */
    public boolean awaitEnd(final Duration timeout) {
        try {
            return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Why a member can't stay: its disk has no room. Where it has ended by itself, or met an error, that is why. Any thread.
     *
     * @param config of the member.
     * @return a sentence, or null when there is room.
     */
    public static String diskShortage(final MemberConfig config) {
        return new DiskRoom(config.directory, config.minDiskFreeBytes).shortage();
    }

    /** Asks for a snapshot, if this member leads. Any thread; returns at once. */
    public void requestSnapshot() {
        housekeeping.requestSnapshot();
    }

    /**
     * Asks that the files of all tables be read again, if this member leads: each table is swapped, at one place in the log,
     * for what its file has now; a file that is wrong leaves its table as it was. What came of it is told to {@link
     * MemberConfig.Builder#tell}. Any thread; returns at once.
     */
    public void requestTables() {
        tables.loadAgain(tablesWithFiles);
    }

    /**
     * Asks that all members take a snapshot and end, if this member leads; {@link #awaitEnd} tells when this one has. Any
     * thread; returns at once.
     */
    public void requestStop() {
        parts.view.isStopAsked = true;
    }

    /**
     * How it does. Any thread.
     *
     * @return of this moment.
     */
    public MemberStatus status() {
        final ServiceView view = parts.view;
        final SectionHashes hashes = view.hashes;
        final RouteCount[] counts = view.counts;
        final List<MemberStatus.RouteStatus> routes = new ArrayList<>();
        for (int i = 0; i < forwarders.size(); i++) {
            routes.add(new MemberStatus.RouteStatus(
                    parts.replica.routeName(i),
                    i < counts.length ? counts[i] : NOTHING_YET,
                    forwarders.get(i).settled()));
        }
        final List<String> lines = new ArrayList<>();
        for (int i = 0; hashes != null && i < hashes.hashes().length; i++) {
            lines.add(hashes.names().get(i) + " " + String.format("%016x", hashes.hashes()[i]));
        }
        return new MemberStatus(
                config.member,
                view.isLeader && view.isTermCurrent ? "leader" : "follower",
                view.leadershipTermId >= 0 ? view.leadershipTermId : housekeeping.term(),
                view.logId,
                view.position,
                Long.bitCount(view.tablesToLoad),
                routes,
                lines,
                hashes == null ? 0 : hashes.position(),
                parts.answers.unsent(),
                feed.refused(),
                troubles());
    }

    private List<String> troubles() {
        final List<String> troubles = new ArrayList<>(errors.lines());
        forwarders.stream().map(Forwarder::failure).forEach(troubles::add);
        troubles.add(tables.trouble());
        troubles.add(housekeeping.trouble());
        troubles.removeIf(Objects::isNull);
        return troubles;
    }

    /** Stops this member; the others go on. What it had begun is read from the log again at the next start. */
    @Override
    public void close() {
        closeAll(null);
    }

    private void closeAll(final Throwable because) {
        final List<Throwable> failures = new ArrayList<>();
        while (!opened.isEmpty()) {
            CloseHelper.close(failures::add, opened.pop());
        }
        failures.forEach(failure -> {
            if (because != null && because != failure) {
                because.addSuppressed(failure);
            } else {
                errors.onError(failure);
            }
        });
    }
}
