package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running sidecar whose table changes: by updates that are sent to it, and by SIGHUP. */
class TableIT {
    private static final String GRAPH = """
            import static io.pinion.engine.Policy.block;
            import static io.pinion.operators.Operators.*;

            import io.pinion.engine.*;
            import io.pinion.operators.Table;

            public final class Prices {
                public static final class Order {
                    public long item;
                    public int price;
                    public final Text brand = new Text();
                }

                public static final class Item {
                    public long item;
                    public int price;
                    public final Text brand = new Text();
                    public boolean gone;
                }

                public static Graph<Order> graph(Environment env) {
                    Table<Item> items = table("items", Item::new, item -> item.item, upTo(1_000))
                        .updates(env.ingress("item-updates"), item -> item.gone);
                    return Graph.of(Order::new)
                        .from(env.ingress("orders"))
                        .then(enrich("item", items, order -> order.item, Prices::copy, orDrop()))
                        .route(routes -> routes.otherwise().to("priced"))
                        .to("priced", env.egress("priced"), block())
                        .build();
                }

                private static void copy(Order order, Item item) {
                    order.price = item.price;
                    order.brand.set(item.brand);
                }
            }
            """;

    @TempDir
    private Path folder;

    private String in;

    @BeforeEach
    void writeGraphProfileAndTable() throws IOException {
        in = FreePorts.channel();
        Sources.write(folder, "Prices.java", GRAPH);
        Sources.write(folder, "test.yaml", """
                drainTimeout: 100s
                ingress: {"*": {channel: "%s", stream: 1}}
                egress:
                  "*": {file: "{target}.jsonl"}
                tables: {items: items.csv}
                """.formatted(in));
        Sources.write(folder, "items.csv", "item,price,brand\r\n1,10,\"a \"\"b\"\"\"\r\n2,20,c\r\n");
        Sources.write(folder, "orders.jsonl", "{\"item\":1}\n{\"item\":2}\n{\"item\":3}\n");
    }

    @Test
    void shouldApplyUpdatesAndDeletesThatAreSent() throws IOException {
        try (PinionProcess run = PinionProcess.start(folder, "run", "Prices.java", "--profile", "test.yaml")) {
            run.awaitText("table items ← " + in + " stream 2");
            send("orders.jsonl", 1);
            Sources.write(
                    folder,
                    "updates.jsonl",
                    "{\"item\":1,\"gone\":true}\n{\"item\":\"x\"}\n{\"item\":3,\"price\":30}\n{\"item\":2,\"price\":21}\n");
            send("updates.jsonl", 2);
            send("orders.jsonl", 1);

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out().replaceAll(" +", " "))
                    .contains("The account closes: 6 in = 4 routed + 2 dropped + 0 dead.")
                    .contains("items 4 1 0");
            assertThat(Files.readAllLines(folder.resolve("priced.jsonl")))
                    .containsExactly(
                            "{\"item\":1,\"price\":10,\"brand\":\"a \\\"b\\\"\"}",
                            "{\"item\":2,\"price\":20,\"brand\":\"c\"}",
                            "{\"item\":2,\"price\":21}",
                            "{\"item\":3,\"price\":30}");
            assertThat(Files.readString(folder.resolve("dead-letters.jsonl")))
                    .startsWith("{\"stage\":\"ingress\",\"reason\":\"table \\\"items\\\": ")
                    .contains("\"bytes\":");
        }
    }

    @Test
    void shouldSwapATableAtSighupAndKeepItWhenTheFileIsWrong() throws IOException {
        assumeFalse(
                PinionProcess.isIgnored(1), "skipped: what nohup started, and all that this starts, ignores SIGHUP");
        try (PinionProcess run = PinionProcess.start(folder, "run", "Prices.java", "--profile", "test.yaml")) {
            run.awaitText("is running");
            Sources.write(folder, "items.csv", "item,price\n3,31\n2,22\n");
            run.signal("HUP");
            run.awaitText("the table \"items\" was swapped at position 3 for the 2 rows of ");
            send("orders.jsonl", 1);

            Sources.write(folder, "items.csv", "item,price\n1,11\n2,\"cheap\"\n");
            run.signal("HUP");
            run.awaitText("the table \"items\" stays as it was: ");
            run.awaitText("items.csv:3: ").awaitText("price");
            send("orders.jsonl", 1);

            run.signal("TERM");
            final CommandResult ended = run.awaitEnd();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out()).contains("The account closes: 6 in = 4 routed + 2 dropped + 0 dead.");
            assertThat(Files.readAllLines(folder.resolve("priced.jsonl")))
                    .containsExactly(
                            "{\"item\":2,\"price\":22}",
                            "{\"item\":3,\"price\":31}",
                            "{\"item\":2,\"price\":22}",
                            "{\"item\":3,\"price\":31}");
        }
    }

    @Test
    void shouldRefuseUpdatesThatComeInWhereEventsDo() throws IOException {
        Sources.write(folder, "one.yaml", """
                ingress:
                  orders: {channel: "%s", stream: 1}
                  item-updates: {channel: "%s", stream: 1}
                egress: {"*": {file: "{target}.jsonl"}}
                """.formatted(in, in));

        assertThat(PinionProcess.run(folder, "check", "Prices.java", "--profile", "one.yaml")
                        .err())
                .isEqualTo("pinion: The updates of the table \"items\" come in by " + in
                        + " stream 1, as do events: give each a stream of its own in the profile.\n");
    }

    private void send(final String file, final int stream) {
        final CommandResult sent = PinionProcess.run(folder, "send", "--in", file, "--channel", in, "--stream", stream);
        assertThat(sent.exitCode()).as(sent.err()).isZero();
    }
}
