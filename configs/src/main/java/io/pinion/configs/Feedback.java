package io.pinion.configs;

import static io.pinion.configs.FeedbackEvent.Kind.CORRECTION;
import static io.pinion.configs.FeedbackEvent.Kind.VOTE;
import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.orDeadLetter;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofMinutes;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.Text;
import io.pinion.operators.Table;

/**
 * Feedback on a chat's answers, on its way back to the model: the graph to read first, and to edit first. Read it from
 * top to bottom, as an event flows.
 *
 * <p>{@code env} knows what the names outside stand for: a channel in production, a list in a test. Each stage has a name,
 * by which it is found in reports and counters. To change what happens, change a line, and build.
 */
public final class Feedback {
    private Feedback() {}

    /** One user of the table {@code users}; it is filled from a file before the first event. */
    public static final class User {
        /** What it is found by. */
        public long userId;
        /** Such as {@code free} or {@code paid}. */
        public final Text tier = new Text();
        /** Such as {@code pt-BR}. */
        public final Text locale = new Text();
    }

    /**
     * The graph: what the user consented to, once, with who the user is, and without spam. Corrections are worth the
     * most, and go both to training and to evaluation; good votes go to training; the rest is counted in analytics.
     * Feedback of a user nobody knows is looked at by a person: it goes to the dead letters.
     *
     * @param env the world outside.
     * @return a new graph.
     */
    public static Graph<FeedbackEvent> graph(final Environment env) {
        final Table<User> users = table("users", User::new, user -> user.userId, upTo(100_000));

        return Graph.of(FeedbackEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env.ingress("producers"))
                .then(filter("consented", event -> event.consent))
                .then(dedupe(
                        "once", event -> event.eventId, within(ofMinutes(10)).upTo(1_000_000)))
                .then(enrich("user", users, event -> event.userId, Feedback::copy, orDeadLetter()))
                .then(new RiskScore()) // a stage of one's own, like any other
                .route(routes -> routes.when(event -> event.kind == CORRECTION)
                        .to("training", "evaluation")
                        .when(event -> event.kind == VOTE && event.score >= 0.8)
                        .to("training")
                        .otherwise()
                        .to("analytics"))
                .to("training", env.egress("training"), block())
                .to("evaluation", env.egress("evaluation"), block())
                .to("analytics", env.egress("analytics"), block())
                .build();
    }

    private static void copy(final FeedbackEvent event, final User user) {
        event.userTier.set(user.tier);
        event.locale.set(user.locale);
    }
}
