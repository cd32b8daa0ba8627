package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.testkit.GraphTester;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each example in {@code docs/operators.md}, compiled as it stands there and run: it does what the text around it says. */
class OperatorsDocumentTest {
    private static final String ROUTE = "Route, and what happens when a target is slow or gone";

    @TempDir
    private Path folder;

    private final List<GraphTester<Object>> started = new ArrayList<>();

    @AfterEach
    void stopWhatWasStarted() {
        started.forEach(GraphTester::stop);
    }

    private GraphTester<Object> started(final GraphTester<Object> graph) {
        graph.start();
        started.add(graph);
        return graph;
    }

    private GraphTester<Object> example(final String heading, final int stage) {
        return started(DocumentedExample.stagesOf(folder, heading).get(stage));
    }

    /** A test below is for each. */
    @Test
    void shouldHaveNoOtherExamplesThanThese() {
        final Map<String, Integer> examples = new TreeMap<>();
        DocumentedExample.blocks("java").forEach((heading, blocks) -> examples.put(heading, blocks.size()));

        assertThat(examples.keySet())
                .containsExactlyInAnyOrder(
                        "Operators",
                        "filter",
                        "map",
                        "sample",
                        "rateLimit",
                        "consent",
                        "pseudonymise",
                        "redact",
                        "dedupe",
                        "table and enrich",
                        "Live updates and deletes",
                        "Rows that expire, and versions",
                        "join",
                        ROUTE,
                        "A stage of your own");
        assertThat(examples.values()).containsOnly(1);
    }

    @Test
    void shouldFilter() {
        example("filter", 0)
                .given("{\"consent\":true}", "{\"consent\":false}", "{}")
                .expect("out", "{\"consent\":true}")
                .expectDropped("consented", "filtered", 2)
                .expectNothingElse();
    }

    @Test
    void shouldMap() {
        example("map", 0)
                .given("{\"dwellMs\":9999999}", "{\"dwellMs\":7}")
                .expect("out", "{\"dwellMs\":3600000}", "{\"dwellMs\":7}");
    }

    @Test
    void shouldSampleHalfOfTheUsers() {
        example("sample", 0)
                .given("{\"userId\":1}", "{\"userId\":2}", "{\"userId\":3}", "{\"userId\":2}", "{\"userId\":4}")
                .expect("out", "{\"userId\":2}", "{\"userId\":2}", "{\"userId\":4}")
                .expectDropped("some", "not_sampled", 2);
    }

    @Test
    void shouldSampleOneInAHundredSessionsAndKeepWhatHasNone() {
        final GraphTester<Object> sessions = example("sample", 1);
        for (int i = 0; i < 1_000; i++) {
            sessions.given("{\"session\":\"s" + i % 500 + "\"}");
        }
        sessions.expectDropped("some", "not_sampled", 996)
                .given("{\"session\":\"\"}")
                .expectDropped("some", "not_sampled", 0);
    }

    @Test
    void shouldLimitTheRateOfEachUser() {
        example("rateLimit", 0)
                .at("2026-11-22T10:00:00Z")
                .given("{\"userId\":1}", "{\"userId\":1}", "{\"userId\":1}", "{\"userId\":1}", "{\"userId\":2}")
                .expectDropped("calm", "limited", 1)
                .at("2026-11-22T10:00:01Z")
                .given("{\"userId\":1}", "{\"userId\":1}")
                .expectDropped("calm", "limited", 1);
    }

    @Test
    void shouldLetNothingThroughWithoutConsent() {
        final GraphTester<Object> graph =
                DocumentedExample.stagesOf(folder, "consent").get(0);
        started(graph.withTable("revocations", "{\"userId\":2}"))
                .given("{\"userId\":1,\"consent\":true}", "{\"userId\":2,\"consent\":true}", "{\"userId\":1}")
                .expect("out", "{\"userId\":1,\"consent\":true}")
                .expectDropped("consent", "revoked", 1)
                .expectDropped("consent", "no_consent", 1);
    }

    @Test
    void shouldPseudonymise() {
        final String keys = DocumentedExample.blocks("").get("pseudonymise").get(0);
        Sources.write(folder, "pseudonyms.keys", keys);
        // What OpenSSL makes of it with the first key, and with the second.
        example("pseudonymise", 0)
                .at("2026-03-01T00:00:00Z")
                .given("{\"model\":\"anna\",\"locale\":\"\"}")
                .expect("out", "{\"model\":\"233ef211e330ed34cd1dc71e3db37d56\",\"locale\":\"\"}")
                .at("2026-07-01T00:00:00Z")
                .given("{\"model\":\"anna\",\"locale\":\"\"}")
                .expect("out", "{\"model\":\"c8dc9a026f767d61967f640f652ab5d0\",\"locale\":\"\"}");
        example("pseudonymise", 1)
                .given("{\"userId\":1}")
                .expectDeadLetter("user", "key")
                .at("2026-03-01T00:00:00Z")
                .given("{\"userId\":1}")
                .expect("out", "{\"userId\":-4579223482109885664}");
    }

