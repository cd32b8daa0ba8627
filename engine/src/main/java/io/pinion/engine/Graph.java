package io.pinion.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What becomes of an event: from where it comes, which stages it passes in which order, and where it goes. Immutable, and
 * nothing but a description: no threads, no cores, no memory. Built in the order in which an event flows:
 *
 * <pre>{@code
 * Graph.of(Rating::new)
 *     .eventTime(event -> event.at, MICROSECONDS)        // optional
 *     .from(env.ingress("producers"))
 *     .then(filter("rated", event -> event.rating > 0))  // any number of stages
 *     .route(routes -> routes
 *         .when(event -> event.rating >= 4).to("training")
 *         .otherwise().to("evaluation"))
 *     .to("training", env.egress("training"), block())
 *     .to("evaluation", env.egress("evaluation"), block())
 *     .build();
 * }</pre>
 *
 * <p>Its stages hold their state once a {@link Processor} has opened them, so a graph runs once: to run it again, build it
 * again from its class.
 *
 * @param <E> the user's own event class.
 */
public final class Graph<E> {
    private final Supplier<E> events;
    private final int revision;
    private final EventTime<E> eventTime;
    private final Ingress ingress;
    private final List<Stage<E>> stages;
    private final List<Routes.Rule<E>> rules;
    private final boolean toEveryMatch;
    private final List<Target> targets;
    private final Target deadLetters;
    private final List<String> redacted;

    private Graph(final Targets<E> built) {
        final Flow<E> flow = built.flow;
        events = flow.start.events;
        revision = flow.start.revision;
        eventTime = flow.start.eventTime;
        ingress = flow.ingress;
        stages = List.copyOf(flow.stages);
        rules = built.rules;
        toEveryMatch = built.toEveryMatch;
        targets = List.copyOf(built.targets);
        deadLetters = built.deadLetters;
        redacted = built.redactedFields;
    }

    /**
     * Begins a graph.
     *
     * @param events the constructor of the event class: public fields, of primitive types, enums and {@link Text}.
     * @param <E>    the event class.
     * @return what to say next.
     */
    public static <E> Start<E> of(final Supplier<E> events) {
        return new Start<>(events);
    }

    /**
     * The constructor of the event class.
     *
     * @return it.
     */
    public Supplier<E> events() {
        return events;
    }

    /**
     * The revision, see {@link Start#revision}.
     *
     * @return 0 unless it was declared.
     */
    public int revision() {
        return revision;
    }

    /**
     * Whether the graph declares the event's own time.
     *
     * @return true when it does.
     */
    public boolean hasEventTime() {
        return eventTime != null;
    }

    /**
     * Where events come from.
     *
     * @return its name.
     */
    public Ingress ingress() {
        return ingress;
    }

    /**
     * The stages before the route.
     *
     * @return in the order an event passes them.
     */
    public List<Stage<E>> stages() {
        return stages;
    }

    /**
     * The targets of the route.
     *
     * @return in the order they were declared.
     */
    public List<Target> targets() {
        return targets;
    }

    /**
     * Where dead letters go.
     *
     * @return the target.
     */
    public Target deadLetters() {
        return deadLetters;
    }

    /**
     * The fields whose values dead letters do not show.
     *
     * @return their names, perhaps none.
     */
    public List<String> redacted() {
        return redacted;
    }

    /**
     * The tables that the stages read.
     *
     * @return each once, in the order of the stages.
     */
    public List<ReferenceTable<?>> tables() {
        final Set<ReferenceTable<?>> tables = new LinkedHashSet<>();
        stages.forEach(stage -> tables.addAll(stage.tables()));
        return List.copyOf(tables);
    }

    /**
     * What it is made of, as a {@link Layout} names it.
     *
     * @return the ingress, each stage by its name, the route and the egress, in the order an event passes them.
     */
    public List<String> parts() {
        final List<String> parts = new ArrayList<>();
        parts.add(Layout.INGRESS);
        stages.forEach(stage -> parts.add(stage.name()));
        parts.add(Layout.ROUTE);
        parts.add(Layout.EGRESS);
        return parts;
    }

    /**
     * What is wrong with its memory on a heap of this size.
     *
     * @param maxHeapBytes the most the heap can be.
     * @return a sentence that says what to change, or none.
     */
    public List<String> memoryProblems(final long maxHeapBytes) {
        return ProcessorRules.memoryProblems(this, maxHeapBytes);
    }

    /**
     * The memory its stages and tables will take, rows aside.
     *
     * @return bytes, roughly.
     */
    public long stateBytes() {
        return stages.stream().mapToLong(Stage::stateBytes).sum()
                + stages.stream()
                        .flatMap(stage -> stage.tables().stream())
                        .mapToLong(ReferenceTable::stateBytes)
                        .sum();
    }

    /**
     * Whether all rules of the route that hold decide, or the first.
     *
     * @return true for all.
     */
    public boolean routesToEveryMatch() {
        return toEveryMatch;
    }

