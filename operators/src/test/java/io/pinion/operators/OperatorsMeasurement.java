package io.pinion.operators;

import static io.pinion.operators.Join.join;
import static io.pinion.operators.Join.lookUp;
import static io.pinion.operators.Join.remember;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.map;
import static io.pinion.operators.Operators.oneIn;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.perSecond;
import static io.pinion.operators.Operators.rateLimit;
import static io.pinion.operators.Operators.sample;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static io.pinion.operators.Privacy.consent;
import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.pseudonymise;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;

import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What each operator costs for an event, by itself on one thread, in nanoseconds: no test, run by hand. The figures in
 * {@code docs/operators.md} are the least of the rounds, with a million keys in no order.
 */
final class OperatorsMeasurement {
    private static final int KEYS = 1_000_000;
    private static final int EVENTS = 4_000_000;
    private static final int ROUNDS = 6;
    private static final String TEXT = "Write to anna@example.com or call 030 1234567, see https://example.com/anna";

    private OperatorsMeasurement() {}

    public static void main(final String[] args) throws IOException {
        final PseudonymKeys keys =
                PseudonymKeys.read("keys", new StringReader("1970-01-01T00:00:00Z 00112233445566778899aabbccddeeff\n"));
        final Map<String, Supplier<Stage<Thing>>> stages = new LinkedHashMap<>();
        stages.put("filter", () -> filter("f", thing -> thing.id >= 0));
        stages.put("map", () -> map("m", thing -> thing.value++));
        stages.put("sample by a number", () -> sample("s", thing -> thing.id, oneIn(2)));
        stages.put(
                "rateLimit by a number",
                () -> rateLimit("r", thing -> thing.id, perSecond(10).upTo(KEYS)));
        stages.put("consent by a number", () -> consent("c", rows(false), thing -> thing.id));
        stages.put(
                "pseudonymise a number",
                () -> pseudonymise("p", keys, thing -> thing.id, (thing, id) -> thing.value = id));
        stages.put(
                "redact 75 bytes, all four",
                () -> redact("t", thing -> thing.text.set(TEXT), urls(), emails(), numbers(7), longerThan(60)));
        stages.put(
                "dedupe by a number, within",
                () -> dedupe(
                        "d", thing -> thing.id, within(Duration.ofSeconds(1)).upTo(KEYS)));
        stages.put(
                "dedupe by two fields, within",
                () -> dedupe(
                        "d",
                        (thing, key) -> key.add(thing.id).add(thing.other),
                        within(Duration.ofSeconds(1)).upTo(KEYS)));
        stages.put(
                "enrich by a number",
                () -> enrich("e", rows(true), (Thing thing) -> thing.id, (thing, row) -> thing.value = row.value));
        stages.put("join, one remembered, one looked up", OperatorsMeasurement::joined);
        for (final Map.Entry<String, Supplier<Stage<Thing>>> stage : stages.entrySet()) {
            System.out.printf(
                    "| %s | %d |%n", stage.getKey(), nsPerEvent(stage.getValue().get()));
        }
    }

    private static Stage<Thing> joined() {
        return join(
                "j",
                table("answers", Thing::new, (Thing row) -> row.id, upTo(KEYS)),
                remember((Thing thing) -> thing.value % 2 == 0, (Thing thing, Thing row) -> row.id = thing.id),
                lookUp((Thing thing) -> thing.value % 2 == 1, (Thing thing) -> thing.id, (thing, row) -> {}),
                orKeep());
    }

    private static Table<Thing> rows(final boolean isFull) {
        final Table<Thing> table = table("rows", Thing::new, (Thing row) -> row.id, upTo(KEYS));
        table.open();
        for (int i = 0; isFull && i < KEYS; i++) {
            table.put(Thing.of(i).value(i));
        }
        return table;
    }

    private static long nsPerEvent(final Stage<Thing> stage) {
        final StageHarness<Thing> harness = StageHarness.of(stage, ThingCodec.ROWS);
        final Thing thing = Thing.of(1).text(TEXT).other("a field");
        long least = Long.MAX_VALUE;
        long timeUs = 1_760_000_000_000_000L;
        for (int round = 0; round < ROUNDS; round++) {
            final long beganNs = System.nanoTime();
            for (int i = 0; i < EVENTS; i++) {
                thing.id = (i * 0x9E3779B97F4A7C15L >>> 20) % KEYS;
                thing.value = i;
                harness.give(thing, ++timeUs);
            }
            least = Math.min(least, (System.nanoTime() - beganNs) / EVENTS);
        }
        return least;
    }
}
