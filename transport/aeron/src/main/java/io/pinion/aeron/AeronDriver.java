package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.Configuration;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.aeron.exceptions.AeronException;
import io.aeron.exceptions.DriverTimeoutException;
import io.pinion.engine.EdgeException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

/**
 * A media driver, and a client of it: embedded without a thread of its own (see {@link #agent()}), embedded on one
 * thread, or one that runs elsewhere. Opened and closed by one thread; prints nothing.
 */
public final class AeronDriver implements AutoCloseable {
    /** For 8192 counters, of which a publication or a producer takes some five; Aeron's default takes 35 MiB more. */
    private static final int COUNTERS_BYTES = 1 << 20;

    private final DriverDirectory directory;
    private final AeronFaults faults;
    private final MediaDriver driver;
    private final Aeron client;
    private final InvokedDriver agent;

    private AeronDriver(
            final DriverDirectory directory,
            final AeronFaults faults,
            final MediaDriver driver,
            final Aeron client,
            final InvokedDriver agent) {
        this.directory = directory;
        this.faults = faults;
        this.driver = driver;
        this.client = client;
        this.agent = agent;
    }

    /**
     * Starts a driver that works when {@link #agent()} is called, in a directory of its own.
     *
     * @param options its sizes and patience.
     * @return the driver; close it.
     * @throws EdgeException when it does not start.
     */
    public static AeronDriver invoked(final AeronOptions options) {
        return invoked(options, DriverDirectory.own(options));
    }

    /**
     * Starts a driver that works when {@link #agent()} is called.
     *
     * @param options   its sizes and patience.
     * @param directory where other processes find it; what an earlier driver left there is removed.
     * @return the driver; close it.
     * @throws EdgeException when it does not start, because another runs there for example.
     */
    public static AeronDriver invoked(final AeronOptions options, final Path directory) {
        return invoked(options, DriverDirectory.given(directory));
    }

    private static AeronDriver invoked(final AeronOptions options, final DriverDirectory directory) {
        final AeronFaults faults = new AeronFaults();
        final OpenSockets sockets = new OpenSockets();
        final CatchingUp catchingUp = new CatchingUp(sockets);
        final MediaDriver.Context context =
                contextOf(options, directory, faults).threadingMode(ThreadingMode.INVOKER);
        if (System.getProperty(Configuration.RECEIVE_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME) == null) {
            context.receiveChannelEndpointSupplier(catchingUp);
        } else { // somebody tries one that loses, say: those are not counted here, and taken for open
            sockets.opened();
        }
        if (System.getProperty(Configuration.SEND_CHANNEL_ENDPOINT_SUPPLIER_PROP_NAME) == null) {
            context.sendChannelEndpointSupplier(new RarelyReadControl(sockets));
        } else {
            sockets.opened();
        }
        final MediaDriver driver = launch(directory, context);
        try {
            final AgentInvoker invoker = driver.sharedAgentInvoker();
            final Aeron client = connect(
                    directory.path(),
                    new Aeron.Context().driverAgentInvoker(invoker).useConductorAgentInvoker(true),
                    options.driverTimeout(),
                    faults);
            final InvokedDriver agent = new InvokedDriver(
                    catchingUp,
                    invoker,
                    client.conductorAgentInvoker(),
                    sockets,
                    client.context().clientLock(),
                    faults,
                    directory.path());
            return new AeronDriver(directory, faults, driver, client, agent);
        } catch (final EdgeException e) {
            driver.close();
            throw e;
        }
    }

    /**
     * Starts a driver on one thread of its own, in a directory of its own.
     *
     * @param options its sizes and patience.
     * @param idle    what that thread does when there is nothing to do.
     * @return the driver; close it.
     * @throws EdgeException when it does not start.
     */
    public static AeronDriver shared(final AeronOptions options, final IdleStrategy idle) {
        return shared(options, idle, DriverDirectory.own(options));
    }

    /**
     * Starts a driver on one thread of its own.
     *
     * @param options   its sizes and patience.
     * @param idle      what that thread does when there is nothing to do.
     * @param directory where other processes find it; what an earlier driver left there is removed.
     * @return the driver; close it.
     * @throws EdgeException when it does not start, because another runs there for example.
     */
    public static AeronDriver shared(final AeronOptions options, final IdleStrategy idle, final Path directory) {
        return shared(options, idle, DriverDirectory.given(directory));
    }

    private static AeronDriver shared(
            final AeronOptions options, final IdleStrategy idle, final DriverDirectory directory) {
        final AeronFaults faults = new AeronFaults();
        final MediaDriver driver = launch(
                directory,
                contextOf(options, directory, faults)
                        .threadingMode(ThreadingMode.SHARED)
                        .sharedIdleStrategy(idle)
                        .sharedThreadFactory(daemon("pinion-media-driver")));
        try {
            final Aeron client = connect(directory.path(), new Aeron.Context(), options.driverTimeout(), faults);
            return new AeronDriver(directory, faults, driver, client, null);
        } catch (final EdgeException e) {
            driver.close();
            throw e;
        }
    }

