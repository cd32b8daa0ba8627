package io.pinion.aeron;

import io.pinion.engine.EdgeException;
import java.time.Duration;

/**
 * How an embedded media driver is sized and how patient it is. Immutable.
 *
 * @param termLengthBytes     of each of the three buffers of a publication made here; a power of two from 64 KiB to 1
 *                            GiB. The longest message is an eighth of it. What a producer sends lies in buffers of the
 *                            producer's term length.
 * @param mtuBytes            the longest packet: a multiple of 32, up to 65504; above 1408 only where the network, or
 *                            loopback, carries it.
 * @param receiverWindowBytes how much a UDP producer may send ahead of what was read.
 * @param socketBufferBytes   of each socket, at least the receiver window.
 * @param isSparse            whether buffers take room in the driver's directory as they are used, not at once.
 * @param driverTimeout       how long a driver may be silent before it is taken for dead.
 * @param peerTimeout         how long a client process or a producer may be silent before it is taken for gone; a UDP
 *                            consumer, half as long.
 */
public record AeronOptions(
        int termLengthBytes,
        int mtuBytes,
        int receiverWindowBytes,
        int socketBufferBytes,
        boolean isSparse,
        Duration driverTimeout,
        Duration peerTimeout) {
    private static final int KIB = 1024;
    private static final int MIN_TERM_BYTES = 64 * KIB;
    private static final int MAX_TERM_BYTES = 1024 * KIB * KIB;
    private static final int MIN_MTU_BYTES = 64;
    private static final int MAX_MTU_BYTES = 65_504;
    private static final int MTU_ALIGNMENT = 32;
    private static final Duration MIN_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    /**
     * Checks them.
     *
     * @throws EdgeException when one is out of bounds: the sentence names it, its value and what would be right.
     */
    public AeronOptions {
        if (Integer.bitCount(termLengthBytes) != 1
                || termLengthBytes < MIN_TERM_BYTES
                || termLengthBytes > MAX_TERM_BYTES) {
            throw new EdgeException("The option termLengthBytes is " + termLengthBytes
                    + ": make it a power of two from " + MIN_TERM_BYTES + " to " + MAX_TERM_BYTES + ".");
        }
        if (mtuBytes % MTU_ALIGNMENT != 0 || mtuBytes < MIN_MTU_BYTES || mtuBytes > MAX_MTU_BYTES) {
            throw new EdgeException("The option mtuBytes is " + mtuBytes + ": make it a multiple of " + MTU_ALIGNMENT
                    + " from " + MIN_MTU_BYTES + " to " + MAX_MTU_BYTES + ".");
        }
        if (receiverWindowBytes < mtuBytes || receiverWindowBytes > MAX_TERM_BYTES) {
            throw new EdgeException("The option receiverWindowBytes is " + receiverWindowBytes
                    + ": make it at least mtuBytes, which is " + mtuBytes + ", and at most " + MAX_TERM_BYTES + ".");
        }
        if (socketBufferBytes < receiverWindowBytes) {
            throw new EdgeException("The option socketBufferBytes is " + socketBufferBytes
                    + ": make it at least receiverWindowBytes, which is " + receiverWindowBytes + ".");
        }
        checkTimeout("driverTimeout", driverTimeout);
        checkTimeout("peerTimeout", peerTimeout);
    }

    private static void checkTimeout(final String name, final Duration timeout) {
        if (timeout.compareTo(MIN_TIMEOUT) < 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new EdgeException(
                    "The option " + name + " is " + timeout + ": make it " + MIN_TIMEOUT + " to " + MAX_TIMEOUT + ".");
        }
    }

    /**
     * For a small machine and any network: terms of 1 MiB, Aeron's defaults else.
     *
     * @return the options.
     */
    public static AeronOptions defaults() {
        return new AeronOptions(
                KIB * KIB, 1408, 128 * KIB, 128 * KIB, true, Duration.ofSeconds(10), Duration.ofSeconds(10));
    }

    /**
     * The same with another term length.
     *
     * @param bytes see {@link #termLengthBytes()}.
     * @return other options.
     */
    public AeronOptions withTermLengthBytes(final int bytes) {
        return new AeronOptions(
                bytes, mtuBytes, receiverWindowBytes, socketBufferBytes, isSparse, driverTimeout, peerTimeout);
    }

    /**
     * The same with another longest packet.
     *
     * @param bytes see {@link #mtuBytes()}.
     * @return other options.
     */
    public AeronOptions withMtuBytes(final int bytes) {
        return new AeronOptions(
                termLengthBytes, bytes, receiverWindowBytes, socketBufferBytes, isSparse, driverTimeout, peerTimeout);
    }

    /**
     * The same with another receiver window, and socket buffers for it.
     *
     * @param windowBytes see {@link #receiverWindowBytes()}.
     * @param socketBytes see {@link #socketBufferBytes()}.
     * @return other options.
     */
    public AeronOptions withReceiverWindowBytes(final int windowBytes, final int socketBytes) {
        return new AeronOptions(
                termLengthBytes, mtuBytes, windowBytes, socketBytes, isSparse, driverTimeout, peerTimeout);
    }

    /**
     * The same with buffers that take their room at once, or as they are used.
     *
     * @param sparse see {@link #isSparse()}.
     * @return other options.
     */
    public AeronOptions withSparse(final boolean sparse) {
        return new AeronOptions(
                termLengthBytes, mtuBytes, receiverWindowBytes, socketBufferBytes, sparse, driverTimeout, peerTimeout);
    }

    /**
     * The same with another patience.
     *
     * @param driver see {@link #driverTimeout()}.
     * @param peer   see {@link #peerTimeout()}.
     * @return other options.
     */
    public AeronOptions withTimeouts(final Duration driver, final Duration peer) {
        return new AeronOptions(
                termLengthBytes, mtuBytes, receiverWindowBytes, socketBufferBytes, isSparse, driver, peer);
    }
}
