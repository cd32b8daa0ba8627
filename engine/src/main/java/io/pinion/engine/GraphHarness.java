package io.pinion.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a whole graph on the caller's thread, event by event, with no ring, codec or edge: for tests of what a graph does
 * with an event. The log's time is the highest event time so far, as in {@code replay}.
 *
 * <pre>{@code
 * GraphHarness<Rating> harness = GraphHarness.of(Ratings.graph(Environment.ofNames()));
 * assertThat(harness.give(rating)).containsExactly("training");
 * }</pre>
 *
 * @param <E> the user's own event class.
 */
public final class GraphHarness<E> {
    private final Graph<E> graph;
    private final List<StageHarness<E>> stages = new ArrayList<>();
    private String whereItEnded;
    private String reason;

    private GraphHarness(final Graph<E> graph) {
        this.graph = graph;
        graph.stages().forEach(stage -> stages.add(StageHarness.of(stage)));
    }

    /**
     * Opens a graph's tables and stages.
     *
     * @param graph a new one.
     * @param <E>   its event class.
     * @return the harness it runs in.
     */
    public static <E> GraphHarness<E> of(final Graph<E> graph) {
        return new GraphHarness<>(graph);
    }

    /**
     * One event, through all stages and the route. A condition that remembers something of other events may answer otherwise here than
     * where a graph runs, which asks it about several before the next ({@link Routes#when}).
     *
     * @param event the event, which the stages may change.
     * @return the names of the targets it goes to; {@link Target#DEAD_LETTERS} for a dead letter; none when dropped.
     */
    public List<String> give(final E event) {
        final long timeUs = graph.hasEventTime() ? graph.eventTime().of(event) : 0;
        for (int i = 0; i < stages.size(); i++) {
            final StageHarness<E> stage = stages.get(i);
            final StageHarness.Outcome outcome = stage.give(event, timeUs);
            if (outcome != StageHarness.Outcome.PASSED) {
                whereItEnded = graph.stages().get(i).name();
                reason = stage.reason();
                return outcome == StageHarness.Outcome.DEAD ? List.of(Target.DEAD_LETTERS) : List.of();
            }
        }
        whereItEnded = Layout.ROUTE;
        reason = null;
        return route(event);
    }

    private List<String> route(final E event) {
        final Set<String> matched = new LinkedHashSet<>();
        try {
            for (final Routes.Rule<E> rule : graph.rules()) {
                final boolean isNeeded = matched.isEmpty() || graph.routesToEveryMatch() && rule.when() != null;
                if (isNeeded && (rule.when() == null || rule.when().test(event))) {
                    matched.addAll(rule.targets());
                }
            }
            return List.copyOf(matched);
        } catch (final Exception e) {
            reason = ErrorJournal.describe(e);
            return List.of(Target.DEAD_LETTERS);
        }
    }

    /**
     * How far the last event came.
     *
     * @return the name of the stage that dropped it or made it a dead letter; {@code route} otherwise.
     */
    public String whereItEnded() {
        return whereItEnded;
    }

    /**
     * Why the last event went to no target, or to the dead letters.
     *
     * @return the name of the drop reason, or a sentence; null when it was routed.
     */
    public String reason() {
        return reason;
    }

    /**
     * One stage.
     *
     * @param name of the stage.
     * @return what it counted is read there.
     */
    public StageHarness<E> stage(final String name) {
        for (int i = 0; i < stages.size(); i++) {
            if (graph.stages().get(i).name().equals(name)) {
                return stages.get(i);
            }
        }
        throw new IllegalArgumentException("The graph has no stage \"" + name + "\": it has "
                + graph.stages().stream().map(Stage::name).toList() + ".");
    }
}
