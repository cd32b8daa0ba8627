package io.pinion.cluster;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.within;
import static java.time.Duration.ofHours;

import io.pinion.engine.Egress;
import io.pinion.engine.Graph;
import io.pinion.engine.Ingress;
import io.pinion.engine.Stage;

/** An event of a small graph: odd values go to the target {@code odd}, even ones to {@code even}. */
public final class Reading {
    /** Names it. */
    public long id;
    /** What was read; one below 0 is dropped. */
    public long value;

    static Graph<Reading> graph() {
        return graph(1);
    }

    static Graph<Reading> graph(final int revision) {
        return graph(revision, filter("sane", reading -> reading.value >= 0));
    }

    static Graph<Reading> graph(final Stage<Reading> first) {
        return graph(1, first);
    }

    private static Graph<Reading> graph(final int revision, final Stage<Reading> first) {
        return Graph.of(Reading::new)
                .revision(revision)
                .from(new Ingress("readings"))
                .then(first)
                .then(dedupe(
                        "once",
                        (Reading reading) -> reading.id,
                        within(ofHours(1)).upTo(100_000)))
                .route(routes -> routes.when(reading -> reading.value % 2 == 1)
                        .to("odd")
                        .otherwise()
                        .to("even"))
                .to("odd", new Egress("odd"), block())
                .to("even", new Egress("even"), block())
                .deadLetters(new Egress("dead"), block())
                .build();
    }
}