    EventTime<E> eventTime() {
        return eventTime;
    }

    /**
     * Where each rule of the route leads.
     *
     * @return the names of targets, a list for each rule in the order they are tried, the default's last.
     */
    public List<List<String>> routes() {
        return rules.stream().map(Routes.Rule::targets).toList();
    }

    List<Routes.Rule<E>> rules() {
        return rules;
    }

    /**
     * The beginning of a graph.
     *
     * @param <E> the user's own event class.
     */
    public static final class Start<E> {
        private final Supplier<E> events;
        private int revision;
        private EventTime<E> eventTime;

        private Start(final Supplier<E> events) {
            this.events = events;
        }

        /**
         * Which function this graph is: builds of one revision promise to give the same outputs for the same log.
         *
         * @param number 0 or more; raised when a stage, its order or its options change.
         * @return this.
         */
        public Start<E> revision(final int number) {
            revision = number;
            return this;
        }

        /**
         * Declares the event's own time, once for the whole graph: windows go by it, and {@code replay} takes it as the
         * log's time.
         *
         * @param field the time since 1970, UTC.
         * @param unit  its unit; kept in microseconds.
         * @return this.
         */
        public Start<E> eventTime(final ToLongFunction<? super E> field, final TimeUnit unit) {
            eventTime = new EventTime<>(field, unit);
            return this;
        }

        /**
         * Where events come from.
         *
         * @param ingress from {@link Environment#ingress}.
         * @return what to say next.
         */
        public Flow<E> from(final Ingress ingress) {
            return new Flow<>(this, ingress);
        }
    }

    /**
     * The stages of a graph, being listed.
     *
     * @param <E> the user's own event class.
     */
    public static final class Flow<E> {
        private final Start<E> start;
        private final Ingress ingress;
        private final List<Stage<E>> stages = new ArrayList<>();

        private Flow(final Start<E> start, final Ingress ingress) {
            this.start = start;
            this.ingress = ingress;
        }

        /**
         * The next stage.
         *
         * @param stage one of ours, or the user's own.
         * @return this.
         */
        public Flow<E> then(final Stage<E> stage) {
            stages.add(stage);
            return this;
        }

        /**
         * Where events go that passed every stage.
         *
         * @param rules tried in order; the last is the default. What a condition may look at: {@link Routes#when}.
         * @return what to say next.
         */
        public Targets<E> route(final Function<Routes<E>, Routes.Complete<E>> rules) {
            return new Targets<>(this, rules.apply(new Routes<>()).rules(), false);
        }

        /**
         * The same, but all rules that hold decide, not the first: an event goes once to each target that any of them
         * names, and by the default only where none holds.
         *
         * @param rules all tried; the last is the default.
         * @return what to say next.
         */
        public Targets<E> routeToEveryMatch(final Function<Routes<E>, Routes.Complete<E>> rules) {
            return new Targets<>(this, rules.apply(new Routes<>()).rules(), true);
        }
    }

    /**
     * The targets of a graph, being listed.
     *
     * @param <E> the user's own event class.
     */
    public static final class Targets<E> {
        private final Flow<E> flow;
        private final List<Routes.Rule<E>> rules;
        private final boolean toEveryMatch;
        private final List<Target> targets = new ArrayList<>();
        private List<String> redactedFields = List.of();
        private Target deadLetters = new Target(Target.DEAD_LETTERS, new Egress(Target.DEAD_LETTERS), Policy.block());

        private Targets(final Flow<E> flow, final List<Routes.Rule<E>> rules, final boolean toEveryMatch) {
            this.flow = flow;
            this.rules = rules;
            this.toEveryMatch = toEveryMatch;
        }

        /**
         * A target.
         *
         * @param name   what the routes call it.
         * @param egress from {@link Environment#egress}.
         * @param policy what happens when it is slow or gone.
         * @return this.
         */
        public Targets<E> to(final String name, final Egress egress, final Policy policy) {
            targets.add(new Target(name, egress, policy));
            return this;
        }

        /**
         * Where dead letters go: the egress {@code dead-letters}, with {@code block()}, unless this says otherwise.
         *
         * @param egress   from {@link Environment#egress}.
         * @param policy   what happens when it is slow or gone.
         * @param redacted fields of the event whose values dead letters must not show; where there are any, the bytes of
         *                 what can't be decoded are not shown either.
         * @return this.
         */
        public Targets<E> deadLetters(final Egress egress, final Policy policy, final String... redacted) {
            deadLetters = new Target(Target.DEAD_LETTERS, egress, policy);
            redactedFields = List.of(redacted);
            return this;
        }

        /**
         * The graph.
         *
         * @return immutable.
         * @throws GraphException when it is wrong, with all that is wrong with it.
         */
        public Graph<E> build() {
            final Graph<E> graph = new Graph<>(this);
            final List<String> problems = new GraphRules(graph).problems();
            if (!problems.isEmpty()) {
                throw new GraphException(problems);
            }
            return graph;
        }
    }
}
