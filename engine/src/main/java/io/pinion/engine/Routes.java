package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rules of a route, tried in order; the first that holds decides. The last one, {@link #otherwise()}, is mandatory:
 * without it the graph does not compile.
 *
 * @param <E> the user's own event class.
 */
public final class Routes<E> {
    /** One rule: when this holds, a copy to each of these targets. {@code when} is null for the default. */
    record Rule<E>(Predicate<? super E> when, List<String> targets) {}

    private final List<Rule<E>> rules = new ArrayList<>();

    Routes() {}

    /**
     * A rule.
     *
     * @param condition on the event as the stages left it, and on nothing else: it is asked about several events, in their order, before the
     *                  next rule is asked about any.
     * @return where it leads is said next.
     */
    public When<E> when(final Predicate<? super E> condition) {
        return new When<>(this, condition);
    }

    /**
     * What becomes of events that no rule was for.
     *
     * @return where they lead is said next.
     */
    public Otherwise<E> otherwise() {
        return new Otherwise<>(this);
    }

    /**
     * A condition that waits for its targets.
     *
     * @param <E> the user's own event class.
     */
    public static final class When<E> {
        private final Routes<E> routes;
        private final Predicate<? super E> condition;

        private When(final Routes<E> routes, final Predicate<? super E> condition) {
            this.routes = routes;
            this.condition = condition;
        }

        /**
         * Where events of this rule go.
         *
         * @param targets one or several names; each gets a copy.
         * @return the rules so far.
         */
        public Routes<E> to(final String... targets) {
            routes.rules.add(new Rule<>(condition, List.of(targets)));
            return routes;
        }
    }

    /**
     * The default that waits for its targets.
     *
     * @param <E> the user's own event class.
     */
    public static final class Otherwise<E> {
        private final Routes<E> routes;

        private Otherwise(final Routes<E> routes) {
            this.routes = routes;
        }

        /**
         * Where events go that no rule was for.
         *
         * @param targets one or several names; each gets a copy.
         * @return all the rules.
         */
        public Complete<E> to(final String... targets) {
            routes.rules.add(new Rule<>(null, List.of(targets)));
            return new Complete<>(List.copyOf(routes.rules));
        }
    }

    /**
     * Rules with their default.
     *
     * @param <E> the user's own event class.
     */
    public static final class Complete<E> {
        private final List<Rule<E>> rules;

        private Complete(final List<Rule<E>> rules) {
            this.rules = rules;
        }

        List<Rule<E>> rules() {
            return rules;
        }
    }
}
