package io.pinion.sidecar;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Account;
import io.pinion.engine.Egress;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Ingress;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.TableSwap;
import io.pinion.engine.Target;
import io.pinion.engine.Text;
import io.pinion.operators.Table;
import io.pinion.wire.FrameCodec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A table that two stages read, on one thread or on several, while it is updated and swapped under a stream of events. */
class TableSwapTest {
    private static final int ROWS = 20_000;
    private static final long PATIENCE_S = 300;

    /** An event; the two stages fill in which edition of the row they saw. */
    public static final class Order {
        /** The row's key. */
        public long item;
        /** By the first stage. */
        public long seenFirst;
        /** By the second. */
        public long seenSecond;
        /** Copied. */
        public final Text brand = new Text();
    }

    /** A row. */
    public static final class Item {
        /** Its key. */
        public long item;
        /** Which file it came from. */
        public long edition;
        /** Some text. */
        public final Text brand = new Text();
    }

    private final Table<Item> items =
            table("items", Item::new, (Item row) -> row.item, upTo(ROWS)).updates(new Ingress("updates"));
    private final Watching watching = new Watching();

    @TempDir
    private Path folder;

    /** Looks at each order as it leaves: both stages must have seen one edition, and editions never go back. */
    private static final class Watching implements EgressPublisher {
        private final FrameCodec<Order> codec = FrameCodec.of(Order::new);
        private final Order order = new Order();
        private final Frame copy = codec.newFrame(256, 1_024);
        final AtomicLong orders = new AtomicLong();
        volatile long edition;
        volatile String wrong;

        @Override
        public boolean offer(final Frame frame, final long dueNs) {
            copy.copyFrom(frame.buffer(), 0, frame.lengthBytes(), frame.format());
            if (!codec.decode(copy, order) || order.seenFirst != order.seenSecond || order.seenFirst < edition) {
                wrong = "after edition " + edition + ": " + order.seenFirst + " and " + order.seenSecond;
            }
            edition = order.seenFirst;
            orders.incrementAndGet();
            return true;
        }

        @Override
        public int doWork() {
            return 0;
        }

        @Override
        public boolean isDrained() {
            return true;
        }

        @Override
        public String whyWaiting() {
            return "";
        }

        @Override
        public int maxFrameBytes() {
            return 1_024;
        }

        @Override
        public void close() {}
    }

    /** One frame as often as it is allowed to. */
    private static final class RepeatingAdapter implements IngressAdapter {
        private final UnsafeBuffer frame;
        private volatile long allowed;
        private long given;

        RepeatingAdapter(final String json) {
            frame = new UnsafeBuffer(json.getBytes(StandardCharsets.UTF_8));
        }

        void allow(final long upTo) {
            allowed = upTo;
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            int work = 0;
            while (work < limit && given < allowed && handler.onFrame(frame, 0, frame.capacity(), 0)) {
                given++;
                work++;
            }
            return work;
        }

