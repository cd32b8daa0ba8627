package io.pinion.cluster;

import io.aeron.exceptions.RegistrationException;
import io.pinion.engine.EdgeException;
import org.agrona.DirectBuffer;

/** The way to a route's consumer: it is opened without waiting, given up, and opened again. Used by one thread at a time. */
interface RoutePublication {
    /** @throws EdgeException when it can't be opened any more, since its driver is gone. */
    void requireDriver();

    /**
     * Goes on opening it.
     *
     * @return whether it is open now.
     * @throws RegistrationException    when the driver refuses; it may be tried again.
     * @throws IllegalArgumentException when its channel is none.
     */
    boolean open();

    boolean isOpen();

    /** Whether a consumer is there; only while it is open. */
    boolean isConnected();

    /** Offers a header and what comes behind it as one message, with Aeron's results; only while it is open. */
    long offer(DirectBuffer header, int headerBytes, DirectBuffer buffer, int offset, int lengthBytes);

    /** Gives up what is open, or about to be. */
    void drop();
}
