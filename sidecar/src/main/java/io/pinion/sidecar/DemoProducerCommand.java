package io.pinion.sidecar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import io.pinion.aeron.AeronPublisher;
import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Frame;
import io.pinion.engine.WallClock;
import io.pinion.wire.FrameCodec;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * One producer of the demo: one thread, its media driver on it. Each event has its time by the schedule, whether it could be
 * sent then or not. It prints its tally as JSON when the sidecar has read all.
 */
@Command(name = "demo-producer", hidden = true, description = "A producer of pinion demo.")
final class DemoProducerCommand implements Callable<Integer> {
    private static final long CONNECT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long READ_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final int MAX_FRAME_BYTES = 4_096;

    /** A thread that parks comes back so late at times; what is due sooner is waited for awake. */
    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(70);

    @Option(names = "--channel", required = true)
    private String channel;

    @Option(names = "--stream", required = true)
    private int stream;

    @Option(names = "--seconds", required = true)
    private int seconds;

    @Option(names = "--rate", required = true)
    private int rate;

    @Option(names = "--seed", required = true)
    private long seed;

    @Option(names = "--producer", required = true)
    private int producer;

    @Spec
    private CommandSpec spec;

    private final EpochNanoClock clock = new WallClock();
    private Agent driver;

    @Override
    public Integer call() throws Exception {
        final FeedbackGenerator feedback = new FeedbackGenerator(FrameCodec.of(FeedbackEvent::new), seed, producer);
        try (AeronDriver aeron = AeronDriver.invoked(AeronOptions.defaults().withMtuBytes(8 * 1_024));
                AeronPublisher publisher = new AeronPublisher(aeron.client(), channel, stream)) {
            driver = aeron.agent().orElseThrow();
            await(publisher::isConnected, CONNECT_TIMEOUT_NS, "nobody listens at " + channel);
            send(feedback, publisher);
            await(publisher::isDrained, READ_TIMEOUT_NS, "the sidecar did not read all that was sent");
        }
        print(feedback.tally());
        return 0;
    }

    private void send(final FeedbackGenerator feedback, final AeronPublisher publisher) throws Exception {
        final Frame frame = new Frame(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
        final long beganNs = clock.nanoTime();
        final long events = (long) seconds * rate;
        for (long i = 0; i < events; i++) {
            final long dueNs = beganNs + i * TimeUnit.SECONDS.toNanos(1) / rate;
            long earlyNs = dueNs - clock.nanoTime();
            while (earlyNs > 0) {
                if (driver.doWork() == 0 && earlyNs > SPIN_NS) {
                    LockSupport.parkNanos(PARK_NS);
                }
                earlyNs = dueNs - clock.nanoTime();
            }
            feedback.next(dueNs / 1_000, frame);
            while (!publisher.offer(frame, dueNs)) {
                driver.doWork();
            }
        }
    }

    private void await(final BooleanSupplier condition, final long timeoutNs, final String otherwise) throws Exception {
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new SidecarException(otherwise + ".");
            }
            if (driver.doWork() == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
        }
    }

    private void print(final FeedbackTally tally) throws JsonProcessingException {
        spec.commandLine().getOut().println(new ObjectMapper().writeValueAsString(tally));
    }
}
