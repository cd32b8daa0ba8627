package io.pinion.sidecar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Graphs as a user writes them, in files. */
final class Sources {
    private static final String RATINGS = """
            import static io.pinion.engine.Policy.block;
            import static io.pinion.operators.Operators.*;

            import io.pinion.engine.*;

            public final class Ratings {
                public static final class Rating {
                    public long userId;
                    public int stars;
                    public final Text comment = new Text();
                }

                public static Graph<Rating> graph(Environment env) {
                    return Graph.of(Rating::new)
                        .from(env.ingress("producers"))
                        .then(filter("rated", rating -> rating.stars > 0))
                        .then(dedupe("once", rating -> rating.userId, upTo(1_000)))
                        .route(routes -> routes
                            .when(rating -> rating.stars >= 4).to("training")
                            .otherwise().to("evaluation"))
                        .to("training", env.egress("training"), block())
                        .to("evaluation", env.egress("evaluation"), block())
                        .build();
                }
            }
            """;

    private Sources() {}

    /** A graph that is right: filter rated, dedupe once by userId, route 4 and 5 to training, others to evaluation. */
    static Path ratings(final Path folder) {
        return write(folder, "Ratings.java", RATINGS);
    }

    /** The same with a mistake: one piece of it replaced by another. */
    static Path ratingsWith(final Path folder, final String good, final String bad) {
        if (!RATINGS.contains(good)) {
            throw new IllegalArgumentException("the graph has no \"" + good + "\"");
        }
        return write(folder, "Ratings.java", RATINGS.replace(good, bad));
    }

    static Path write(final Path folder, final String name, final String text) {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text);
        } catch (final IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
