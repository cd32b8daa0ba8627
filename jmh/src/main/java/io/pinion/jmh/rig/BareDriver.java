package io.pinion.jmh.rig;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Aeron's media driver as it comes, and a client of it, both invoked on the one thread that calls; sized as the sidecar's is. */
final class BareDriver implements Agent, AutoCloseable {
    /** Its thread for names has nothing to do here, and is not to take the core from the one that is measured. */
    private static final int EXECUTOR_SLEEP_MS = 20;

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
                .asyncExecutorIdleStrategy(new SleepingMillisIdleStrategy(EXECUTOR_SLEEP_MS))
                .publicationTermBufferLength(Link.OPTIONS.termLengthBytes())
                .ipcTermBufferLength(Link.OPTIONS.termLengthBytes())
                .mtuLength(Link.OPTIONS.mtuBytes())
                .ipcMtuLength(Link.OPTIONS.mtuBytes())
                .initialWindowLength(Link.OPTIONS.receiverWindowBytes())
                .socketRcvbufLength(Link.OPTIONS.socketBufferBytes())
                .socketSndbufLength(Link.OPTIONS.socketBufferBytes())
                .clientLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(10))
                .imageLivenessTimeoutNs(TimeUnit.SECONDS.toNanos(10))));
    }

    Aeron client() {
        return client;
    }

    @Override
    public int doWork() {
        return driverInvoker.invoke() + clientInvoker.invoke();
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
