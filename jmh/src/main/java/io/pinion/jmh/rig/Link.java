package io.pinion.jmh.rig;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.FragmentHandler;
import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * A rig's end of the wire: one publication out, and a subscription for each stream that comes back. All on the caller's
 * thread, its own media driver included where it has one.
 */
final class Link implements FarEnd {
    /** As in the profile low-latency. */
    static final AeronOptions OPTIONS =
            AeronOptions.defaults().withTermLengthBytes(16 << 20).withMtuBytes(8 << 10);

    private final AeronDriver driver;
    private final Agent driverAgent;
    private final Aeron client;
    private final AgentInvoker clientInvoker;
    private final ExclusivePublication out;
    private final List<Subscription> in = new ArrayList<>();
    private final BufferClaim claim = new BufferClaim();
    private ReturnHandler onReturn;
    private final FragmentHandler onFragment =
            (buffer, offset, length, header) -> onReturn.onReturn(header.reservedValue());

    private Link(
            final AeronDriver driver, final Aeron client, final AgentInvoker clientInvoker, final LinkAddress address) {
        this.driver = driver;
        this.client = client;
        this.clientInvoker = clientInvoker;
        driverAgent = driver == null ? null : driver.agent().orElseThrow();
        for (final int stream : address.backStreams()) {
            in.add(client.addSubscription(address.backChannel(), stream));
        }
        out = client.addExclusivePublication(address.outChannel(), address.outStream());
    }

    /** Opens it: with a media driver of its own, unless the address names a directory where one runs. */
    static Link open(final LinkAddress address) {
        if (address.driverDirectory() == null) {
            final AeronDriver driver = AeronDriver.invoked(OPTIONS);
            return new Link(driver, driver.client(), null, address);
        }
        final Aeron client = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(address.driverDirectory())
                .driverTimeoutMs(30_000)
                .useConductorAgentInvoker(true));
        return new Link(null, client, client.conductorAgentInvoker(), address);
    }

    /** Works the driver and the client. */
    @Override
    public void work() throws Exception {
        if (driverAgent != null) {
            driverAgent.doWork();
        } else {
            clientInvoker.invoke();
        }
    }

    @Override
    public boolean isConnected() {
        return out.isConnected() && in.stream().allMatch(Subscription::isConnected);
    }

    @Override
    public int poll(final ReturnHandler handler, final int limit) {
        onReturn = handler;
        int taken = 0;
        for (int i = 0; i < in.size(); i++) {
            taken += in.get(i).poll(onFragment, limit);
        }
        return taken;
    }

    @Override
    public boolean send(final FramePool frames, final long n, final long dueEpochNs) {
        final long result = out.tryClaim(frames.lengthBytes(n), claim);
        if (result < 0) {
            BareAeron.requireOpen(out, result);
            return false;
        }
        frames.write(n, claim.buffer(), claim.offset());
        claim.reservedValue(dueEpochNs);
        claim.commit();
        return true;
    }

    @Override
    public void close() {
        if (driver != null) {
            driver.close();
        } else {
            CloseHelper.quietClose(client);
        }
    }
}
