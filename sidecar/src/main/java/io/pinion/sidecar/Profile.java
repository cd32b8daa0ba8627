package io.pinion.sidecar;

import io.pinion.engine.Egress;
import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import io.pinion.engine.Idle;
import io.pinion.engine.Ingress;
import io.pinion.engine.Layout;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a graph is run on one kind of host: threads and cores, the media driver, and what each of its names means.
 * Immutable; read by {@link ProfileReader}.
 *
 * @param name          as it was chosen.
 * @param layout        null for one picked from the cores there are.
 * @param idle          what threads do when there is nothing to do.
 * @param cores         one for each thread; none to pin nothing.
 * @param ringSlots     a power of two.
 * @param maxFrameBytes the longest frame.
 * @param drainTimeout  how long the end may take.
 * @param spillDirectory where targets with the policy {@code spill()} keep events, each graph in a folder of its own.
 * @param aeron         the media driver.
 * @param ingress       by name; {@code *} for all others.
 * @param egress        by name; {@code *} for all others.
 * @param tables        the file of each.
 * @param cluster       with which others it replicates; null for none.
 */
record Profile(
        String name,
        Layout layout,
        Idle idle,
        List<Integer> cores,
        int ringSlots,
        int maxFrameBytes,
        Duration drainTimeout,
        Path spillDirectory,
        AeronSettings aeron,
        Map<String, EdgeAddress> ingress,
        Map<String, EdgeAddress> egress,
        Map<String, Path> tables,
        ClusterSettings cluster) {

    /** The name that stands for all that are not named. */
    static final String ALL_OTHERS = "*";

    /** The names that a graph may use: those of this profile. */
    Environment environment() {
        return new Environment() {
            @Override
            public Ingress ingress(final String wanted) {
                return new Ingress(checked("ingress", wanted, ingress));
            }

            @Override
            public Egress egress(final String wanted) {
                return new Egress(checked("egress", wanted, egress));
            }
        };
    }

    /** Where a graph's events come from. */
    EdgeAddress ingressOf(final Graph<?> graph) {
        final EdgeAddress own = ingress.get(graph.ingress().name());
        return own != null ? own : ingress.get(ALL_OTHERS);
    }

    /**
     * Where the live updates of tables come from; below {@code *}, each has a stream of its own, after that of the events.
     *
     * @return by the table's name; none for a table without.
     */
    Map<String, EdgeAddress> updatesOf(final Graph<?> graph) {
        final Map<String, EdgeAddress> addresses = new LinkedHashMap<>();
        for (final ReferenceTable<?> table : graph.tables()) {
            if (table.updates() != null) {
                final EdgeAddress own = ingress.get(table.updates().name());
                addresses.put(
                        table.name(),
                        own != null ? own : ingress.get(ALL_OTHERS).of(table.name(), addresses.size() + 1));
            }
        }
        return addresses;
    }

    /**
     * Where each target's events go.
     *
     * @return by the target's name, in the graph's order, the dead letters last.
     * @throws GraphException when the dead letters have nowhere to go.
     */
    Map<String, EdgeAddress> egressesOf(final Graph<?> graph) {
        final Map<String, EdgeAddress> addresses = new LinkedHashMap<>();
        int index = 0;
        for (final Target target : graph.targets()) {
            addresses.put(target.name(), egressOf(target, index++));
        }
        addresses.put(Target.DEAD_LETTERS, egressOf(graph.deadLetters(), index));
        return addresses;
    }

    private EdgeAddress egressOf(final Target target, final int index) {
        final String wanted = checked("egress", target.egress().name(), egress);
        final EdgeAddress own = egress.get(wanted);
        return own != null ? own.of(target.name(), 0) : egress.get(ALL_OTHERS).of(target.name(), index);
    }

    private String checked(final String what, final String wanted, final Map<String, EdgeAddress> known) {
        if (!known.containsKey(wanted) && !known.containsKey(ALL_OTHERS)) {
            throw new GraphException("The graph uses the " + what + " \"" + wanted + "\", and the profile " + name
                    + " has " + (known.isEmpty() ? "none" : String.join(", ", known.keySet())) + ": add \"" + wanted
                    + "\" below its " + what + ", or \"*\" for all others.");
        }
        return wanted;
    }
}
