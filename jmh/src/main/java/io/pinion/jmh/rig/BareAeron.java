package io.pinion.jmh.rig;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.logbuffer.BufferClaim;
import io.aeron.logbuffer.ControlledFragmentHandler;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import net.openhft.affinity.Affinity;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/**
 * What stands in the sidecar's place to compare it with, but for what it does with a message: one thread, the media driver
 * invoked on it, one subscription, a publication for each stream that goes back.
 */
final class BareAeron {
    private static final int LIMIT = 64;
    private static final int FIRST_BACK_STREAM = 5;

    private volatile boolean isStopping;

    private BareAeron() {}

    /**
     * Runs until SIGTERM.
     *
     * @param name    that it prints once it runs.
     * @param args    the core or {@code -}, the driver's directory or {@code -} for one of its own, the channel and stream to
     *                listen to, the channel to send back to, and its streams.
     * @param handler of what comes, made for the publications of those streams and the driver.
     * @throws Exception as Aeron does.
     */
    static void run(
            final String name,
            final String[] args,
            final BiFunction<ExclusivePublication[], Agent, ControlledFragmentHandler> handler)
            throws Exception {
        if (!args[0].equals("-")) {
            Affinity.setAffinity(Integer.parseInt(args[0]));
        }
        try (BareDriver driver = BareDriver.launch(args[1].equals("-") ? null : Path.of(args[1]));
                Subscription in = driver.client().addSubscription(args[2], Integer.parseInt(args[3]))) {
            final ExclusivePublication[] back = Stream.of(args)
                    .skip(FIRST_BACK_STREAM)
                    .map(stream -> driver.client().addExclusivePublication(args[4], Integer.parseInt(stream)))
                    .toArray(ExclusivePublication[]::new);
            final BareAeron running = new BareAeron();
            final Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(main)));
            System.out.println(name + " is running");
            running.run(driver, in, handler.apply(back, driver));
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

    /**
     * The contender's tables have the event already, so it can't come again: waits for room, unless nobody is there any more.
     *
     * @return whether there is.
     * @throws IllegalStateException where the publication takes no more, whoever is there.
     */
    static boolean isClaimed(
            final ExclusivePublication to, final int length, final BufferClaim claim, final Agent driver) {
        try {
            long result = to.tryClaim(length, claim);
            while (result == Publication.BACK_PRESSURED || result == Publication.ADMIN_ACTION) {
                driver.doWork();
                result = to.tryClaim(length, claim);
            }
            requireOpen(to, result);
            return result > 0;
        } catch (final Exception e) {
            LangUtil.rethrowUnchecked(e);
            return false;
        }
    }

    /** Throws where what {@code tryClaim} gave will never be another: the publication was closed, or has come to its last position. */
    static void requireOpen(final ExclusivePublication to, final long result) {
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            throw new IllegalStateException("stream " + to.streamId() + " of " + to.channel() + " takes no more: "
                    + Publication.errorString(result));
        }
    }

    private void run(final Agent driver, final Subscription in, final ControlledFragmentHandler handler)
            throws Exception {
        while (!isStopping) {
            driver.doWork();
            in.controlledPoll(handler, LIMIT);
        }
    }
}
