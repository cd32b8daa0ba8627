package io.pinion.aeron;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.SendChannelEndpointSupplier;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Lets an invoked driver look at what consumers send back, how far they have read and what they miss, ten microseconds after it
 * last looked in vain, and not each duty cycle: to look is a call of the system for each channel that is sent to, some 0.7 µs, and
 * an event that comes meanwhile waits for it. While there is something it is read each duty cycle, as Aeron does. What
 * consumers say is old by a network's round trip anyway. Of more than five channels Aeron asks the system which have something, each
 * duty cycle: there this changes nothing.
 *
 * <p>Under the lock of the driver's client.
 */
final class RarelyReadControl implements SendChannelEndpointSupplier {
    /** As long as {@link InvokedDriver} leaves all else that has time. */
    private static final long PAUSE_NS = InvokedDriver.HOUSEKEEPING_EACH_NS;

    private final OpenSockets sockets;

    RarelyReadControl(final OpenSockets sockets) {
        this.sockets = sockets;
    }

    @Override
    public SendChannelEndpoint newInstance(
            final UdpChannel channel, final AtomicCounter status, final MediaDriver.Context context) {
        return new Endpoint(channel, status, context);
    }

    private final class Endpoint extends SendChannelEndpoint {
        /** Tells when the duty cycle began. */
        private final NanoClock cycleClock;

        private long nextNs;

        Endpoint(final UdpChannel channel, final AtomicCounter status, final MediaDriver.Context context) {
            super(channel, status, context);
            cycleClock = context.senderCachedNanoClock();
            nextNs = cycleClock.nanoTime();
            sockets.opened();
        }

        @Override
        public void close() {
            sockets.closed();
            super.close();
        }

        @Override
        public InetSocketAddress receive(final ByteBuffer to) {
            final long nowNs = cycleClock.nanoTime();
            if (nowNs - nextNs < 0) {
                return null;
            }
            final InetSocketAddress source = super.receive(to);
            if (source == null) {
                nextNs = nowNs + PAUSE_NS;
            }
            return source;
        }
    }
}
