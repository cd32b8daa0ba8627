package io.pinion.sidecar.chaos;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.SendChannelEndpointSupplier;
import io.aeron.driver.media.SendChannelEndpoint;
import io.aeron.driver.media.UdpChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Has a media driver send late, and out of order: a member's JVM is told its name by a system property of Aeron's, and how
 * late by one of its own. What is late goes out with a later turn of the sender, which is a tenth of a second away when
 * there is nothing else to send.
 */
public final class LateSending implements SendChannelEndpointSupplier {
    /** In milliseconds, at most. */
    static final String MOST_MS = "pinion.chaos.late.ms";

    /** Of the times. */
    static final String SEED = "pinion.chaos.late.seed";

    /** Made by Aeron. */
    public LateSending() {
        // what it needs stands in the system properties
    }

    @Override
    public SendChannelEndpoint newInstance(
            final UdpChannel channel, final AtomicCounter status, final MediaDriver.Context context) {
        return new Late(channel, status, context);
    }

    /** Sends what comes after a while. */
    private static final class Late extends SendChannelEndpoint {
        private final LateDatagrams late =
                new LateDatagrams(TimeUnit.MILLISECONDS.toNanos(Long.getLong(MOST_MS)), Long.getLong(SEED));

        Late(final UdpChannel channel, final AtomicCounter status, final MediaDriver.Context context) {
            super(channel, status, context);
        }

        @Override
        public int send(final ByteBuffer datagram) {
            final long nowNs = System.nanoTime();
            final int lengthBytes = datagram.remaining();
            late.keep(datagram, nowNs);
            for (ByteBuffer due = late.poll(nowNs); due != null; due = late.poll(nowNs)) {
                super.send(due);
            }
            return lengthBytes;
        }
    }
}
