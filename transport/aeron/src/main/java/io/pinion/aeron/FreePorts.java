package io.pinion.aeron;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * UDP ports of this machine that nobody uses, for what runs on one machine only: demos, benchmarks, tests.
 *
 * <p>A port that was merely seen free is soon somebody else's: the kernel hands ports out to whoever asks for any. So these are
 * taken from below the range it hands out from (32768 by default on Linux), and each process keeps to a stretch of its own,
 * which it holds, until it ends, by a TCP socket that listens on the stretch's first number; UDP ports of that number stay
 * free. Within its stretch a process takes the ports in turn, so that one that was just closed is not taken again at once.
 *
 * <p>Thread-safe.
 */
public final class FreePorts {
    private static final int LOWEST = 10_000;
    private static final int STRETCH = 200;
    private static final int STRETCHES = 110;
    private static final FreePorts OF_THIS_PROCESS = new FreePorts();

    private final int first;

    @SuppressWarnings("unused") // held, not used: the stretch is this process's as long as it is open
    private final ServerSocket hold;

    private int used;

    private FreePorts() {
        final int start = ThreadLocalRandom.current().nextInt(STRETCHES);
        for (int i = 0; i < STRETCHES; i++) {
            final int port = LOWEST + (start + i) % STRETCHES * STRETCH;
            final ServerSocket held = listen(port);
            if (held != null) {
                first = port;
                hold = held;
                return;
            }
        }
        throw new UncheckedIOException(new IOException("no stretch of " + STRETCH + " ports from " + LOWEST + " to "
                + (LOWEST + STRETCHES * STRETCH) + " is free: something listens on the first TCP port of each."));
    }

    private static ServerSocket listen(final int port) {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (final IOException taken) {
            return null;
        }
    }

    /**
     * One port.
     *
     * @return a UDP port that is free on each address of this machine.
     */
    public static int one() {
        return OF_THIS_PROCESS.block(1);
    }

    /**
     * Ports in a row.
     *
     * @param ports how many, at most 100.
     * @return the first of them; all are free on each address of this machine.
     */
    public static int inARow(final int ports) {
        return OF_THIS_PROCESS.block(ports);
    }

    /**
     * A channel of a port of its own.
     *
     * @return an Aeron UDP channel on the loopback address.
     */
    public static String channel() {
        return "aeron:udp?endpoint=localhost:" + one();
    }

    private synchronized int block(final int ports) {
        for (int tried = 0; tried < STRETCH; tried++) {
            if (used + ports > STRETCH) {
                used = 0;
            }
            final int from = first + used;
            final int taken = firstTaken(from, ports);
            used += taken < 0 ? ports : taken + 1;
            if (taken < 0) {
                return from;
            }
        }
        throw new UncheckedIOException(new IOException(
                "no " + ports + " UDP ports in a row are free from " + first + " to " + (first + STRETCH) + "."));
    }

    private static int firstTaken(final int from, final int ports) {
        for (int i = 0; i < ports; i++) {
            try (DatagramSocket socket = new DatagramSocket(from + i)) {
                socket.getLocalPort();
            } catch (final SocketException taken) {
                return i;
            }
        }
        return -1;
    }
}
