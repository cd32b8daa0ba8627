package io.pinion.cluster;

import org.agrona.DirectBuffer;

/** Where messages are offered: a publication of Aeron's, whose results it has. */
@FunctionalInterface
interface Offer {
    /**
     * Offers one message.
     *
     * @return the position behind it, or one of the constants of {@link io.aeron.Publication}.
     */
    long offer(DirectBuffer buffer, int offset, int length);
}
