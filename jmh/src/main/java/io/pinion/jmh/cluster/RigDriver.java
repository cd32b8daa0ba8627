package io.pinion.jmh.cluster;

import io.aeron.Aeron;
import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import org.agrona.concurrent.Agent;

/**
 * The rig's media driver, on the rig's thread. Where nothing is to be done the thread yields, since the members share its
 * cores.
 */
final class RigDriver implements AutoCloseable {
    private final AeronDriver driver = AeronDriver.invoked(
            AeronOptions.defaults().withTermLengthBytes(4 << 20).withMtuBytes(8 << 10));
    private final Agent agent = driver.agent().orElseThrow();

    Aeron client() {
        return driver.client();
    }

    void work(final boolean isIdle) throws Exception {
        if (agent.doWork() == 0 && isIdle) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        driver.close();
    }
}
