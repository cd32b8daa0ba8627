package io.pinion.sidecar;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.Policy.dropNewest;
import static io.pinion.engine.Policy.spill;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Account;
import io.pinion.engine.Egress;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Idle;
import io.pinion.engine.Ingress;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.TableSwap;
import io.pinion.engine.Target;
import io.pinion.engine.Text;
import io.pinion.engine.WallClock;
import io.pinion.file.JsonLinesPublisher;
import io.pinion.file.Retention;
import io.pinion.operators.Table;
import io.pinion.wire.FrameCodec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.agrona.concurrent.EpochNanoClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A steady load, round after round: the clock steps, the table is swapped, two of three targets die and return, frames come
 * that are none. At the end every event is accounted for, and memory, disk and garbage are what they were at the beginning.
 * {@code -Dsoak.minutes=5} makes it longer; what each round left is printed.
 */
class SoakTest {
    private static final double MINUTES = Double.parseDouble(System.getProperty("soak.minutes", "0.5"));
    private static final int ROUND_MS = 5_000;
    private static final int ROUNDS = Math.max(6, (int) (MINUTES * 60_000 / ROUND_MS));
    private static final int WARM_UP_ROUNDS = 2;
    private static final int PER_SECOND = 4_000;
    private static final int TORN_A_ROUND = 5;
    private static final int ROWS = 5_000;
    private static final int DEAD_MS = 2_000;
    private static final int MAX_STEP_S = 240;
    private static final long PATIENCE_S = 120;
    private static final long HEAP_SLACK_BYTES = 4 << 20;
    private static final long DISK_BYTES = 48 << 20;
    /** For what is no event: a swap, a dead letter, a file that is opened. */
    private static final long BUDGET_A_ROUND_BYTES = 64 << 10;

    /** An event. */
    public static final class Order {
        /** Counts up. */
        public long n;
        /** The row's key. */
        public long item;
        /** The row's. */
        public long edition;
        /** Some weight. */
        public final Text text = new Text();
    }

    /** A row. */
    public static final class Item {
        /** Its key. */
        public long item;
        /** Which file it came from. */
        public long edition;
    }

    /** What is left after a round. */
    private record Left(long heapBytes, long diskBytes, long allocatedBytes) {}

    /** The wall clock, but for what somebody set it forward or back. */
    private static final class SteppingClock implements EpochNanoClock {
        private final EpochNanoClock wall = new WallClock();
        private volatile long offsetNs;

        void step(final long seconds) {
            offsetNs = SECONDS.toNanos(seconds);
        }

        @Override
        public long nanoTime() {
            return wall.nanoTime() + offsetNs;
        }
    }

    private final Random random = new Random(1);
    private final SteppingClock clock = new SteppingClock();
    private final PacedAdapter paced =
            new PacedAdapter(new WallClock(), PER_SECOND, ",\"item\":17,\"text\":\"" + "x".repeat(500) + "\"");
    private final SoakLoad load = new SoakLoad(paced);
    private final Table<Item> items = table("items", Item::new, (Item row) -> row.item, upTo(ROWS));
    private final MortalPublisher steady = new MortalPublisher(false);
    private final MortalPublisher spilling = new MortalPublisher(false);
    private final MortalPublisher dropping = new MortalPublisher(true);

    @TempDir
    private Path folder;

    @Test
    void shouldAccountForEveryEventAndLeaveNothingBehindRoundAfterRound() throws Exception {
        TableLoader.load(items, edition(0), 1_024);
        final List<Left> left = new ArrayList<>();
        try (Processor<Order> processor = processor()) {
            processor.start();
            paced.resume();
            for (int round = 1; round <= ROUNDS; round++) {
                round(processor, round);
                left.add(measure(round, processor));
            }
            paced.pause();
            processor.drain();
            assertThat(processor.awaitEnd(Duration.ofSeconds(PATIENCE_S))).isTrue();
            check(processor.account());
        }
        assertThat(Files.readAllLines(folder.resolve("dead-letters.jsonl"))).hasSize((int) load.torn());
        final Left first = left.get(WARM_UP_ROUNDS - 1);
        final Left last = left.get(left.size() - 1);
        assertThat(last.heapBytes).as("heap used").isLessThan(first.heapBytes + HEAP_SLACK_BYTES);
        assertThat(left).allSatisfy(round -> assertThat(round.diskBytes)
                .as("disk of what was spilled and delivered")
                .isLessThanOrEqualTo(DISK_BYTES));
        assertThat(last.allocatedBytes - first.allocatedBytes)
                .as("bytes allocated by the processor")
                .isLessThan(BUDGET_A_ROUND_BYTES * (ROUNDS - WARM_UP_ROUNDS));
    }

