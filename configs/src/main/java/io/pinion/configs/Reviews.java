package io.pinion.configs;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.upTo;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Ratings of vendors by their customers, as a site files them: out of time order, and now and then twice. What is recent
 * and new goes to training or evaluation by how good it is; a rating of 0 means that none was given, and goes aside.
 */
public final class Reviews {
    private static final long OLDEST_US =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2006-01-01T00:00:00Z"));

    private Reviews() {}

    /** One rating. Public fields are what the frames carry; one object is reused for many events. */
    public static final class Review {
        /** Who rated. */
        public int reviewerId;
        /** Who was rated. */
        public int vendorId;
        /** 1 (poor) to 5; 0 where none was given. */
        public int rating;
        /** When, in microseconds since 1970. */
        public long at;
    }

    /**
     * The graph. Nothing identifies a review but all of its fields together, so these are its key; an exact copy may be
     * filed much later, so there is no window.
     *
     * @param env the world outside.
     * @return a new graph.
     */
    public static Graph<Review> graph(final Environment env) {
        return Graph.of(Review::new)
                .eventTime(review -> review.at, MICROSECONDS)
                .from(env.ingress("reviews"))
                .then(filter("recent", review -> review.at >= OLDEST_US))
                .then(dedupe(
                        "once",
                        (review, key) -> key.add(review.reviewerId)
                                .add(review.vendorId)
                                .add(review.rating)
                                .add(review.at),
                        upTo(1_000_000)))
                .route(routes -> routes.when(review -> review.rating == 0)
                        .to("invalid")
                        .when(review -> review.rating >= 4)
                        .to("training")
                        .otherwise()
                        .to("evaluation"))
                .to("training", env.egress("training"), block())
                .to("evaluation", env.egress("evaluation"), block())
                .to("invalid", env.egress("invalid"), block())
                .build();
    }
}