    /**
     * Uses a driver that runs in another process.
     *
     * @param directory     where it runs.
     * @param driverTimeout how long to wait for it, and how long it may be silent later.
     * @return a client of it; close it.
     * @throws EdgeException when none is there.
     */
    public static AeronDriver external(final Path directory, final Duration driverTimeout) {
        final AeronFaults faults = new AeronFaults();
        final Aeron client = connect(directory, new Aeron.Context(), driverTimeout, faults);
        return new AeronDriver(DriverDirectory.foreign(directory), faults, null, client, null);
    }

    private static MediaDriver.Context contextOf(
            final AeronOptions options, final DriverDirectory directory, final AeronFaults faults) {
        final long peerTimeoutNs = options.peerTimeout().toNanos();
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.path().toString())
                .dirDeleteOnStart(directory.isOwn())
                .dirDeleteOnShutdown(directory.isOwn())
                .warnIfDirectoryExists(false)
                .errorHandler(faults)
                .counterValuesBufferLength(COUNTERS_BYTES)
                .asyncExecutorThreadFactory(daemon("pinion-media-driver-names"))
                .asyncExecutorIdleStrategy(new NamesIdle())
                .publicationTermBufferLength(options.termLengthBytes())
                .ipcTermBufferLength(options.termLengthBytes())
                .termBufferSparseFile(options.isSparse())
                .lowStorageWarningThreshold(0)
                .mtuLength(options.mtuBytes())
                .ipcMtuLength(options.mtuBytes())
                .initialWindowLength(options.receiverWindowBytes())
                .socketRcvbufLength(options.socketBufferBytes())
                .socketSndbufLength(options.socketBufferBytes())
                .driverTimeoutMs(options.driverTimeout().toMillis())
                .timerIntervalNs(Math.min(Duration.ofSeconds(1).toNanos(), peerTimeoutNs / 4))
                .clientLivenessTimeoutNs(peerTimeoutNs)
                .imageLivenessTimeoutNs(peerTimeoutNs)
                .publicationConnectionTimeoutNs(peerTimeoutNs / 2)
                .publicationUnblockTimeoutNs(peerTimeoutNs + peerTimeoutNs / 2);
    }

    private static MediaDriver launch(final DriverDirectory directory, final MediaDriver.Context context) {
        directory.checkRoom();
        try {
            return MediaDriver.launch(context);
        } catch (final Exception | InternalError e) { // Aeron throws checked exceptions too; a full disk is the latter
            directory.deleteIfOwn();
            throw AeronErrors.notStarted(directory.path(), e);
        }
    }

    private static Aeron connect(
            final Path directory, final Aeron.Context context, final Duration driverTimeout, final AeronFaults faults) {
        try {
            return Aeron.connect(context.aeronDirectoryName(directory.toString())
                    .driverTimeoutMs(driverTimeout.toMillis())
                    .errorHandler(faults)
                    .threadFactory(daemon("pinion-aeron-client")));
        } catch (final AeronException | IllegalStateException | UncheckedIOException e) {
            throw AeronErrors.notConnected(directory, e);
        }
    }

    private static ThreadFactory daemon(final String name) {
        return runnable -> {
            final Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * The duty cycle of an invoked driver and its client: the part {@code driver} of a layout. It is to be called
     * without end, seldom more than a second apart: a gap of the peer timeout ends the client.
     *
     * @return present for an invoked driver only.
     */
    public Optional<Agent> agent() {
        return Optional.ofNullable(agent);
    }

    /**
     * The client, to open adapters and publishers with.
     *
     * @return it; closed with this.
     */
    public Aeron client() {
        return client;
    }

    /**
     * Where other processes find the driver.
     *
     * @return its directory.
     */
    public Path directory() {
        return directory.path();
    }

    /**
     * What went wrong inside the driver or the client with no caller to be told, such as a producer that could not
     * connect because there was no room for its buffers. Any thread.
     *
     * @return a sentence for each kind with its count before it; the list has a bound.
     */
    public List<String> errors() {
        return faults.sentences();
    }

    /**
     * Whether a driver is alive in a directory.
     *
     * @param directory where.
     * @param timeout   how old its last sign of life may be.
     * @return true when one is.
     */
    public static boolean isActive(final Path directory, final Duration timeout) {
        try {
            return CommonContext.isDriverActive(directory.toFile(), timeout.toMillis(), ignored -> {});
        } catch (final DriverTimeoutException e) {
            return false; // it never came to write what a driver writes first
        } catch (final AeronException e) {
            return true; // of another version: not ours to judge
        }
    }

    /** Closes the client, and an embedded driver with its own directory. Close adapters and publishers before. */
    @Override
    public void close() {
        if (agent != null) {
            agent.close(client, driver);
        } else {
            CloseHelper.quietCloseAll(client, driver);
        }
        directory.deleteIfOwn();
    }
}