        @Override
        public boolean isAtEnd() {
            return false;
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-thread", "thread-per-stage", "ingress,first,second+route+egress"})
    void shouldSwitchEveryStageAtOnePlaceInTheLog(final String layout) throws InterruptedException {
        final RepeatingAdapter orders = new RepeatingAdapter("{\"item\":1000017}");
        orders.allow(Long.MAX_VALUE);
        load(edition(1));
        try (Processor<Order> processor =
                options(orders).layout(Layout.parse(layout)).build()) {
            processor.start();
            for (int edition = 2; edition < 5; edition++) {
                final TableSwap swap = swap(processor, edition(edition));
                assertThat(swap.failure()).isNull();
                assertThat(swap.rows()).isEqualTo(ROWS);
                final TableSwap torn = swap(
                        processor,
                        Sources.write(folder, "torn.jsonl", "{\"item\":7,\"edition\":99}\n{\"item\":8.5}\n"));
                assertThat(torn.failure()).startsWith(folder.resolve("torn.jsonl") + ":2: ");
            }
            processor.drain();
            assertThat(processor.awaitEnd(Duration.ofSeconds(PATIENCE_S))).isTrue();
            assertThat(watching.wrong).isNull();
            assertThat(watching.edition).isEqualTo(4);
            final Account account = processor.account();
            assertThat(account.gaps()).isEmpty();
            assertThat(account.dropped()).isZero();
            assertThat(account.tables()).containsExactly(new Account.TableCount("items", 0, 0, 3));
        }
    }

    @Test
    void shouldRefuseAFileWithMoreRowsThanThereIsRoomFor() throws InterruptedException {
        final StringBuilder rows = new StringBuilder();
        for (int i = 0; i <= ROWS; i++) {
            rows.append("{\"item\":").append(i).append("}\n");
        }
        final Path file = Sources.write(folder, "many.jsonl", rows.toString());
        try (Processor<Order> processor =
                options(new RepeatingAdapter("{}")).layout(Layout.oneThread()).build()) {
            processor.start();
            assertThat(swap(processor, file).failure())
                    .isEqualTo(
                            file + ":" + (ROWS + 1) + ": The table \"items\" is full with 20,000 rows: raise upTo(…).");
            assertThat(swap(processor, folder.resolve("none.jsonl")).failure())
                    .startsWith("the table \"items\" can't be read from ");
        }
    }

    @Test
    void shouldAllocateNothingForAMillionUpdates() throws InterruptedException {
        final RepeatingAdapter orders = new RepeatingAdapter("{\"item\":1000017}");
        final CountingUpAdapter updates = new CountingUpAdapter(
                "{\"item\":7000000,\"edition\":1,\"brand\":\"a brand of some length\"}"
                        .getBytes(StandardCharsets.UTF_8),
                FrameFormat.JSON);
        load(edition(1));
        try (Processor<Order> processor = options(orders)
                .updates("items", updates, FrameFormat.JSON)
                .layout(Layout.oneThread())
                .build()) {
            processor.start();
            updates.allow(200_000);
            orders.allow(200_000);
            await(processor, 200_000);
            final long before = allocated();
            updates.allow(1_200_000);
            orders.allow(1_200_000);
            await(processor, 1_200_000);

            assertThat(allocated() - before).as("bytes").isLessThanOrEqualTo(64 * 1024);
            assertThat(processor.account().tables().get(0).dead()).isZero();
        }
    }

    private static void await(final Processor<?> processor, final long changes) throws InterruptedException {
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (processor.account().tables().get(0).changes() < changes || processor.occupancy() > 0) {
            assertThat(processor.failure()).isNull();
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    private static long allocated() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pinion-"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }

    private TableSwap swap(final Processor<?> processor, final Path file) throws InterruptedException {
        final TableSwap swap = processor.swap("items", TableFileAdapter.start(items, file, 1_024));
        final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (!swap.isDone()) {
            assertThat(processor.failure()).isNull();
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(1);
        }
        return swap;
    }

    private void load(final Path file) {
        TableLoader.load(items, file, 1_024);
    }

    private Path edition(final int edition) {
        final StringBuilder rows = new StringBuilder();
        for (int i = 0; i < ROWS; i++) {
            rows.append("{\"item\":")
                    .append(1_000_000 + i)
                    .append(",\"edition\":")
                    .append(edition)
                    .append("}\n");
        }
        return Sources.write(folder, "edition" + edition + ".jsonl", rows.toString());
    }

    private Processor.Builder<Order> options(final RepeatingAdapter orders) {
        final Graph<Order> graph = Graph.of(Order::new)
                .from(new Ingress("orders"))
                .then(enrich(
                        "first", items, order -> order.item, (order, item) -> order.seenFirst = item.edition, orDrop()))
                .then(enrich("second", items, order -> order.item, TableSwapTest::copy, orDrop()))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();
        return Processor.of("Orders", graph, FrameCodec.of(Order::new))
                .rowCodecs(FrameCodec::of)
                .ingress(orders, FrameFormat.JSON)
                .egress("out", watching, null)
                .egress(Target.DEAD_LETTERS, new SwallowingPublisher(), null);
    }

    private static void copy(final Order order, final Item item) {
        order.seenSecond = item.edition;
        order.brand.set(item.brand);
    }
}
