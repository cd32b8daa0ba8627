package io.pinion.aeron;

import io.aeron.driver.Configuration;
import io.aeron.driver.DataPacketDispatcher;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ReceiveChannelEndpointSupplier;
import io.aeron.driver.media.ReceiveChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import io.aeron.driver.status.SystemCounterDescriptor;
import io.aeron.logbuffer.FrameDescriptor;
import io.aeron.protocol.DataHeaderFlyweight;
import io.aeron.protocol.HeaderFlyweight;
import io.aeron.protocol.RttMeasurementFlyweight;
import io.aeron.protocol.SetupFlyweight;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Lets an invoked driver read a socket more than once a duty cycle while it is behind. Aeron reads one datagram of each socket a
 * duty cycle, which is short where a driver has its thread to itself; on the thread of a graph it is all that the graph does for
 * an event, so that what came while the machine was away would be worked off one by one, each with a datagram of its own out.
 *
 * <p>After a duty cycle that found all that it was to read, the next may read twice as much, up to {@link #MOST_READ}, as in the
 * slow start of TCP; any other reads one. So an event that follows a duty cycle without one is never held up by a second look at
 * the socket. A datagram that is no data, such as a producer's that connects, lets it begin anew.
 *
 * <p>Under the lock of the driver's client; one for each driver.
 */
final class CatchingUp implements ReceiveChannelEndpointSupplier {
    /** Datagrams a duty cycle. */
    static final int MOST_READ = 16;

    /** Is before no duty cycle. */
    private static final long NEVER = -2;

    private final ByteBuffer bytes =
            BufferUtil.allocateDirectAligned(Configuration.MAX_UDP_PAYLOAD_LENGTH, BitUtil.CACHE_LINE_LENGTH);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final DataHeaderFlyweight data = new DataHeaderFlyweight(bytes);
    private final SetupFlyweight setup = new SetupFlyweight(bytes);
    private final RttMeasurementFlyweight roundTrip = new RttMeasurementFlyweight(bytes);
    private final OpenSockets sockets;
    private long cycle;

    CatchingUp(final OpenSockets sockets) {
        this.sockets = sockets;
    }

    /** The next duty cycle begins. What a client does with the driver while it waits for an answer belongs to the one before. */
    void beginCycle() {
        cycle++;
    }

    @Override
    public ReceiveChannelEndpoint newInstance(
            final UdpChannel channel,
            final DataPacketDispatcher dispatcher,
            final AtomicCounter status,
            final MediaDriver.Context context) {
        return new Endpoint(channel, dispatcher, status, context);
    }

    private final class Endpoint extends ReceiveChannelEndpoint {
        private final AtomicCounter bytesReceived;
        private int limit = 1;
        /** The duty cycle that found as much as its limit, where it was the last that found any. */
        private long full = NEVER;

        Endpoint(
                final UdpChannel channel,
                final DataPacketDispatcher dispatcher,
                final AtomicCounter status,
                final MediaDriver.Context context) {
            super(channel, dispatcher, status, context);
            bytesReceived = context.systemCounters().get(SystemCounterDescriptor.BYTES_RECEIVED);
            sockets.opened();
        }

        @Override
        public void close() {
            sockets.closed();
            super.close();
        }

        /** Once a duty cycle, with the datagram that Aeron has read. */
        @Override
        public int onDataPacket(
                final DataHeaderFlyweight header,
                final UnsafeBuffer packet,
                final int length,
                final InetSocketAddress source,
                final int transportIndex) {
            final int taken = super.onDataPacket(header, packet, length, source, transportIndex);
            if (!hasDestinationControl()) { // else its sockets are its destinations', each read by itself
                readOn(transportIndex);
            }
            return taken;
        }

        private void readOn(final int transportIndex) {
            limit = full + 1 == cycle ? Math.min(2 * limit, MOST_READ) : 1;
            full = NEVER;
            int read = 1;
            while (read < limit && isAnotherRead(transportIndex)) {
                read++;
            }
            if (read == limit) {
                full = cycle;
            }
        }

        /** What Aeron's own poller does with a datagram. */
        private boolean isAnotherRead(final int transportIndex) {
            final InetSocketAddress source = receive(bytes);
            if (source == null) {
                return false;
            }
            final int length = bytes.position();
            bytesReceived.getAndAddRelease(length);
            if (isValidFrame(buffer, length)) {
                receiveHook(buffer, length, source);
                switch (FrameDescriptor.frameType(buffer, 0)) {
                    case HeaderFlyweight.HDR_TYPE_DATA, HeaderFlyweight.HDR_TYPE_PAD ->
                        super.onDataPacket(data, buffer, length, source, transportIndex);
                    case HeaderFlyweight.HDR_TYPE_SETUP ->
                        onSetupMessage(setup, buffer, length, source, transportIndex);
                    case HeaderFlyweight.HDR_TYPE_RTTM ->
                        onRttMeasurement(roundTrip, buffer, length, source, transportIndex);
                    default -> {} // nothing for a receiver
                }
            }
            return true;
        }
    }
}
