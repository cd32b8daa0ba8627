package io.pinion.jmh.rig;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A wire between two processes. Over UDP each has a media driver of its own, invoked on its one thread. Over IPC they
 * share one, and it is the contender's, as a sidecar's would be: a driver in a third process would need a third core, and
 * the rig's own thread only polls memory then.
 *
 * @param label  {@code udp} or {@code ipc}.
 * @param to     the channel to the contender.
 * @param back   and from it.
 * @param driver the directory of the contender's media driver, for the rig to join; null over UDP.
 */
record Wire(String label, String to, String back, Path driver) {
    static Wire udp() {
        return new Wire("udp", FreePorts.channel(), FreePorts.channel(), null);
    }

    static Wire ipc() {
        try {
            final Path memory = Path.of("/dev/shm");
            final Path directory = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "bench-")
                    : Files.createTempDirectory("bench-");
            return new Wire("ipc", "aeron:ipc", "aeron:ipc", directory);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    LinkAddress address(final List<Integer> backStreams) {
        return new LinkAddress(
                driver == null ? null : driver.toString(), to, Contender.INGRESS_STREAM, back, backStreams);
    }

    /** Removes what is left of the driver. */
    void clean() {
        if (driver != null) {
            org.agrona.IoUtil.delete(driver.toFile(), true);
        }
    }
}
