package io.pinion.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Environment;
import io.pinion.engine.GraphHarness;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReviewsTest {
    private static final long SUMMER_2006 =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2006-07-01T00:00:00Z"));

    private final GraphHarness<Reviews.Review> harness = GraphHarness.of(Reviews.graph(Environment.ofNames()));

    @Test
    void shouldRouteByTheRating() {
        assertThat(harness.give(review(1, 4, SUMMER_2006))).containsExactly("training");
        assertThat(harness.give(review(1, 3, SUMMER_2006))).containsExactly("evaluation");
        assertThat(harness.give(review(1, 0, SUMMER_2006))).containsExactly("invalid");
    }

    @Test
    void shouldDropWhatIsOlderThan2006() {
        final long year2006 = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2006-01-01T00:00:00Z"));

        assertThat(harness.give(review(1, 4, year2006 - 1))).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("recent");
        assertThat(harness.give(review(1, 4, year2006))).containsExactly("training");
    }

    @Test
    void shouldDropAnExactCopyOnly() {
        harness.give(review(1, 4, SUMMER_2006));

        assertThat(harness.give(review(1, 5, SUMMER_2006))).containsExactly("training");
        assertThat(harness.give(review(2, 4, SUMMER_2006))).containsExactly("training");
        assertThat(harness.give(review(1, 4, SUMMER_2006 + 1))).containsExactly("training");
        assertThat(harness.give(review(1, 4, SUMMER_2006))).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("once");
    }

    @Test
    void shouldAccountForARealStream() throws IOException {
        final Map<String, Integer> routed = new TreeMap<>();
        final Reviews.Review review = new Reviews.Review();
        SharedData.forEachLine("reviews.jsonl.gz", fields -> {
            review.reviewerId = Integer.parseInt(fields.get("reviewerId"));
            review.vendorId = Integer.parseInt(fields.get("vendorId"));
            review.rating = Integer.parseInt(fields.get("rating"));
            review.at = Long.parseLong(fields.get("at"));
            harness.give(review).forEach(target -> routed.merge(target, 1, Integer::sum));
        });

        assertThat(routed).isEqualTo(Map.of("training", 268_914, "evaluation", 17_937, "invalid", 381));
        assertThat(harness.stage("recent").dropped("filtered")).isEqualTo(778);
        assertThat(harness.stage("once").dropped("repeat")).isEqualTo(1_392);
        assertThat(harness.stage("once").counter("evicted_early")).isZero();
    }

    private static Reviews.Review review(final int reviewerId, final int rating, final long at) {
        final Reviews.Review review = new Reviews.Review();
        review.reviewerId = reviewerId;
        review.vendorId = 7;
        review.rating = rating;
        review.at = at;
        return review;
    }
}
