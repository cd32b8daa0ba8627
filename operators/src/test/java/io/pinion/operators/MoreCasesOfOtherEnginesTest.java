package io.pinion.operators;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Join.join;
import static io.pinion.operators.Join.lookUp;
import static io.pinion.operators.Join.remember;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.Egress;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import io.pinion.engine.Ingress;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.TableChange;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** As {@link CasesOfOtherEnginesTest}; these are mostly where Pinion means to differ, and each says how and why. */
class MoreCasesOfOtherEnginesTest {
    /**
     * There the keys are in a store that can be away, and then events are dropped, or pass unchecked. Here a stage has its
     * keys in its own memory, and nothing can be away. What can fail is the function that tells the key: that costs its event,
     * which is not lost but a dead letter, and nothing is remembered of it.
     */
    @Test
    @DisplayName(
            "P12 benthos internal/impl/pure/processor_dedupe_test.go TestDedupeCacheErrors, where no store can fail")
    void shouldBuryAnEventWhoseKeyCannotBeTold() {
        final boolean[] isBroken = {true};
        final StageHarness<Thing> harness = StageHarness.of(dedupe(
                "once",
                (thing, key) -> {
                    if (isBroken[0] && thing.text.contentEquals("foo")) {
                        throw new IllegalStateException("no key");
                    }
                    key.add(thing.text);
                },
                upTo(10)));

        assertThat(harness.give(Thing.of("foo"))).isEqualTo(DEAD);
        assertThat(harness.reason()).contains("no key");
        assertThat(harness.give(Thing.of("bar"))).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of("bar"))).isEqualTo(DROPPED);
        isBroken[0] = false;
        assertThat(harness.give(Thing.of("foo"))).isEqualTo(PASSED);
    }

    /** Here no store is named. That keys have room is looked at before the start, and said. */
    @Test
    @DisplayName("P13 benthos internal/impl/pure/processor_dedupe_test.go TestDedupeBadCache, where there is no room")
    void shouldSayBeforeTheStartThatTheKeysHaveNoRoom() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> upTo(0))
                .withMessageContaining("upTo");
        final Graph<Thing> graph = Graph.of(Thing::new)
                .from(new Ingress("in"))
                .then(dedupe("once", thing -> thing.id, upTo(100_000_000)))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();

        assertThat(graph.memoryProblems(1L << 30)).singleElement().asString().contains("lower the numbers in upTo");
    }

    /** One row to a key, the one put last: a stage never makes two events of one, so each has one place in the log. */
    @Test
    @DisplayName("P37 hazelcast-jet HashJoinPTest test_oneToNJoin_biJoin, where a key has one row")
    void shouldJoinToTheRowThatWasPutLast() {
        final Table<Thing> table = table("rows", Thing::new, (Thing row) -> row.id, upTo(10));
        table.open();
        table.put(Thing.of(1).text("a"));
        table.put(Thing.of(2).text("b"));
        table.put(Thing.of(2).text("c"));
        final StageHarness<Thing> harness = StageHarness.of(
                enrich("row", table, (Thing thing) -> thing.id, (thing, row) -> thing.text.set(row.text)));

        assertThat(Stream.of(0, 1, 2).map(id -> {
                    final Thing thing = Thing.of(id);
                    harness.give(thing);
                    return thing.text.toString();
                }))
                .containsExactly("", "a", "c");
    }

    /** Bytes are compared, which is the same in every language; who wants cases to be one writes it into both keys. */
    @Test
    @DisplayName(
            "P41 vector src/enrichment_tables/file.rs finds_rows_with_index_case_insensitive, by what the keys say")
    void shouldTakeCasesForOneWhereBothKeysDo() {
        final Table<Thing> table =
                table("rows", Thing::new, (Thing row, Key key) -> addInLowerCase(row, key), upTo(10));
        table.open();
        table.put(Thing.of("Zip").other("zup"));
        final StageHarness<Thing> harness = StageHarness.of(enrich(
                "row",
                table,
                MoreCasesOfOtherEnginesTest::addInLowerCase,
                (Thing thing, Thing row) -> thing.other.set(row.other),
                orDrop()));

        assertThat(List.of(harness.give(Thing.of("zip")), harness.give(Thing.of("ZiP"))))
                .containsOnly(PASSED);
    }

    private static void addInLowerCase(final Thing thing, final Key key) {
        key.add(io.pinion.engine.Text.of(thing.text.toString().toLowerCase(Locale.ROOT)));
    }

    /**
     * There a repeat makes its key the youngest, always. Here the key first seen longest ago goes, so that how long a key is
     * remembered does not depend on its repeats; {@code refreshing()} is for those who want it.
     */
    @Test
    @DisplayName("vector src/transforms/dedupe/transform.rs LruCache.put, where a repeat does not refresh unless told")
    void shouldForgetTheKeyFirstSeenLongestAgoUnlessRepeatsRefresh() {
        assertThat(passing(upTo(2), "A", "B", "A", "C", "A", "B")).containsExactly("A", "B", "C", "A", "B");
        assertThat(passing(upTo(2).refreshing(), "A", "B", "A", "C", "A", "B")).containsExactly("A", "B", "C", "B");
    }

    private static List<String> passing(final Retention retention, final String... texts) {
        final StageHarness<Thing> harness =
                StageHarness.of(dedupe("once", (thing, key) -> key.add(thing.text), retention));
        return Stream.of(texts)
                .filter(text -> harness.give(Thing.of(text)) == PASSED)
                .toList();
    }

    /** There null is a value of its own, other than no field; here both are no key, and all of these pass. */
    @Test
    @DisplayName("vector src/transforms/dedupe/config.rs dedupe_match_null_matching, where null is no field")
    void shouldLetAllPassThatHaveNoKey() {
        final StageHarness<Thing> harness =
                StageHarness.of(dedupe("once", (thing, key) -> key.add(thing.text), upTo(10)));

        assertThat(List.of(harness.give(new Thing()), harness.give(new Thing())))
                .containsOnly(PASSED);
        assertThat(harness.counter("keyless")).isEqualTo(2);
    }

    @Test
    @DisplayName("kafka KStreamKTableJoinTest shouldNotJoinOnTableUpdates and shouldLogAndMeterWhenSkippingNullLeftKey")
    void shouldJoinEventsToTheRowsOfTheirTimeAndCountWhatHasNoKey() {
        final Table<Thing> table = table("rows", Thing::new, (Thing row, Key key) -> key.add(row.text), upTo(10));
        final StageHarness<Thing> harness = StageHarness.of(
                enrich("row", table, (thing, key) -> key.add(thing.text), MoreCasesOfOtherEnginesTest::copy, orDrop()),
                ThingCodec.ROWS);

        assertThat(valueOf(harness, "X0")).isZero();
        put(harness, table, Thing.of("X0").value(1));
        assertThat(valueOf(harness, "X0")).isEqualTo(1);
        put(harness, table, Thing.of("X0").value(2));
        put(harness, table, Thing.of("X1").value(3));
        assertThat(valueOf(harness, "X0")).isEqualTo(2);
        assertThat(valueOf(harness, "X1")).isEqualTo(3);
        assertThat(valueOf(harness, "")).isZero();
        assertThat(harness.dropped("miss")).isEqualTo(2);
    }

    private static long valueOf(final StageHarness<Thing> harness, final String text) {
        final Thing thing = Thing.of(text);
        assertThat(harness.give(thing)).isEqualTo(thing.value == 0 ? DROPPED : PASSED);
        return thing.value;
    }

    /**
     * There both sides wait for watermarks; here nothing waits, and an event finds what came before it in the log. There a
     * delete ends a version at a time; here it takes all versions of its key, for it may stand for a wish to be forgotten.
     */
    @Test
    @DisplayName("flink TemporalRowTimeJoinOperatorTest testRowTimeLeftTemporalJoin, where nothing waits")
    void shouldFindTheVersionOfTheEventsTimeAmongThoseThatCameBefore() {
        final Table<Thing> table = table("rates", Thing::new, (Thing row) -> row.id, upTo(10))
                .asOf(row -> row.text.lengthBytes(), MICROSECONDS, 4);
        final StageHarness<Thing> harness = StageHarness.of(
                enrich("rate", table, (Thing thing) -> thing.id, MoreCasesOfOtherEnginesTest::copy, orKeep()),
                ThingCodec.ROWS);

        assertThat(valueAt(harness, 1, 3)).as("before any row came").isZero();
        put(harness, table, version(1, 2).value(12));
        assertThat(valueAt(harness, 1, 1)).as("before its first version").isZero();
        assertThat(valueAt(harness, 1, 3)).isEqualTo(12);
        put(harness, table, version(2, 4).value(24));
        put(harness, table, version(2, 7).value(25));
        assertThat(valueAt(harness, 2, 6)).isEqualTo(24);
        assertThat(valueAt(harness, 2, 8)).isEqualTo(25);
        harness.change(table, TableChange.DELETE, ThingCodec.frameOf(version(2, 9)));
        put(harness, table, version(2, 10).value(26));
        assertThat(valueAt(harness, 2, 9)).isZero();
        assertThat(valueAt(harness, 2, 11)).isEqualTo(26);
        assertThat(valueAt(harness, 2, 8))
                .as("25 there, the version of that time")
                .isZero();
    }

    private static Thing version(final long id, final int validFromUs) {
        return Thing.of(id).text("v".repeat(validFromUs));
    }

    private static long valueAt(final StageHarness<Thing> harness, final long id, final long timeUs) {
        final Thing thing = Thing.of(id);
        harness.give(thing, timeUs, 0);
        return thing.value;
    }

    private static void put(final StageHarness<Thing> harness, final Table<Thing> table, final Thing row) {
        harness.change(table, TableChange.PUT, ThingCodec.frameOf(row));
    }

    private static void copy(final Thing thing, final Thing row) {
        thing.value = row.value;
    }

    /**
     * There state lives as long after it was last touched, the last instant included; here what is remembered is gone
     * exactly after its time, as everywhere in Pinion, and only remembering it again makes it young.
     */
    @Test
    @DisplayName(
            "hazelcast-jet TransformStatefulPTest mapStateful_withTtl and mapStateful_negativeWmTime, where the time"
                    + " ends sharply")
    void shouldForgetExactlyAfterTheTimeAlsoBefore1970() {
        final StageHarness<Thing> harness = StageHarness.of(rememberedFor(2), ThingCodec.ROWS);
        harness.give(Thing.of(1).text("a"), -10);
        harness.give(Thing.of(2).text("b"), -9);

        assertThat(harness.give(Thing.of(1), -9)).isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(1), -8))
                .as("looking up keeps nothing young")
                .isEqualTo(DROPPED);
        assertThat(harness.give(Thing.of(2), -8)).isEqualTo(PASSED);
        harness.give(Thing.of(2).text("b again"), -8);
        assertThat(harness.give(Thing.of(2), -7)).as("it survives there anyway").isEqualTo(PASSED);
        assertThat(harness.give(Thing.of(2), -6)).isEqualTo(DROPPED);
    }

    private static Stage<Thing> rememberedFor(final long micros) {
        return join(
                "state",
                table("states", Thing::new, (Thing row) -> row.id, upTo(10)).keptFor(Duration.of(micros, MICROS)),
                remember((Thing thing) -> !thing.text.isEmpty(), (Thing thing, Thing row) -> row.id = thing.id),
                lookUp(
                        (Thing thing) -> thing.text.isEmpty(),
                        (Thing thing) -> thing.id,
                        MoreCasesOfOtherEnginesTest::copy),
                orDrop());
    }
}
