package io.pinion.testkit;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Join.join;
import static io.pinion.operators.Join.lookUp;
import static io.pinion.operators.Join.remember;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.filter;
import static io.pinion.operators.Operators.map;
import static io.pinion.operators.Operators.oneIn;
import static io.pinion.operators.Operators.perSecond;
import static io.pinion.operators.Operators.rateLimit;
import static io.pinion.operators.Operators.sample;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static io.pinion.operators.Privacy.consent;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.redact;

import io.pinion.engine.Egress;
import io.pinion.engine.Graph;
import io.pinion.engine.Ingress;
import io.pinion.engine.Routes;
import io.pinion.engine.Stage;
import io.pinion.operators.Otherwise;
import io.pinion.operators.Table;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph as it was drawn by lot: which operators in which order, and where events go.
 *
 * <pre>
 *   in ─▶ some of: filter, map, dedupe, enrich, join, consent, rateLimit, sample, redact ─▶ route ─┬─▶ a
 *             ▲         ▲                                                                          ├─▶ b
 *   prices ───┘  names ─┘  revoked …                                                               └─▶ c
 * </pre>
 *
 * @param parts           the stages.
 * @param rules           of the route; what no rule is for goes to c.
 * @param isToEveryMatch  whether all rules count that hold.
 */
record RandomGraph(List<Part> parts, List<Rule> rules, boolean isToEveryMatch) {
    static final List<String> TABLES = List.of("prices", "names", "revoked");
    static final List<String> TARGETS = List.of("a", "b", "c");
    static final int PRICES = 2;
    static final int PRICES_KEPT_US = 60;
    static final int NAMES = 3;
    static final int REVOKED = 4;

    /** The operators. */
    enum Kind {
        FILTER,
        MAP,
        DEDUPE_NUMBER,
        DEDUPE_WINDOW,
        DEDUPE_FIELDS,
        ENRICH_NUMBER,
        ENRICH_FIELDS,
        JOIN,
        CONSENT,
        RATE_LIMIT,
        SAMPLE,
        REDACT
    }

    /** One stage: its operator, a small number that means something else to each, and what becomes of a miss. */
    record Part(Kind kind, int number, Otherwise otherwise) {}

    /** One rule: which kind of parcels, whether it looks at their weight, and where to. */
    record Rule(int kind, boolean isCareful, List<String> targets) {
        boolean holds(final Parcel parcel) {
            return parcel.kind == kind && (!isCareful || parcel.weightOrThrow() > 3);
        }
    }

    String nameOf(final int part) {
        return parts.get(part).kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + part;
    }

    /** Builds it anew. */
    Graph<Parcel> graph() {
        final Map<String, Table<Parcel.Row>> tables = tables();
        Graph.Flow<Parcel> flow = Graph.of(Parcel::new).from(new Ingress("in"));
        for (int i = 0; i < parts.size(); i++) {
            flow = flow.then(stage(i, tables));
        }
        final Graph.Targets<Parcel> routed =
                isToEveryMatch ? flow.routeToEveryMatch(this::rules) : flow.route(this::rules);
        return routed.to("a", new Egress("a"), block())
                .to("b", new Egress("b"), block())
                .to("c", new Egress("c"), block())
                .build();
    }

    private Routes.Complete<Parcel> rules(final Routes<Parcel> routes) {
        for (final Rule rule : rules) {
            routes.when(rule::holds).to(rule.targets.toArray(new String[0]));
        }
        return routes.otherwise().to(TARGETS.toArray(new String[0]));
    }

    private static Map<String, Table<Parcel.Row>> tables() {
        final Map<String, Table<Parcel.Row>> tables = new LinkedHashMap<>();
        tables.put(
                "prices",
                table("prices", Parcel.Row::new, (Parcel.Row row) -> row.id, upTo(PRICES))
                        .updates(new Ingress("price-updates"), row -> row.gone)
                        .keptFor(micros(PRICES_KEPT_US)));
        tables.put(
                "names",
                table(
                                "names",
                                Parcel.Row::new,
                                (Parcel.Row row, io.pinion.operators.Key key) -> key.add(row.name),
                                upTo(NAMES))
                        .updates(new Ingress("name-updates"), row -> row.gone));
        tables.put(
                "revoked",
                table("revoked", Parcel.Row::new, (Parcel.Row row) -> row.id, upTo(REVOKED))
                        .updates(new Ingress("revocations"), row -> row.gone));
        return tables;
    }

    /** The stage of one part; those of one graph share its tables. */
    private Stage<Parcel> stage(final int i, final Map<String, Table<Parcel.Row>> tables) {
        final Part part = parts.get(i);
        final String name = nameOf(i);
        return switch (part.kind) {
            case FILTER -> filter(name, parcel -> parcel.weightOrThrow() % 4 != part.number % 4);
            case MAP ->
                map(name, parcel -> {
                    parcel.label.set("m" + parcel.label);
                    parcel.weight = parcel.weightOrThrow() + 1;
                });
            case DEDUPE_NUMBER -> dedupe(name, (Parcel parcel) -> parcel.id, upTo(part.number));
            case DEDUPE_WINDOW ->
                dedupe(
                        name,
                        (Parcel parcel) -> parcel.id,
                        within(micros(20L * part.number)).upTo(100));
            case DEDUPE_FIELDS ->
                dedupe(name, (parcel, key) -> key.add(parcel.label).add(parcel.sender), upTo(part.number));
            case ENRICH_NUMBER ->
                enrich(name, tables.get("prices"), (Parcel parcel) -> parcel.sender, RandomGraph::copy, part.otherwise);
            case ENRICH_FIELDS ->
                enrich(
                        name,
                        tables.get("names"),
                        (parcel, key) -> key.add(parcel.label),
                        RandomGraph::copy,
                        part.otherwise);
            case JOIN -> joined(name, part);
            case CONSENT -> consent(name, tables.get("revoked"), parcel -> parcel.sender, parcel -> parcel.kind < 3);
            default -> stateful(name, part);
        };
    }

    /** A stage that reads no table and is its own model: what it does alone, it must do in a graph. */
    static Stage<Parcel> stateful(final String name, final Part part) {
        return switch (part.kind) {
            case RATE_LIMIT ->
                rateLimit(
                        name,
                        parcel -> parcel.sender,
                        perSecond(10_000).burst(part.number).upTo(2));
            case SAMPLE -> sample(name, parcel -> parcel.id, oneIn(2).salt("" + part.number));
            case REDACT -> redact(name, parcel -> parcel.label, longerThan(part.number - 1));
            default -> throw new IllegalArgumentException(part.toString());
        };
    }

    private static Stage<Parcel> joined(final String name, final Part part) {
        return join(
                name,
                table(name + "-rows", Parcel.Row::new, (Parcel.Row row) -> row.id, upTo(part.number))
                        .keptFor(micros(100)),
                remember((Parcel parcel) -> parcel.kind == 0, (Parcel parcel, Parcel.Row row) -> {
                    row.id = parcel.sender;
                    row.name.set(parcel.label);
                    row.price = parcel.weightOrThrow();
                }),
                lookUp(parcel -> parcel.kind == 1, (Parcel parcel) -> parcel.sender, RandomGraph::copy),
                part.otherwise);
    }

    private static void copy(final Parcel parcel, final Parcel.Row row) {
        parcel.price = row.price;
        parcel.note.set(row.name);
    }

    private static Duration micros(final long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
