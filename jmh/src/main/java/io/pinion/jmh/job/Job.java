package io.pinion.jmh.job;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofSeconds;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.operators.Table;

/** The job as a graph. Its table is filled by whoever runs it. */
public final class Job {
    private Job() {}

    /**
     * The graph.
     *
     * @param env the world outside.
     * @return a new graph, its table empty.
     */
    public static Graph<JobEvent> graph(final Environment env) {
        return graph(env, 1);
    }

    /**
     * The graph, with a dedupe that remembers more.
     *
     * @param env   the world outside.
     * @param times so many seconds, a million keys each.
     * @return a new graph, its table empty.
     */
    static Graph<JobEvent> graph(final Environment env, final int times) {
        final Table<Item> items = table("items", Item::new, item -> item.itemId, upTo(JobEvents.ROWS));

        return Graph.of(JobEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env.ingress("producers"))
                .then(filter("consented", event -> event.consent))
                .then(dedupe(
                        "once", event -> event.eventId, within(ofSeconds(times)).upTo(times * JobEvents.KEYS)))
                .then(enrich("item", items, event -> event.itemId, (event, item) -> event.price = item.price, orKeep()))
                .route(routes -> routes.when(event -> event.score >= 0.9)
                        .to("training")
                        .when(event -> event.price > 64)
                        .to("evaluation")
                        .otherwise()
                        .to("analytics"))
                .to("training", env.egress("training"), block())
                .to("evaluation", env.egress("evaluation"), block())
                .to("analytics", env.egress("analytics"), block())
                .build();
    }
}
