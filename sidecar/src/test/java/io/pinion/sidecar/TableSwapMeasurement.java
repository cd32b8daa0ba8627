package io.pinion.sidecar;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;

import io.pinion.engine.Egress;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Ingress;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.TableSwap;
import io.pinion.engine.Target;
import io.pinion.operators.Table;
import io.pinion.wire.FrameCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How long an event waits at most while a table is swapped: 10,000 events a second on one thread, latency from when each was
 * due. Beside it the same without a swap, which is the machine's own noise. Run by hand; its argument is the number of rows.
 */
final class TableSwapMeasurement {
    private static final long INTERVAL_NS = 100_000;
    private static final int QUIET_MS = 5_000;
    private static final int SWAPS = 5;

    private TableSwapMeasurement() {}

    /** Gives each event when it is due. */
    private static final class PacedAdapter implements IngressAdapter {
        private final UnsafeBuffer frame = new UnsafeBuffer("{\"item\":1000017}".getBytes(StandardCharsets.UTF_8));
        private final Histogram latency = new Histogram(3);
        private long dueNs;

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            final long nowNs = System.nanoTime();
            dueNs = dueNs == 0 ? nowNs : dueNs;
            int work = 0;
            while (work < limit && nowNs >= dueNs && handler.onFrame(frame, 0, frame.capacity(), 0)) {
                synchronized (latency) {
                    latency.recordValue(System.nanoTime() - dueNs);
                }
                dueNs += INTERVAL_NS;
                work++;
            }
            return work;
        }

        /** What was measured since the last call. */
        String told() {
            synchronized (latency) {
                final String text = String.format(
                        "p50 %d, p99 %d, p99.9 %d, max %d µs (%d events)",
                        latency.getValueAtPercentile(50) / 1_000,
                        latency.getValueAtPercentile(99) / 1_000,
                        latency.getValueAtPercentile(99.9) / 1_000,
                        latency.getMaxValue() / 1_000,
                        latency.getTotalCount());
                latency.reset();
                return text;
            }
        }

        @Override
        public boolean isAtEnd() {
            return false;
        }

        @Override
        public void close() {}
    }

    /** On one thread an event that came in late is one that waited for the stages, which is what is measured. */
    public static void main(final String[] args) throws Exception {
        final int rows = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        final Path file = Files.createTempFile("rows", ".jsonl");
        final StringBuilder json = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            json.append("{\"item\":")
                    .append(1_000_000 + i)
                    .append(",\"edition\":1,\"brand\":\"brand ")
                    .append(i)
                    .append("\"}\n");
        }
        Files.writeString(file, json);
        final Table<TableSwapTest.Item> items =
                table("items", TableSwapTest.Item::new, (TableSwapTest.Item row) -> row.item, upTo(rows));
        TableLoader.load(items, file, 1_024);
        final PacedAdapter adapter = new PacedAdapter();
        try (Processor<TableSwapTest.Order> processor = Processor.of(
                        "Swap", graph(items), FrameCodec.of(TableSwapTest.Order::new))
                .rowCodecs(FrameCodec::of)
                .layout(Layout.oneThread())
                .ingress(adapter, FrameFormat.JSON)
                .egress("out", new SwallowingPublisher(), null)
                .egress(Target.DEAD_LETTERS, new SwallowingPublisher(), null)
                .build()) {
            processor.start();
            Thread.sleep(QUIET_MS);
            adapter.told();
            Thread.sleep(QUIET_MS);
            System.out.println("no swap:       " + adapter.told());
            for (int i = 0; i < SWAPS; i++) {
                final long beganNs = System.nanoTime();
                final TableSwap swap = processor.swap("items", TableFileAdapter.start(items, file, 1_024));
                while (!swap.isDone()) {
                    Thread.sleep(1);
                }
                System.out.println("swap of " + rows + " rows in " + (System.nanoTime() - beganNs) / 1_000_000 + " ms: "
                        + adapter.told() + (swap.failure() == null ? "" : swap.failure()));
                Thread.sleep(1_000);
                System.out.println("a second after: " + adapter.told());
            }
        } finally {
            Files.delete(file);
        }
    }

    private static Graph<TableSwapTest.Order> graph(final Table<TableSwapTest.Item> items) {
        return Graph.of(TableSwapTest.Order::new)
                .from(new Ingress("orders"))
                .then(enrich("item", items, order -> order.item, (order, item) -> order.brand.set(item.brand)))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();
    }
}
