package io.pinion.cluster;

import io.pinion.engine.Graph;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a member runs.
 *
 * @param name     the graph's.
 * @param graph    built anew, so it runs once.
 * @param engine   how to run it, with the formats of its targets.
 * @param settings all that decides and stands in neither graph nor {@link MemberConfig}, such as the longest frame: in the
 *                 order in which it is told.
 * @param loaded   the tables without whose rows no event may come in, and what brings those, checked, each as a frame.
 * @param targets  what its routes deliver to.
 * @param <E>      the event class.
 */
public record ReplicatedGraph<E>(
        String name,
        Graph<E> graph,
        Processor.Builder<E> engine,
        Map<String, String> settings,
        Map<String, Supplier<IngressAdapter>> loaded,
        RouteTargets targets) {

    /** What a log of it begins with. */
    Genesis genesis(final MemberConfig config) {
        final Settings text = new Settings();
        settings.forEach(text::add);
        text.add("route bound, events", config.bounds.maxEvents());
        text.add("route bound, bytes", config.bounds.maxBytes());
        for (final Target target : graph.targets()) {
            text.add("target " + target.name(), target.policy());
        }
        text.add("target " + Target.DEAD_LETTERS, graph.deadLetters().policy());
        text.add("producers, at most", config.maxProducers);
        text.add("producers, remembered for s", config.producerMemory.toSeconds());
        for (final ReferenceTable<?> table : graph.tables()) {
            text.add("table " + table.name(), loaded.containsKey(table.name()) ? "from a file" : "begins empty");
        }
        return new Genesis(graph.revision(), name, text.toString());
    }

    /** A bit for each table that has to be loaded; that of the first table is 1. */
    long tablesToLoad(final List<? extends ReferenceTable<?>> tables) {
        long bits = 0;
        for (int i = 0; i < tables.size(); i++) {
            if (loaded.containsKey(tables.get(i).name())) {
                bits |= 1L << i;
            }
        }
        return bits;
    }
}
