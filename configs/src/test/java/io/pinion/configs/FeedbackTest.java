package io.pinion.configs;

import static io.pinion.configs.FeedbackEvent.Kind.CORRECTION;
import static io.pinion.configs.FeedbackEvent.Kind.DWELL;
import static io.pinion.configs.FeedbackEvent.Kind.VOTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphHarness;
import io.pinion.engine.ReferenceTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedbackTest {
    private static final long MINUTE_US = 60_000_000;

    private final Graph<FeedbackEvent> graph = Feedback.graph(Environment.ofNames());
    private final GraphHarness<FeedbackEvent> harness = GraphHarness.of(graph);

    @BeforeEach
    @SuppressWarnings("unchecked")
    void fillTheTable() {
        final Feedback.User anna = new Feedback.User();
        anna.userId = 1;
        anna.tier.set("paid");
        anna.locale.set("pt-BR");
        assertThat(((ReferenceTable<Feedback.User>) graph.tables().get(0)).put(anna))
                .isNull();
    }

    @Test
    void shouldBringInWhoTheUserIs() {
        final FeedbackEvent event = event(1, VOTE);
        harness.give(event);

        assertThat(event.userTier).hasToString("paid");
        assertThat(event.locale).hasToString("pt-BR");
    }

    @Test
    void shouldRouteByWhatTheFeedbackIsWorth() {
        final FeedbackEvent goodVote = event(2, VOTE);
        goodVote.score = 0.8;

        assertThat(harness.give(event(1, CORRECTION))).containsExactly("training", "evaluation");
        assertThat(harness.give(goodVote)).containsExactly("training");
        assertThat(harness.give(event(3, VOTE))).containsExactly("analytics");
        assertThat(harness.give(event(4, DWELL))).containsExactly("analytics");
    }

    @Test
    void shouldDropWhatTheUserDidNotConsentTo() {
        final FeedbackEvent event = event(1, VOTE);
        event.consent = false;

        assertThat(harness.give(event)).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("consented");
    }

    @Test
    void shouldDropWhatAClientSendsAgainWithinTenMinutes() {
        final FeedbackEvent again = event(1, VOTE);
        again.at += 10 * MINUTE_US - 1;
        final FeedbackEvent later = event(1, VOTE);
        later.at += 10 * MINUTE_US;

        harness.give(event(1, VOTE));
        assertThat(harness.give(again)).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("once");
        assertThat(harness.give(later)).isNotEmpty();
    }

    @Test
    void shouldSendUnknownUsersToTheDeadLetters() {
        final FeedbackEvent event = event(1, VOTE);
        event.userId = 99;

        assertThat(harness.give(event)).containsExactly("dead-letters");
    }

    @Test
    void shouldDropSpamAndCountWhatIsSuspicious() {
        final FeedbackEvent spam = event(1, CORRECTION);
        spam.text.set("!".repeat(100));
        final FeedbackEvent suspicious = event(2, CORRECTION);
        suspicious.text.set("buuuuuuuy thiiiiiiis");
        final FeedbackEvent prose = event(3, CORRECTION);
        prose.text.set("The capital of Australia is Canberra, not Sydney.");

        assertThat(harness.give(spam)).isEmpty();
        assertThat(harness.stage("risk").dropped("spam")).isEqualTo(1);
        assertThat(harness.give(suspicious)).containsExactly("training", "evaluation");
        assertThat(harness.stage("risk").counter("suspicious")).isEqualTo(1);
        assertThat(harness.give(prose)).containsExactly("training", "evaluation");
        assertThat(prose.risk).isLessThan(0.1);
        assertThat(harness.stage("risk").counter("suspicious")).isEqualTo(1);
    }

    private static FeedbackEvent event(final long eventId, final FeedbackEvent.Kind kind) {
        final FeedbackEvent event = new FeedbackEvent();
        event.eventId = eventId;
        event.at = 1_760_000_000_000_000L;
        event.userId = 1;
        event.kind = kind;
        event.consent = true;
        return event;
    }
}
