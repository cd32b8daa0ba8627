package io.pinion.sidecar;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import picocli.CommandLine.Option;

/** What {@code send} and {@code listen} have in common: which media driver they use. */
final class ChannelOptions {
    private static final Duration DRIVER_TIMEOUT = Duration.ofSeconds(10);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    @Option(
            names = "--aeron-dir",
            paramLabel = "DIR",
            description = "Use the media driver that runs there, which aeron:ipc needs; otherwise one of its own.")
    private Path aeronDirectory;

    /** On a thread of its own: reading a file or a pipe may block for long, and a driver must not. */
    AeronDriver openDriver() {
        return aeronDirectory != null
                ? AeronDriver.external(aeronDirectory, DRIVER_TIMEOUT)
                : AeronDriver.shared(
                        AeronOptions.defaults(), new BackoffIdleStrategy(100, 10, MAX_PARK_NS / 10, MAX_PARK_NS));
    }
}
