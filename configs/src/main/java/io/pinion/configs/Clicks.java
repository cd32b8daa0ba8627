package io.pinion.configs;

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
 * What a recommender showed, and whether it was clicked. Only what stood where people look is of use, once for each user
 * and item; what the item is comes from a table. Clicks are what the next model learns from; what the policy would seldom
 * have shown is what models are evaluated by.
 */
public final class Clicks {
    private Clicks() {}

    /** One item, shown to one user. Public fields are what the frames carry; one object is reused for many events. */
    public static final class Impression {
        /** Names this impression. */
        public final Text id = new Text();
        /** When, in microseconds since 1970. */
        public long at;
        /** In which campaign. */
        public final Text campaign = new Text();
        /** What was shown. */
        public final Text itemKey = new Text();
        /** Where it stood: 1 to 3. */
        public int position;
        /** Whether it was clicked. */
        public boolean click;
        /** How probable it was that the policy showed this. */
        public double propensity;
        /** To whom: hashed features. */
        public final Text user = new Text();
        /** The item's brand, from the table. */
        public final Text brand = new Text();
        /** The item's category, from the table. */
        public final Text category = new Text();
        /** The item's weight, from the table. */
        public double weight;
    }

    /** One item of the table {@code items}. */
    public static final class Item {
        /** What it is found by. */
        public final Text itemKey = new Text();
        /** A feature of it. */
        public double weight;
        /** Its brand. */
        public final Text brand = new Text();
        /** Its category. */
        public final Text category = new Text();
    }

    /**
     * The graph.
     *
     * @param env the world outside.
     * @return a new graph.
     */
    public static Graph<Impression> graph(final Environment env) {
        final Table<Item> items = table("items", Item::new, (item, key) -> key.add(item.itemKey), upTo(100_000));

        return Graph.of(Impression::new)
                .eventTime(shown -> shown.at, MICROSECONDS)
                .from(env.ingress("clicks"))
                .then(filter("visible", shown -> shown.position <= 2))
                .then(dedupe(
                        "once",
                        (shown, key) -> key.add(shown.user).add(shown.itemKey),
                        within(ofMinutes(30)).upTo(1_000_000)))
                .then(enrich(
                        "item",
                        items,
                        (shown, key) -> key.add(shown.itemKey),
                        (shown, item) -> {
                            shown.brand.set(item.brand);
                            shown.category.set(item.category);
                            shown.weight = item.weight;
                        },
                        orDeadLetter()))
                .route(routes -> routes.when(shown -> shown.click)
                        .to("training", "analytics")
                        .when(shown -> shown.propensity < 0.025)
                        .to("evaluation")
                        .otherwise()
                        .to("analytics"))
                .to("training", env.egress("training"), block())
                .to("evaluation", env.egress("evaluation"), block())
                .to("analytics", env.egress("analytics"), block())
                .build();
    }
}
