package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.pinion.aeron.AeronDriver;
import java.nio.file.Path;
import java.util.stream.Stream;
import net.openhft.affinity.Affinity;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * A bare Aeron echo: one thread, the media driver invoked on it, each message sent back as it came, over as
 * many streams in turn as the sidecar has targets. The baseline for the sidecar, in its place.
 */
public final class Echo {
    private static final int LIMIT = 64;
    private static final int FIRST_BACK_STREAM = 5;

    private final BufferClaim claim = new BufferClaim();
    private final ExclusivePublication[] back;
    private int turn;
    private volatile boolean isStopping;

    private Echo(final ExclusivePublication... back) {
        this.back = back;
    }

    /**
     * Runs until SIGTERM.
     *
     * @param args the core or {@code -}, the driver's directory or {@code -} for one of its own, the channel and stream
     *             to listen to, the channel to send back to, and its
     *             streams: they take turns.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        if (!args[0].equals("-")) {
            Affinity.setAffinity(Integer.parseInt(args[0]));
        }
        try (AeronDriver driver = args[1].equals("-")
                        ? AeronDriver.invoked(Link.OPTIONS)
                        : AeronDriver.invoked(Link.OPTIONS, Path.of(args[1]));
                Subscription in = driver.client().addSubscription(args[2], Integer.parseInt(args[3]))) {
            final Echo echo = new Echo(Stream.of(args)
                    .skip(FIRST_BACK_STREAM)
                    .map(stream -> driver.client().addExclusivePublication(args[4], Integer.parseInt(stream)))
                    .toArray(ExclusivePublication[]::new));
            final Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> echo.stop(main)));
            System.out.println("echo is running");
            echo.run(driver.agent().orElseThrow(), in);
        }
    }

    /** Lets the driver be closed before the JVM ends. */
    private void stop(final Thread main) {
        isStopping = true;
        try {
            main.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(final Agent driver, final Subscription in) throws Exception {
        final ControlledFragmentHandler handler = this::onMessage;
        while (!isStopping) {
            driver.doWork();
            in.controlledPoll(handler, LIMIT);
        }
    }

    private Action onMessage(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        if (back[turn].tryClaim(length, claim) < 0) {
            return Action.ABORT;
        }
        turn = turn + 1 == back.length ? 0 : turn + 1;
        claim.putBytes(buffer, offset, length);
        claim.reservedValue(header.reservedValue());
        claim.commit();
        return Action.CONTINUE;
    }
}
