package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.pinion.aeron.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members as processes, whose graph has a table in a file, and SIGHUP: two of three, so that one leads and one follows. */
class ClusterTableIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String GRAPH = """
            import static io.pinion.engine.Policy.block;
            import static io.pinion.operators.Operators.*;

            import io.pinion.engine.*;
            import io.pinion.operators.Table;

            public final class Prices {
                public static final class Order {
                    public long item;
                    public int price;
                }

                public static final class Item {
                    public long item;
                    public int price;
                }

                public static Graph<Order> graph(Environment env) {
                    Table<Item> items = table("items", Item::new, item -> item.item, upTo(1_000));
                    return Graph.of(Order::new)
                        .from(env.ingress("orders"))
                        .then(enrich("item", items, order -> order.item, Prices::copy, orDrop()))
                        .route(routes -> routes.otherwise().to("priced"))
                        .to("priced", env.egress("priced"), block())
                        .build();
                }

                private static void copy(Order order, Item item) {
                    order.price = item.price;
                }
            }
            """;

    @TempDir
    private Path folder;

    private final int basePort = FreePorts.inARow(30);
    private final PinionProcess[] members = new PinionProcess[2];
    private int producers;

    @BeforeEach
    void startMembers() {
        assumeFalse(
                PinionProcess.isIgnored(1), "skipped: what nohup started, and all that this starts, ignores SIGHUP");
        Sources.write(folder, "Prices.java", GRAPH);
        Sources.write(folder, "items.csv", "item,price\n1,10\n2,20\n");
        Sources.write(folder, "orders.jsonl", "{\"item\":1}\n{\"item\":2}\n{\"item\":3}\n");
        for (int i = 0; i < members.length; i++) {
            Sources.write(folder, "member-" + i + ".yaml", """
                    cluster:
                      member: %d
                      hosts: [127.0.0.1, 127.0.0.2, 127.0.0.3]
                      basePort: %d
                      directory: member-%d
                    egress:
                      "*": {file: "%d/{target}.jsonl"}
                    tables: {items: items.csv}
                    """.formatted(i, basePort, i, i));
            members[i] = PinionProcess.start(folder, "run", "Prices.java", "--profile", "member-" + i + ".yaml");
        }
    }

    @AfterEach
    void endMembers() {
        for (final PinionProcess member : members) {
            if (member != null) {
                member.close();
            }
        }
    }

    @Test
    void shouldSwapATableOnAllMembersAtSighupToTheLeaderAndSayWhyItDoesNotAtAFollower() throws IOException {
        send();
        final PinionProcess leader = awaitRole("leads");
        final PinionProcess follower = awaitRole("follows");
        Sources.write(folder, "items.csv", "item,price\n3,31\n2,22\n");
        follower.signal("HUP");
        follower.awaitText("no table is read again: this member follows, and the one that leads reads files for all");
        send();
        leader.signal("HUP");
        leader.awaitText("the table \"items\" was swapped for the 2 rows of its file");
        send();
        Sources.write(folder, "items.csv", "item,price\n3,32\n2,\"cheap\"\n");
        leader.signal("HUP");
        leader.awaitText("the table \"items\" stays as it was: ").awaitText("items.csv:3: ");
        send();
        for (int i = 0; i < members.length; i++) {
            final Path file = folder.resolve(i + "/priced.jsonl");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(file) && Files.readAllLines(file).size() >= 8);
            assertThat(Files.readAllLines(file))
                    .isEqualTo(List.of(
                            "{\"item\":1,\"price\":10}",
                            "{\"item\":2,\"price\":20}",
                            "{\"item\":1,\"price\":10}",
                            "{\"item\":2,\"price\":20}",
                            "{\"item\":2,\"price\":22}",
                            "{\"item\":3,\"price\":31}",
                            "{\"item\":2,\"price\":22}",
                            "{\"item\":3,\"price\":31}"));
        }
        assertThat(follower.err()).doesNotContain("swapped").doesNotContain("items.csv");
    }

    private PinionProcess awaitRole(final String role) {
        Awaitility.await(role).atMost(PATIENCE).until(() -> withRole(role) != null);
        return withRole(role);
    }

    private PinionProcess withRole(final String role) {
        for (final PinionProcess member : members) {
            final String last = member.out()
                    .lines()
                    .filter(line -> line.matches("member \\d (leads|follows), .*"))
                    .reduce("", (before, line) -> line);
            if (last.contains(role)) {
                return member;
            }
        }
        return null;
    }

    /** Three orders, by a producer of their own. */
    private void send() {
        producers++;
        final CommandResult sent = PinionProcess.run(
                folder,
                "send",
                "--in",
                "orders.jsonl",
                "--cluster",
                "127.0.0.1,127.0.0.2,127.0.0.3",
                "--base-port",
                basePort,
                "--producer",
                producers,
                "--timeout",
                PATIENCE.toSeconds() + "s");
        assertThat(sent.exitCode()).as(sent.err()).isZero();
    }
}
