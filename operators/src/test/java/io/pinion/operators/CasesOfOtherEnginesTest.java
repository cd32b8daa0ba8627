package io.pinion.operators;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.orDrop;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphHarness;
import io.pinion.engine.Routes;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What other engines' own tests expect of the same operators, where these promise the same. Each names its source. */
class CasesOfOtherEnginesTest {
    @Test
    @DisplayName("P01 vector src/transforms/dedupe/config.rs dedupe_match_basic")
    void shouldDropARepeatOfTheMatchedField() {
        assertThat(passing(
                        dedupe("once", (thing, key) -> key.add(thing.text), upTo(5)),
                        Thing.of("some value").other("another value"),
                        Thing.of("some value2").other("another value"),
                        Thing.of("some value").other("another value2")))
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("P02 vector src/transforms/dedupe/config.rs dedupe_ignore_basic")
    void shouldIgnoreAFieldThatIsNotPartOfTheKey() {
        assertThat(passing(
                        dedupe(
                                "once",
                                (thing, key) ->
                                        key.add(thing.text).add(thing.id).add(thing.value),
                                upTo(5)),
                        Thing.of("some value").other("another value"),
                        Thing.of("some value2").other("another value"),
                        Thing.of("some value").other("another value2")))
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("P03 vector src/transforms/dedupe/config.rs dedupe_match_field_name_matters")
    void shouldTellInWhichFieldAValueIs() {
        assertThat(passing(ofTwoTexts(), Thing.of("some value"), Thing.of("").other("some value")))
                .containsExactly(1, 2);
    }

    @Test
    @DisplayName("P04 vector src/transforms/dedupe/config.rs dedupe_match_field_order_irrelevant")
    void shouldNotCareInWhichOrderFieldsWereSet() {
        final Thing otherFirst = new Thing();
        otherFirst.other.set("value2");
        otherFirst.text.set("value1");

        assertThat(passing(ofTwoTexts(), Thing.of("value1").other("value2"), otherFirst))
                .containsExactly(1);
    }

    @Test
    @DisplayName("P05 vector src/transforms/dedupe/config.rs dedupe_match_age_out")
    void shouldForgetTheOldestKeyForANewOne() {
        assertThat(passing(ofText(upTo(1)), Thing.of("A"), Thing.of("B"), Thing.of("A")))
                .containsExactly(1, 2, 3);
    }

    @Test
    @DisplayName("P06 vector src/transforms/dedupe/config.rs dedupe_match_timed_age_out")
    void shouldPassARepeatAfterTheWindow() {
        assertThat(passingAt(ofText(within(ofMillis(100)).upTo(5)), new long[] {0, 1, 101_000}, "A", "A", "A"))
                .containsExactly(1, 3);
    }

    @Test
    @DisplayName("P07 vector src/transforms/dedupe/config.rs dedupe_match_type_matching")
    void shouldTellATextFromTheNumberItSpells() {
        final Stage<Thing> once = dedupe(
                "once",
                (thing, key) -> {
                    if (thing.text.isEmpty()) {
                        key.add(thing.id);
                    } else {
                        key.add(thing.text);
                    }
                },
                upTo(5));

        assertThat(passing(once, Thing.of("123"), Thing.of(123), Thing.of(123))).containsExactly(1, 2);
    }

    @Test
    @DisplayName("P10 vector tests/behavior/transforms/dedupe.yaml dedupe_nested_fields, one field to a path")
    void shouldPassWhatHasTheValueInAnotherField() {
        assertThat(passing(
                        dedupe("once", (thing, key) -> key.add(thing.text), upTo(5)),
                        Thing.of("d").value(2),
                        Thing.of("d").value(3),
                        Thing.of("").other("c.d").value(4)))
                .containsExactly(1, 3);
    }

    @Test
    @DisplayName("P11 benthos internal/impl/pure/processor_dedupe_test.go TestDedupe")
    void shouldDropARepeatOfAWholePayload() {
        assertThat(passing(
                        ofText(upTo(1_000)),
                        Thing.of("hello world"),
                        Thing.of("hello world"),
                        Thing.of("hello world 2")))
                .containsExactly(1, 3);
    }

    @Test
    @DisplayName("P14 flink ProcTimeDeduplicateKeepFirstRowFunctionTest test")
    void shouldKeepTheFirstRowOfAKeyByLogTime() {
        final Stage<Thing> once =
                dedupe("once", thing -> thing.id, within(ofMillis(10)).upTo(10));

        assertThat(passing(
                        once,
                        Thing.of(1).value(12),
                        Thing.of(2).value(11),
                        Thing.of(1).value(13)))
                .containsExactly(1, 2);
    }

    /** Flink waits for the watermark, and gives the row of the least time; here the first in the log passes at once. */
    @Test
    @DisplayName(
            "P17 flink RowTimeDeduplicateKeepFirstRowFunctionTest testRowTimeDeduplicateKeepFirstRow (1), where the"
                    + " first is the first in the log, and nothing waits")
    void shouldKeepTheFirstOfTheLogAndNotWaitForAnEarlierOne() {
        final Stage<Thing> once = ofText(within(ofMillis(10)).upTo(10).late(orDrop()));
        final long[] timesUs = {50_000, 1_000, 101_000, 99_000, 99_000, 100_000, 101_000};

        assertThat(passingAt(once, timesUs, "watermark", "key1", "key1", "key1", "key1", "key1", "key2"))
                .containsExactly(1, 3, 7);
    }

    @Test
    @DisplayName("P18 flink RowTimeDeduplicateKeepFirstRowFunctionTest testRowTimeDeduplicateKeepFirstRow (2)")
    void shouldStillKnowItsKeysAfterARestore() throws IOException {
        final StageHarness<Thing> before = StageHarness.of(ofText(upTo(10)));
        for (final String key : List.of("key1", "key1", "key1", "key1", "key1", "key2")) {
            before.give(Thing.of(key));
        }
        final StageHarness<Thing> after = StageHarness.of(ofText(upTo(10))).restore(before.save());

        assertThat(Stream.of("key1", "key2", "key3").filter(key -> after.give(Thing.of(key)) == PASSED))
                .containsExactly("key3");
    }

    @Test
    @DisplayName(
            "P22 kafka-streams-examples EventDeduplicationLambdaIntegrationTest shouldRemoveDuplicatesFromTheInput")
    void shouldRemoveDuplicatesFromTheInput() {
        assertThat(passing(
                        dedupe("once", thing -> thing.id, within(ofMinutes(10)).upTo(100)),
                        ids(1, 2, 1, 1, 2, 3, 3, 1, 2)))
                .containsExactly(1, 2, 6);
    }

    @Test
    @DisplayName("P23 hazelcast-jet BatchStageTest distinct_keyed")
    void shouldPassOneOfEachKeyInWhateverOrderTheyCome() {
        final List<Long> shuffled =
                new ArrayList<>(LongStream.range(0, 2_000).boxed().toList());
        Collections.shuffle(shuffled, new Random(42));
        final Thing[] things = shuffled.stream().map(Thing::of).toArray(Thing[]::new);
        final List<Integer> passing = passing(dedupe("once", thing -> thing.id / 2, upTo(1_000)), things);

        assertThat(passing.stream().map(i -> things[i - 1].id / 2))
                .hasSize(1_000)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("P24 vector tests/behavior/transforms/filter.yaml")
    void shouldFilterByTwoConditions() {
        assertThat(passing(
                        filter(
                                "2",
                                thing -> thing.text.toString().contains("test filter")
                                        && thing.text.toString().contains("2")),
                        Thing.of("test filter 1"),
                        Thing.of("test filter 2")))
                .containsExactly(2);
    }

    @Test
    @DisplayName("P25 beam nexmark SqlQuery2Test testSkipsEverySecondElement, testSkipsEveryThirdElement")
    void shouldFilterEverySecondOrThird() {
        final Thing[] bids = ids(1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(passing(filter("second", bid -> bid.id % 2 == 0), bids)).containsExactly(2, 4, 6, 8);
        assertThat(passing(filter("third", bid -> bid.id % 3 == 0), bids)).containsExactly(3, 6);
    }

    /** Without a default there, what matches nothing vanishes; here a default is mandatory, and a filter says so. */
    @Test
    @DisplayName("P28 vector src/transforms/route.rs route_no_unmatched_output, its rest dropped by a filter")
    void shouldDropByAFilterWhatIsToGoNowhere() {
        final StageHarness<Thing> matching = StageHarness.of(filter(
                "matching", thing -> thing.text.contentEquals("hello world") || thing.other.contentEquals("second")));

        assertThat(matching.give(Thing.of("NOPE"))).isEqualTo(DROPPED);
        assertThat(matching.dropped("filtered")).isEqualTo(1);
    }

    @Test
    @DisplayName("P29 vector src/transforms/exclusive_route/tests.rs exclusive_routes")
    void shouldRouteEachToExactlyOneTarget() {
        final GraphHarness<Thing> harness = route(
                routes -> routes.when(thing -> thing.text.contentEquals("a"))
                        .to("a")
                        .when(thing -> thing.text.contentEquals("b"))
                        .to("b")
                        .otherwise()
                        .to("unmatched"),
                "a",
                "b",
                "unmatched");

        assertThat(harness.give(Thing.of("a"))).containsExactly("a");
        assertThat(harness.give(Thing.of("b"))).containsExactly("b");
        assertThat(harness.give(Thing.of("c"))).containsExactly("unmatched");
    }

    @Test
    @DisplayName("P30 kafka KStreamSplitTest testKStreamSplit, its rest not dropped but routed by default")
    void shouldLetTheFirstMatchDecide() {
        final GraphHarness<Thing> harness = route(
                routes -> routes.when(thing -> thing.id % 2 == 0)
                        .to("x2")
                        .when(thing -> thing.id % 3 == 0)
                        .to("x3")
                        .when(thing -> thing.id % 5 == 0)
                        .to("x5")
                        .otherwise()
                        .to("rest"),
                "x2",
                "x3",
                "x5",
                "rest");
        final List<String> routed = LongStream.rangeClosed(-1, 7)
                .mapToObj(id -> harness.give(Thing.of(id)).get(0))
                .toList();

        assertThat(routed).containsExactly("rest", "x2", "rest", "x2", "x3", "x2", "x5", "x2", "rest");
    }

    @Test
    @DisplayName("P32 benthos internal/impl/pure/output_switch_test.go TestSwitchBatchSplit, its rest not dropped but"
            + " routed by default")
    void shouldRouteEachOfABatchToItsOwn() {
        final GraphHarness<Thing> harness = route(
                routes -> routes.when(thing -> thing.text.contentEquals("bar"))
                        .to("out0")
                        .when(thing -> thing.text.contentEquals("baz"))
                        .to("out1")
                        .when(thing -> thing.text.contentEquals("buz"))
                        .to("out2")
                        .otherwise()
                        .to("rest"),
                "out0",
                "out1",
                "out2",
                "rest");

        assertThat(Stream.of("bar", "baz", "buz", "nope").map(text -> harness.give(Thing.of(text))))
                .containsExactly(List.of("out0"), List.of("out1"), List.of("out2"), List.of("rest"));
    }

    @Test
    @DisplayName("P37 hazelcast-jet HashJoinPTest test_oneToOneJoin_biJoin")
    void shouldKeepWhatHasNoRow() {
        assertThat(enriched(orKeep(), 0, 1, 2)).containsExactly("0:", "1:a", "2:b");
    }

    @Test
    @DisplayName("P38 hazelcast-jet HashJoinPTest test_biJoin_mapToNull")
    void shouldDropWhatHasNoRow() {
        assertThat(enriched(orDrop(), 0, 1)).containsExactly("1:a");
    }

    @Test
    @DisplayName("P41 vector src/enrichment_tables/file.rs finds_rows_with_index_case_sensitive, one row to a key")
    void shouldTellCasesApart() {
        final Table<Thing> table = table("rows", Thing::new, (row, key) -> key.add(row.text), upTo(10));
        table.open();
        table.put(Thing.of("zip").other("zup"));
        table.put(Thing.of("zirp").other("zurp"));
        table.put(Thing.of("zip").other("zoop"));
        final Stage<Thing> stage = enrich(
                "row",
                table,
                (thing, key) -> key.add(thing.text),
                (thing, row) -> thing.other.set(row.other),
                orDrop());
        final Thing zip = Thing.of("zip");

        assertThat(passing(stage, zip, Thing.of("ZiP"))).containsExactly(1);
        assertThat(zip.other).hasToString("zoop");
    }

    private static Stage<Thing> ofText(final Retention retention) {
        return dedupe("once", (thing, key) -> key.add(thing.text), retention);
    }

    private static Stage<Thing> ofTwoTexts() {
        return dedupe("once", (thing, key) -> key.add(thing.text).add(thing.other), upTo(1_000));
    }

    private static Thing[] ids(final long... ids) {
        return Arrays.stream(ids).mapToObj(Thing::of).toArray(Thing[]::new);
    }

    /** Which of these pass, counted from 1. */
    private static List<Integer> passing(final Stage<Thing> stage, final Thing... things) {
        final StageHarness<Thing> harness = StageHarness.of(stage);
        final List<Integer> passing = new ArrayList<>();
        for (int i = 0; i < things.length; i++) {
            if (harness.give(things[i]) == PASSED) {
                passing.add(i + 1);
            }
        }
        return passing;
    }

    private static List<Integer> passingAt(final Stage<Thing> stage, final long[] timesUs, final String... texts) {
        final StageHarness<Thing> harness = StageHarness.of(stage);
        final List<Integer> passing = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            if (harness.give(Thing.of(texts[i]), timesUs[i]) == PASSED) {
                passing.add(i + 1);
            }
        }
        return passing;
    }

    /** Events of these ids joined with the table 1:a, 2:b, as id:row; the dropped left out. */
    private static List<String> enriched(final Otherwise otherwise, final long... ids) {
        final Table<Thing> table = table("rows", Thing::new, row -> row.id, upTo(2));
        table.open();
        table.put(row(1, "a"));
        table.put(row(2, "b"));
        final StageHarness<Thing> harness = StageHarness.of(
                enrich("row", table, thing -> thing.id, (thing, row) -> thing.text.set(row.text), otherwise));
        return Arrays.stream(ids(ids))
                .filter(thing -> harness.give(thing) == PASSED)
                .map(thing -> thing.id + ":" + thing.text)
                .toList();
    }

    private static Thing row(final long id, final String text) {
        final Thing row = Thing.of(id);
        row.text.set(text);
        return row;
    }

    private static GraphHarness<Thing> route(
            final Function<Routes<Thing>, Routes.Complete<Thing>> rules, final String... targets) {
        final Environment env = Environment.ofNames();
        final Graph.Targets<Thing> graph =
                Graph.of(Thing::new).from(env.ingress("in")).route(rules);
        for (final String target : targets) {
            graph.to(target, env.egress(target), block());
        }
        return GraphHarness.of(graph.build());
    }
}
