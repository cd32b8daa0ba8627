package io.pinion.jmh.rig;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.RethrowingErrorHandler;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.BackoffIdleStrategy;

/**
 * Aeron's media driver as it comes, and a client of it, both invoked on the one thread that calls; with the sidecar's settings. Its
 * thread for names, which else wakes a thousand times a second on the core that is measured, sleeps up to 20 ms, as the sidecar's in its
 * first seconds.
 */
final class BareDriver implements Agent, AutoCloseable {
    /** Aeron's default takes 35 MiB more, which a start would fill with zeros. */
    private static final int COUNTERS_BYTES = 1 << 20;

    private static final long FIRST_SLEEP_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long LONGEST_SLEEP_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final MediaDriver driver;
    private final Aeron client;
    private final AgentInvoker driverInvoker;
    private final AgentInvoker clientInvoker;

    private BareDriver(final MediaDriver driver) {
        this.driver = driver;
        driverInvoker = driver.sharedAgentInvoker();
        client = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .driverAgentInvoker(driverInvoker)
                .subscriberErrorHandler(RethrowingErrorHandler.INSTANCE) // by default it is printed, and all goes on
                .useConductorAgentInvoker(true));
        clientInvoker = client.conductorAgentInvoker();
    }

    /** In a directory where others find it; null for one of its own. */
    static BareDriver launch(final Path directory) {
        return new BareDriver(MediaDriver.launch(new MediaDriver.Context()
                .threadingMode(ThreadingMode.INVOKER)
                .aeronDirectoryName(
                        directory != null
                                ? directory.toString()
                                : CommonContext.getAeronDirectoryName() + "-bare-" + UUID.randomUUID())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .asyncExecutorIdleStrategy(new BackoffIdleStrategy(0, 0, FIRST_SLEEP_NS, LONGEST_SLEEP_NS))
                .counterValuesBufferLength(COUNTERS_BYTES)
                .publicationTermBufferLength(Link.OPTIONS.termLengthBytes())
                .ipcTermBufferLength(Link.OPTIONS.termLengthBytes())
                .mtuLength(Link.OPTIONS.mtuBytes())
                .ipcMtuLength(Link.OPTIONS.mtuBytes())
                .initialWindowLength(Link.OPTIONS.receiverWindowBytes())
                .socketRcvbufLength(Link.OPTIONS.socketBufferBytes())
                .socketSndbufLength(Link.OPTIONS.socketBufferBytes())
                .clientLivenessTimeoutNs(Link.OPTIONS.peerTimeout().toNanos())
                .imageLivenessTimeoutNs(Link.OPTIONS.peerTimeout().toNanos())));
    }

    Aeron client() {
        return client;
    }

    @Override
    public int doWork() {
        final int done = driverInvoker.invoke() + clientInvoker.invoke();
        if (!driverInvoker.isRunning() || !clientInvoker.isRunning()) {
            throw new IllegalStateException("the bare driver has ended");
        }
        return done;
    }

    @Override
    public String roleName() {
        return "driver";
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(client, driver);
    }
}
