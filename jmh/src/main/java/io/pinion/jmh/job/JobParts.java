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
import io.pinion.engine.Stage;

/** Graphs of the job's events with one of its steps each, and one target. */
public final class JobParts {
    private JobParts() {}

    /**
     * Nothing but the ring and the target.
     *
     * @return a new graph.
     */
    public static Graph<JobEvent> nothing() {
        return start().route(routes -> routes.otherwise().to("all"))
                .to("all", env().egress("all"), block())
                .build();
    }

    /**
     * One stage.
     *
     * @param stage of {@link #filtering}, {@link #deduping} or {@link #enriching}.
     * @return a new graph.
     */
    public static Graph<JobEvent> with(final Stage<JobEvent> stage) {
        return start().then(stage)
                .route(routes -> routes.otherwise().to("all"))
                .to("all", env().egress("all"), block())
                .build();
    }

    /**
     * The job's route, to one target.
     *
     * @return a new graph.
     */
    public static Graph<JobEvent> routing() {
        return start().route(routes -> routes.when(event -> event.score >= 0.9)
                        .to("all")
                        .when(event -> event.price > 64)
                        .to("all")
                        .otherwise()
                        .to("all"))
                .to("all", env().egress("all"), block())
                .build();
    }

    private static Graph.Flow<JobEvent> start() {
        return Graph.of(JobEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env().ingress("producers"));
    }

    private static Environment env() {
        return Environment.ofNames();
    }

    /**
     * The job's filter.
     *
     * @return a new stage.
     */
    public static Stage<JobEvent> filtering() {
        return filter("consented", event -> event.consent);
    }

    /**
     * The job's dedupe.
     *
     * @param keys how many it remembers.
     * @return a new stage.
     */
    public static Stage<JobEvent> deduping(final int keys) {
        return dedupe("once", event -> event.eventId, within(ofSeconds(1)).upTo(keys));
    }

    /**
     * The job's enrich.
     *
     * @return a new stage, its table empty.
     */
    public static Stage<JobEvent> enriching() {
        return enrich(
                "item",
                table("items", Item::new, item -> item.itemId, upTo(JobEvents.ROWS)),
                event -> event.itemId,
                (event, item) -> event.price = item.price,
                orKeep());
    }
}
