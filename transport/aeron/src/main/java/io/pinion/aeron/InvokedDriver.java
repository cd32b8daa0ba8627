package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * Works an embedded driver and its client on whatever thread calls. The client works the driver too while it waits for
 * an answer, under its lock; so this takes the same lock, and skips a turn rather than wait for it.
 */
final class InvokedDriver implements Agent {
    private final CatchingUp catchingUp;
    private final AgentInvoker driver;
    private final AgentInvoker client;
    private final Lock clientLock;
    private final AeronFaults faults;
    private final Path directory;
    private boolean isClosed;

    InvokedDriver(
            final CatchingUp catchingUp,
            final AgentInvoker driver,
            final AgentInvoker client,
            final Lock clientLock,
            final AeronFaults faults,
            final Path directory) {
        this.catchingUp = catchingUp;
        this.driver = driver;
        this.client = client;
        this.clientLock = clientLock;
        this.faults = faults;
        this.directory = directory;
    }

    @Override
    public int doWork() {
        if (!clientLock.tryLock()) {
            return 0;
        }
        try {
            if (isClosed) {
                return 0;
            }
            catchingUp.beginCycle();
            final int done = driver.invoke() + client.invoke();
            if (!driver.isRunning() || !client.isRunning()) {
                throw ended();
            }
            return done;
        } catch (final InternalError e) {
            if (AeronErrors.isOutOfRoom(e)) {
                throw AeronErrors.outOfRoom(directory, e);
            }
            throw e;
        } finally {
            clientLock.unlock();
        }
    }

    private EdgeException ended() {
        final Throwable ending = faults.ending();
        return new EdgeException(
                "The embedded media driver in " + directory + " has ended"
                        + (ending == null ? ", since its thread was interrupted" : ": " + ending.getMessage())
                        + "; start this process again.",
                ending);
    }

    void close(final Aeron aeron, final MediaDriver mediaDriver) {
        clientLock.lock();
        try {
            if (!isClosed) {
                isClosed = true;
                CloseHelper.quietCloseAll(aeron, mediaDriver);
            }
        } finally {
            clientLock.unlock();
        }
    }

    @Override
    public String roleName() {
        return "driver";
    }
}
