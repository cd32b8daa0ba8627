package io.pinion.cluster;

import io.aeron.Aeron;
import java.util.concurrent.locks.Lock;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * A media driver that has no thread of its own, worked by who waits for it: where another member comes to lead, Aeron's
 * session waits for a publication, and works the client meanwhile, but not that client's driver. Under the client's lock,
 * since the driver's owner may be another thread.
 */
final class LentDriver implements Agent {
    private final AgentInvoker driver;
    private final Lock lock;

    private LentDriver(final AgentInvoker driver, final Lock lock) {
        this.driver = driver;
        this.lock = lock;
    }

    /** The driver of this client; null where it has threads of its own. */
    static AgentInvoker of(final Aeron aeron) {
        final AgentInvoker driver = aeron.context().driverAgentInvoker();
        if (driver == null) {
            return null;
        }
        final AgentInvoker lent = new AgentInvoker(
                aeron.context().errorHandler(),
                null,
                new LentDriver(driver, aeron.context().clientLock()));
        lent.start();
        return lent;
    }

    @Override
    public int doWork() {
        if (!lock.tryLock()) {
            return 0; // its owner works it
        }
        try {
            return driver.invoke();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String roleName() {
        return "lent-driver";
    }
}