    @Test
    void shouldRedact() {
        example("redact", 0)
                .given("{\"text\":\"Write to anna@example.com or call 030 1234567, see https://example.com/anna\"}")
                .expect("out", "{\"text\":\"Write to [email] or call [number], see [url]\"}");
    }

    @Test
    void shouldKeepTheFirstEventOfANumberWithinTenMinutes() {
        example("dedupe", 0)
                .at("2026-11-22T10:00:00Z")
                .given("{\"eventId\":1}", "{\"eventId\":1}", "{\"eventId\":2}")
                .expect("out", "{\"eventId\":1}", "{\"eventId\":2}")
                .expectDropped("once", "repeat", 1)
                .at("2026-11-22T10:10:00Z")
                .given("{\"eventId\":1}")
                .expect("out", "{\"eventId\":1}");
    }

    @Test
    void shouldKeepTheFirstEventOfTwoFields() {
        example("dedupe", 1)
                .given("{\"user\":1,\"item\":2}", "{\"user\":2,\"item\":1}", "{\"item\":2,\"user\":1}")
                .expect("out", "{\"user\":1,\"item\":2}", "{\"user\":2,\"item\":1}");
    }

    @Test
    void shouldCopyWhatATableHas() {
        final GraphTester<Object> graph =
                DocumentedExample.stagesOf(folder, "table and enrich").get(0);
        started(graph.withTable("items", "{\"itemKey\":\"a\",\"price\":5}"))
                .given("{\"itemKey\":\"a\"}", "{\"itemKey\":\"b\"}")
                .expect("out", "{\"itemKey\":\"a\",\"price\":5}")
                .expectDropped("item", "miss", 1);
    }

    /** That updates are applied is for {@link TableIT}. */
    @Test
    void shouldReadTablesThatAreUpdatedAndThatKeepVersions() {
        final String byNumber = """
                .then(enrich("item", items, (Event event) -> event.item, (event, item) -> event.price = item.price, orDrop()))
                """;
        final String block =
                DocumentedExample.blocks("java").get("Live updates and deletes").get(0);
        started(DocumentedExample.stagesOf(folder, block, byNumber).get(0).withTable("items", "{\"id\":1,\"price\":5}"))
                .given("{\"item\":1}")
                .expect("out", "{\"item\":1,\"price\":5}");

        final GraphTester<Object> versions = DocumentedExample.stagesOf(folder, "Rows that expire, and versions")
                .get(0);
        started(versions.withTable(
                        "items", "{\"id\":1,\"price\":5,\"from\":0}", "{\"id\":1,\"price\":6,\"from\":1795341600000}"))
                .at("2026-11-22T09:59:59Z")
                .given("{\"item\":1}")
                .expect("out", "{\"item\":1,\"price\":5}")
                .at("2026-11-22T10:00:00Z")
                .given("{\"item\":1}")
                .expect("out", "{\"item\":1,\"price\":6}")
                .at("2026-11-23T09:59:59Z")
                .given("{\"item\":1}")
                .expectDropped("item", "miss", 1);
    }

    @Test
    void shouldJoinAThumbToTheCompletionThatCameBefore() {
        example("join", 0)
                .given("{\"kind\":\"COMPLETION\",\"id\":7,\"prompt\":\"why?\"}")
                .expect("out", "{\"kind\":\"COMPLETION\",\"id\":7,\"prompt\":\"why?\"}")
                .given("{\"kind\":\"THUMB\",\"answerId\":7}", "{\"kind\":\"THUMB\",\"answerId\":8}")
                .expect("out", "{\"kind\":\"THUMB\",\"answerId\":7,\"prompt\":\"why?\"}")
                .expectDeadLetter("answer", "remembers no row")
                .expectNothingElse();
    }

    @Test
    void shouldRoute() {
        started(DocumentedExample.routeOf(folder, ROUTE))
                .given("{\"kind\":\"CORRECTION\"}", "{\"score\":0.8}", "{\"score\":0.5}")
                .expect("training", "{\"kind\":\"CORRECTION\"}", "{\"score\":0.8}")
                .expect("evaluation", "{\"kind\":\"CORRECTION\"}")
                .expect("analytics", "{\"score\":0.5}")
                .given("{\"text\":7,\"userId\":1}")
                .expectDeadLetter("ingress", "\"lengthBytes\":")
                .expectNothingElse();
    }

    @Test
    void shouldDriveAStageInATest() throws ReflectiveOperationException {
        DocumentedExample.run(
                folder,
                "A stage of your own",
                "FeedbackEvent spam = new FeedbackEvent(); spam.text.set(\"buy!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!\");\n");
    }
}
