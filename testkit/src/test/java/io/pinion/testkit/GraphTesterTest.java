package io.pinion.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.configs.Clicks;
import io.pinion.configs.Feedback;
import io.pinion.configs.FeedbackEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.opentest4j.AssertionFailedError;

class GraphTesterTest {
    @RegisterExtension
    final GraphTester<FeedbackEvent> feedback =
            GraphTester.of(Feedback::graph).withTable("users", "{\"userId\":7,\"tier\":\"paid\",\"locale\":\"de-DE\"}");

    private static String correction(final long id, final String time) {
        final long us = java.time.Instant.parse(time).getEpochSecond() * 1_000_000;
        return "{\"eventId\":" + id + ",\"at\":" + us + ",\"userId\":7,\"kind\":\"CORRECTION\",\"consent\":true}";
    }

    private static String enriched(final String event) {
        return event.replace("}", ",\"userTier\":\"paid\",\"locale\":\"de-DE\"}");
    }

    @Test
    void shouldRunAGraphFromItsEventsToItsTargets() {
        final String event = correction(1, "2026-11-22T10:00:00Z");
        feedback.at("2026-11-22T10:00:01Z")
                .given(event, event)
                .expect("training", enriched(event))
                .expect("evaluation", enriched(event))
                .expectDropped("once", "repeat", 1)
                .expectNothingElse();
    }

    @Test
    void shouldLetTimePassAsTheTestSays() {
        final String event = correction(1, "2026-11-22T10:00:00Z");
        final String again = correction(1, "2026-11-22T10:10:00Z");
        final String tooFarAhead = correction(2, "2026-11-22T12:00:00Z");
        feedback.at("2026-11-22T10:00:00Z")
                .given(event)
                .expect("training", enriched(event))
                .at("2026-11-22T10:10:00Z")
                .given(again, tooFarAhead)
                .expect("training", enriched(again))
                .expectDropped("once", "repeat", 0)
                .expectDeadLetter("once", "further ahead of the log's");
    }

    @Test
    void shouldTellWhatDied() {
        feedback.given("{\"eventId\":\"one\"}", "{\"eventId\":2,\"userId\":8,\"consent\":true}")
                .expectDeadLetter("ingress", "eventId")
                .expectDeadLetter("user", "no row")
                .expectNothingElse();
    }

    @Test
    void shouldFailWithBothSidesAndWhereAllEventsAre() {
        final String event = correction(1, "2026-11-22T10:00:00Z");
        feedback.at("2026-11-22T10:00:00Z").given(event, "{\"eventId\":5}");
        assertThatThrownBy(() -> feedback.expect("analytics", "{\"eventId\":3}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("What came to \"analytics\" is not what was expected.\n"
                        + "expected:\n  {\"eventId\":3}\n"
                        + "found: nothing\n"
                        + "where all events are: 2 in, consented dropped {filtered=1} dead 0, once dropped {repeat=0} dead 0,"
                        + " user dropped {} dead 0, risk dropped {spam=0} dead 0, 1 to training, 1 to evaluation, 0 to"
                        + " analytics");
        assertThatThrownBy(() -> feedback.expect("traning")).hasMessageContaining("has no target \"traning\"");
        assertThatThrownBy(() -> feedback.expectDropped("consented", "filtered", 2))
                .hasMessageContaining("dropped 1 events for \"filtered\", and 2 were expected");
    }

    @Test
    void shouldNameTheRowThatIsWrong() {
        final GraphTester<?> wrong = GraphTester.of(Clicks::graph).withTable("items", "{\"itemKey\":3}");
        assertThatThrownBy(wrong::start)
                .hasMessageContaining("the row {\"itemKey\":3} of the table \"items\": field \"itemKey\"");
    }
}
