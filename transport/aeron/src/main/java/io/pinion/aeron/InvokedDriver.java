package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * Works an embedded driver and its client on whatever thread calls. The client works the driver too while it waits for
 * an answer, under its lock; so this takes the same lock, and skips a turn rather than wait for it.
 */
final class InvokedDriver implements Agent {
    static final long HOUSEKEEPING_EACH_NS = TimeUnit.MICROSECONDS.toNanos(10);

    private final CatchingUp catchingUp;
    private final AgentInvoker driver;
    private final AgentInvoker client;
    private final OpenSockets sockets;
    private final Lock clientLock;
    private final AeronFaults faults;
    private final Path directory;
    private long housekeepingAtNs = System.nanoTime();
    private boolean isClosed;

    InvokedDriver(
            final CatchingUp catchingUp,
            final AgentInvoker driver,
            final AgentInvoker client,
            final OpenSockets sockets,
            final Lock clientLock,
            final AeronFaults faults,
            final Path directory) {
        this.catchingUp = catchingUp;
        this.driver = driver;
        this.client = client;
        this.sockets = sockets;
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
            final int done = work(System.nanoTime());
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

    /**
     * Events pass by memory that is shared, or by sockets: for these the driver works each duty cycle. All else, what it does without
     * any and what it has to tell the client, such as that a producer has come, may lie for some microseconds, and an event would wait for it.
     */
    private int work(final long nowNs) {
        final boolean isHousekeepingDue = nowNs - housekeepingAtNs >= 0;
        int done = 0;
        if (isHousekeepingDue || sockets.isAny()) {
            catchingUp.beginCycle();
            done += driver.invoke();
        }
        if (isHousekeepingDue) {
            housekeepingAtNs = nowNs + HOUSEKEEPING_EACH_NS;
            done += client.invoke();
        }
        return done;
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
