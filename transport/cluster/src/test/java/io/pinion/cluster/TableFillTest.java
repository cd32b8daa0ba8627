package io.pinion.cluster;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.aeron.FreePorts;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Egress;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Ingress;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Processor;
import io.pinion.file.SequencedFile;
import io.pinion.operators.Table;
import io.pinion.wire.FrameCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member whose graph needs the rows of a file before its first event. */
class TableFillTest {
    private static final int ROWS = 5_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** An event. */
    public static final class Sale {
        /** What was sold. */
        public long item;
        /** From the table. */
        public long price;
    }

    /** A row. */
    public static final class Item {
        /** Its key. */
        public long item;
        /** What it costs. */
        public long price;
    }

    @TempDir
    Path folder;

    private final int basePort = FreePorts.inARow(10);
    private final AtomicInteger opened = new AtomicInteger();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private volatile int factor = 10;
    private volatile boolean isTorn;

    private ClusterMember member() {
        final Table<Item> items = table("items", Item::new, (Item item) -> item.item, upTo(ROWS));
        final Graph<Sale> graph = Graph.of(Sale::new)
                .revision(1)
                .from(new Ingress("sales"))
                .then(enrich("price", items, sale -> sale.item, (sale, item) -> sale.price = item.price, orKeep()))
                .route(routes -> routes.otherwise().to("priced"))
                .to("priced", new Egress("priced"), block())
                .deadLetters(new Egress("dead"), block())
                .build();
        return ClusterMember.launch(
                MemberConfig.of(0, List.of("127.0.0.1"), folder.resolve("member"))
                        .basePort(basePort)
                        .heartbeatTimeout(Duration.ofSeconds(1))
                        .tell(told::add)
                        .halt((sentence, cause) -> new AssertionError(sentence, cause))
                        .build(),
                new ReplicatedGraph<>(
                        "Sales",
                        graph,
                        Processor.of("Sales", graph, FrameCodec.of(graph.events()))
                                .rowCodecs(FrameCodec::of)
                                .format("priced", FrameFormat.JSON),
                        Map.of(),
                        Map.of("items", this::rows),
                        (name, maxFrameBytes, consumers) ->
                                new SequencedFile(folder.resolve(name + ".jsonl"), maxFrameBytes, false)));
    }

    private IngressAdapter rows() {
        opened.incrementAndGet();
        return new IngressAdapter() {
            private int next = 1;

            @Override
            public int poll(final FrameHandler handler, final int limit) {
                if (isTorn && next > 10) {
                    throw new EdgeException("items.jsonl:11: it is torn");
                }
                int done = 0;
                while (done < limit && next <= ROWS) {
                    final byte[] row = ("{\"item\":" + next + ",\"price\":" + next * factor + "}").getBytes(UTF_8);
                    if (!handler.onFrame(new UnsafeBuffer(row), 0, row.length, 0)) {
                        return done;
                    }
                    next++;
                    done++;
                }
                return done;
            }

            @Override
            public boolean isAtEnd() {
                return next > ROWS;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    @Test
    void shouldBringInTheRowsBeforeTheFirstEventAndNotAgainAfterARestart() throws IOException {
        try (MediaDriver driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                        .threadingMode(ThreadingMode.SHARED)
                        .dirDeleteOnStart(true)
                        .dirDeleteOnShutdown(true));
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()))) {
            try (ClusterMember member = member();
                    ClusterProducer producer = producer(aeron)) {
                send(producer, 1, 50);
                assertThat(member.status().missing()).isZero();
            }
            try (ClusterMember member = member();
                    ClusterProducer producer = producer(aeron)) {
                send(producer, ROWS - 50, ROWS);
                assertThat(member.status().missing()).isZero();
                awaitLines(101);
            }
        }
        assertThat(opened).hasValue(1);
        assertThat(Files.readAllLines(folder.resolve("priced.jsonl")))
                .startsWith("{\"item\":1,\"price\":10}")
                .endsWith("{\"item\":" + ROWS + ",\"price\":" + ROWS * 10 + "}");
    }

    @Test
    void shouldSwapATableForWhatItsFileHasWhenAskedToAndKeepItWhereTheFileIsWrong() throws IOException {
        try (MediaDriver driver = MediaDriver.launchEmbedded(new MediaDriver.Context()
                        .threadingMode(ThreadingMode.SHARED)
                        .dirDeleteOnStart(true)
                        .dirDeleteOnShutdown(true));
                Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
                ClusterMember member = member();
                ClusterProducer producer = producer(aeron)) {
            send(producer, 1, 1);
            factor = 20;
            member.requestTables();
            awaitTold("the table \"items\" was swapped for the " + ROWS + " rows of its file");
            send(producer, 2, 2);
            factor = 30;
            isTorn = true;
            member.requestTables();
            awaitTold("the table \"items\" stays as it was: items.jsonl:11: it is torn");
            send(producer, 3, 3);
            isTorn = false;
            member.requestTables();
            member.requestTables();
            await(() -> told.size() >= 3);
            send(producer, 4, 4);
            awaitLines(4);
            assertThat(member.status().troubles()).isEmpty();
        }
        assertThat(Files.readAllLines(folder.resolve("priced.jsonl")))
                .containsExactly(
                        "{\"item\":1,\"price\":10}",
                        "{\"item\":2,\"price\":40}",
                        "{\"item\":3,\"price\":60}",
                        "{\"item\":4,\"price\":120}");
    }

    private void awaitTold(final String sentence) {
        await(() -> told.contains(sentence));
    }

    private void await(final BooleanSupplier condition) {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            Thread.yield();
            assertThat(System.nanoTime()).as(told::toString).isLessThan(deadlineNs);
        }
    }

    private ClusterProducer producer(final Aeron aeron) {
        return ClusterProducer.builder()
                .aeron(aeron)
                .endpoints(new MemberEndpoints(List.of("127.0.0.1"), basePort).ingress())
                .producer(7)
                .credentials(SharedSecretCredentials.ofClient("sales", SharedSecret.none()))
                .open();
    }

    private static void send(final ClusterProducer producer, final int from, final int to) {
        assertThat(producer.awaitAccepted(PATIENCE)).as(producer.whyWaiting()).isTrue();
        for (int item = from; item <= to; item++) {
            final byte[] sale = ("{\"item\":" + item + "}").getBytes(UTF_8);
            assertThat(producer.offer(new UnsafeBuffer(sale), 0, sale.length, 0))
                    .isTrue();
        }
        assertThat(producer.awaitAccepted(PATIENCE)).as(producer.whyWaiting()).isTrue();
    }

    private void awaitLines(final int count) throws IOException {
        final long deadlineNs = System.nanoTime() + PATIENCE.toNanos();
        while (Files.readAllLines(folder.resolve("priced.jsonl")).size() < count) {
            Thread.yield();
            assertThat(System.nanoTime()).isLessThan(deadlineNs);
        }
    }
}
