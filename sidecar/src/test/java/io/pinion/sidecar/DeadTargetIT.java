package io.pinion.sidecar;

import static io.pinion.engine.Policy.block;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import io.pinion.aeron.AeronPublisher;
import io.pinion.aeron.FreePorts;
import io.pinion.engine.Account;
import io.pinion.engine.Egress;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Idle;
import io.pinion.engine.Ingress;
import io.pinion.engine.Layout;
import io.pinion.engine.Policy;
import io.pinion.engine.Processor;
import io.pinion.engine.Target;
import io.pinion.engine.WallClock;
import io.pinion.file.JsonLinesPublisher;
import io.pinion.wire.FrameCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three targets over UDP under a steady load, and the consumer of one, a process of its own, is killed. The others get every
 * event in order, and their latency, from when each event was due, is printed for the time before and after: how much the
 * one costs the others, on this machine.
 */
class DeadTargetIT {
    private static final int PER_SECOND = 2_000;
    private static final int WARM_UP_MS = 2_000;
    private static final int BEFORE_MS = 4_000;
    private static final int DURING_MS = 6_000;
    private static final int STREAM = 7;
    private static final long PATIENCE_S = 60;
    private static final int SANE_S = 3;

    /** An event. */
    public static final class Numbered {
        /** Counts up. */
        public long n;
    }

    private final EpochNanoClock clock = new WallClock();
    private final PacedAdapter adapter = new PacedAdapter(clock, PER_SECOND, "");

    @TempDir
    private Path folder;

    private String first;
    private String dying;
    private String third;

    @BeforeEach
    void findPorts() throws IOException {
        first = FreePorts.channel();
        dying = FreePorts.channel();
        third = FreePorts.channel();
    }

    static Stream<Policy> policies() {
        return Stream.of(Policy.dropNewest(), Policy.deadLetter(), Policy.spill());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldDelayNobodyWhenAConsumerIsKilled(final Policy policy) throws Exception {
        try (AeronDriver driver = AeronDriver.invoked(AeronOptions.defaults());
                LatencyConsumer alive = new LatencyConsumer(clock, List.of(first, third), STREAM);
                PinionProcess killed = PinionProcess.start(folder, "listen", "--channel", dying, "--stream", STREAM);
                Processor<Numbered> processor = processor(driver, policy)) {
            processor.start();
            await("consumers", () -> alive.isOpen() && isEachConnected(processor));
            adapter.resume();
            await(
                    "the first to arrive",
                    () -> alive.received(0) > 0 && !killed.out().isEmpty());
            Thread.sleep(WARM_UP_MS);
            forget(alive);
            Thread.sleep(BEFORE_MS);
            final List<Histogram> before = List.of(alive.take(0), alive.take(1));

            killed.signal("KILL");
            final long atItsDeath = alive.received(0);
            Thread.sleep(DURING_MS);
            // More than the dead one's window and the ring hold: with block() they never come.
            await("the others to go on", () -> alive.received(0) > atItsDeath + 3 * PER_SECOND);
            final List<Histogram> during = List.of(alive.take(0), alive.take(1));
            await("it to be missed", () -> missed(processor.account()) > 0);
            print(policy, before, during);

            adapter.pause();
            processor.drain();
            assertThat(processor.awaitEnd(Duration.ofSeconds(PATIENCE_S))).isTrue();
            check(processor.account(), alive);
            assertThat(during).allSatisfy(latency -> assertThat(latency.getValueAtPercentile(99))
                    .isLessThan(SECONDS.toNanos(SANE_S)));
        }
    }

    private boolean isEachConnected(final Processor<?> processor) {
        assertThat(processor.failure()).isNull();
        return publishers.stream().allMatch(AeronPublisher::isConnected);
    }

    private static void forget(final LatencyConsumer alive) {
        alive.take(0);
        alive.take(1);
    }

    private void check(final Account account, final LatencyConsumer alive) throws IOException {
        final long given = adapter.given();
        assertThat(account.gaps()).isEmpty();
        assertThat(account.in()).isEqualTo(given);
        assertThat(account.routed()).isEqualTo(given);
        await("all at the others", () -> alive.received(0) == given && alive.received(1) == given);
        final Account.TargetCount dead = account.targets().get(1);
        assertThat(dead.delivered() + missed(account)).isEqualTo(given);
        assertThat(Files.readAllLines(folder.resolve("dead-letters.jsonl"))).hasSize((int) dead.dead());
    }

    private static long missed(final Account account) {
        final Account.TargetCount dead = account.targets().get(1);
        return dead.dropped() + dead.dead() + dead.onDisk();
    }

    private static void print(final Policy policy, final List<Histogram> before, final List<Histogram> during) {
        System.out.println("One of three targets dies, its policy " + policy + ", " + PER_SECOND + " events/s:");
        for (int i = 0; i < before.size(); i++) {
            final String target = i == 0 ? "first" : "third";
            System.out.println("  " + target + " before: " + LatencyConsumer.text(before.get(i)));
            System.out.println("  " + target + " during: " + LatencyConsumer.text(during.get(i)));
        }
    }

    private static void await(final String what, final java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE_S, SECONDS).until(condition);
    }

    private List<AeronPublisher> publishers;

    private Processor<Numbered> processor(final AeronDriver driver, final Policy policy) {
        final Graph<Numbered> graph = Graph.of(Numbered::new)
                .from(new Ingress("load"))
                .route(routes -> routes.otherwise().to("first", "dying", "third"))
                .to("first", new Egress("first"), block())
                .to("dying", new Egress("dying"), policy)
                .to("third", new Egress("third"), block())
                .build();
        publishers = Stream.of(first, dying, third)
                .map(channel -> new AeronPublisher(driver.client(), channel, STREAM))
                .toList();
        return Processor.of("Numbers", graph, FrameCodec.of(Numbered::new))
                .clock(clock)
                .layout(Layout.oneThread().idle(Idle.BACKOFF))
                .driver(driver.agent().orElseThrow())
                .spillDirectory(folder.resolve("spill"))
                .ingress(adapter, FrameFormat.JSON)
                .egress("first", publishers.get(0), null)
                .egress("dying", publishers.get(1), null)
                .egress("third", publishers.get(2), null)
                .egress(
                        Target.DEAD_LETTERS,
                        new JsonLinesPublisher(
                                folder.resolve("dead-letters.jsonl"),
                                JsonLinesPublisher.Existing.REFUSE,
                                JsonLinesPublisher.WhenFailing.WAIT),
                        null)
                .build();
    }
}