    private void round(final Processor<Order> processor, final int round) throws InterruptedException {
        final long endNs = System.nanoTime() + Duration.ofMillis(ROUND_MS).toNanos();
        final long before = steady.accepted();
        clock.step(random.nextInt(2 * MAX_STEP_S) - MAX_STEP_S);
        load.giveTorn(TORN_A_ROUND);
        final TableSwap swap = processor.swap("items", TableFileAdapter.start(items, edition(round), 1_024));
        spilling.alive(false);
        dropping.alive(false);
        Thread.sleep(DEAD_MS);
        clock.step(0);
        spilling.alive(true);
        dropping.alive(true);
        await("the swap", swap::isDone);
        assertThat(swap.failure()).isNull();
        await("what was spilled to be delivered", () -> onDisk(processor) == 0);
        Thread.sleep(Math.max(0, (endNs - System.nanoTime()) / 1_000_000));
        await("what is due to come in time", () -> steady.accepted() > before);
        assertThat(processor.failure()).isNull();
    }

    private static long onDisk(final Processor<?> processor) {
        return processor.account().targets().get(1).onDisk();
    }

    private Left measure(final int round, final Processor<?> processor) throws IOException {
        System.gc();
        System.gc();
        final Left left = new Left(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                bytesBelow(folder.resolve("spill")),
                allocated());
        System.out.printf(
                "round %d: %,d events, %,d dropped by a target; heap %,d KiB, disk of the spill %,d KiB, allocated by the"
                        + " processor so far %,d KiB%n",
                round,
                processor.account().in(),
                processor.account().targets().get(2).dropped(),
                left.heapBytes >> 10,
                left.diskBytes >> 10,
                left.allocatedBytes >> 10);
        return left;
    }

    private void check(final Account account) {
        final long orders = paced.given();
        assertThat(Stream.of(steady, spilling, dropping).map(MortalPublisher::wrong))
                .containsOnlyNulls();
        assertThat(account.gaps()).isEmpty();
        assertThat(account.in()).isEqualTo(orders + load.repeats() + load.torn());
        assertThat(account.ingress().dead()).isEqualTo(load.torn()).isEqualTo((long) TORN_A_ROUND * ROUNDS);
        assertThat(account.stages().get(0).dropped()).isEqualTo(Map.of("repeat", load.repeats()));
        assertThat(account.routed()).isEqualTo(orders);
        assertThat(steady.accepted()).isEqualTo(orders);
        assertThat(spilling.accepted()).isEqualTo(orders);
        assertThat(account.targets().get(2).dropped()).isPositive().isEqualTo(orders - dropping.accepted());
        assertThat(account.tables()).containsExactly(new Account.TableCount("items", 0, 0, ROUNDS));
    }

    private static long allocated() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pinion-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private static long bytesBelow(final Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.mapToLong(path -> path.toFile().isFile() ? path.toFile().length() : 0)
                    .sum();
        }
    }

    private static void await(final String what, final Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE_S, SECONDS).until(condition);
    }

    private Path edition(final int edition) {
        final StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append("{\"item\":")
                    .append(i)
                    .append(",\"edition\":")
                    .append(edition)
                    .append("}\n");
        }
        return Sources.write(folder, "items.jsonl", rows.toString());
    }

    private Processor<Order> processor() {
        final Graph<Order> graph = Graph.of(Order::new)
                .from(new Ingress("orders"))
                .then(dedupe(
                        "once", order -> order.n, within(Duration.ofMinutes(10)).upTo(50_000)))
                .then(enrich(
                        "item",
                        items,
                        order -> order.item,
                        (order, item) -> order.edition = item.edition,
                        orDeadLetter()))
                .route(routes -> routes.otherwise().to("steady", "spilling", "dropping"))
                .to("steady", new Egress("steady"), block())
                .to("spilling", new Egress("spilling"), spill(64))
                .to("dropping", new Egress("dropping"), dropNewest())
                .build();
        return Processor.of("Soak", graph, FrameCodec.of(Order::new))
                .rowCodecs(FrameCodec::of)
                .clock(clock)
                .layout(Layout.oneThread().idle(Idle.BACKOFF))
                .spillDirectory(folder.resolve("spill"))
                .ingress(load, FrameFormat.JSON)
                .egress("steady", steady, null)
                .egress("spilling", spilling, null)
                .egress("dropping", dropping, null)
                .egress(
                        Target.DEAD_LETTERS,
                        JsonLinesPublisher.kept(
                                folder.resolve("dead-letters.jsonl"), new Retention(16 << 20, Duration.ofDays(1))),
                        null)
                .build();
    }
}
