package io.pinion.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which parts of a graph share a thread, which core each thread is pinned to, and how it idles: a choice of deployment,
 * which changes no output. Immutable.
 *
 * <p>The parts are {@code driver} (an embedded media driver), {@code ingress}, each stage by its name, {@code route} and
 * {@code egress} (all targets and the dead letters).
 */
public final class Layout {
    /** The part that is an embedded media driver, where there is one. */
    public static final String DRIVER = "driver";
    /** The part that takes frames in and decodes them. */
    public static final String INGRESS = "ingress";
    /** The part that decides on targets. */
    public static final String ROUTE = "route";
    /** The part that encodes and puts out, for all targets. */
    public static final String EGRESS = "egress";
    /** In a group: every part that no other group names. */
    public static final String REST = "*";

    private static final String ONE_THREAD = "one-thread";
    private static final String THREAD_PER_STAGE = "thread-per-stage";
    private static final String STEPPED = "stepped";

    private final String name;
    private final List<List<String>> groups;
    private final List<Integer> cores;
    private final Idle idle;

    private Layout(final String name, final List<List<String>> groups, final List<Integer> cores, final Idle idle) {
        this.name = name;
        this.groups = groups;
        this.cores = cores;
        this.idle = idle;
    }

    /**
     * Everything on one thread, an embedded media driver included. Best where cores are few.
     *
     * @return the layout, yielding when idle.
     */
    public static Layout oneThread() {
        return new Layout(ONE_THREAD, List.of(List.of(REST)), List.of(), Idle.YIELDING);
    }

    /**
     * A thread for each part. For as many free cores.
     *
     * @return the layout, yielding when idle.
     */
    public static Layout threadPerStage() {
        return new Layout(THREAD_PER_STAGE, List.of(), List.of(), Idle.YIELDING);
    }

    /**
     * No thread: the caller of {@link Processor#step()} is the thread. For tests.
     *
     * @return the layout.
     */
    public static Layout stepped() {
        return new Layout(STEPPED, List.of(List.of(REST)), List.of(), Idle.YIELDING);
    }

    /**
     * A layout by its name, or by its groups: parts joined by {@code +}, groups by {@code ,}; {@code *} is the rest.
     *
     * @param text {@code one-thread}, {@code thread-per-stage}, or for example {@code driver+ingress,*,egress}.
     * @return the layout, yielding when idle.
     * @throws GraphException when a part is named twice, or a group is empty.
     */
    public static Layout parse(final String text) {
        return switch (text) {
            case ONE_THREAD -> oneThread();
            case THREAD_PER_STAGE -> threadPerStage();
            default -> ofGroups(text);
        };
    }

    private static Layout ofGroups(final String text) {
        final List<List<String>> groups = new ArrayList<>();
        final Map<String, String> seen = new HashMap<>();
        for (final String group : text.split(",", -1)) {
            final List<String> parts =
                    Arrays.stream(group.split("\\+", -1)).map(String::trim).toList();
            for (final String part : parts) {
                if (part.isEmpty()) {
                    throw new GraphException("The layout \"" + text + "\" has an empty place: write one-thread,"
                            + " thread-per-stage, or groups such as ingress+filter,dedupe,route+egress.");
                }
                if (seen.put(part, group) != null) {
                    throw new GraphException("The layout \"" + text + "\" names \"" + part + "\" twice: name it once.");
                }
            }
            groups.add(parts);
        }
        return new Layout(text, List.copyOf(groups), List.of(), Idle.YIELDING);
    }

    /**
     * The layout for a machine, where nobody chose one.
     *
     * @param coresThereAre how many cores this process may use.
     * @param parts         how many parts the graph has, the driver included.
     * @return a thread for each part where each can have a core and one is left over; one thread otherwise.
     */
    public static Layout forCores(final int coresThereAre, final int parts) {
        return coresThereAre > parts ? threadPerStage() : oneThread();
    }

    /**
     * The same layout with its threads pinned.
     *
     * @param newCores one for each thread, in the order of the groups; none to pin nothing.
     * @return another layout.
     */
    public Layout cores(final List<Integer> newCores) {
        return new Layout(name, groups, List.copyOf(newCores), idle);
    }

    /**
     * The same layout, idling otherwise.
     *
     * @param newIdle what its threads do when there is nothing to do.
     * @return another layout.
     */
    public Layout idle(final Idle newIdle) {
        return new Layout(name, groups, cores, newIdle);
    }

    /**
     * As it was chosen.
     *
     * @return {@code one-thread}, {@code thread-per-stage}, {@code stepped}, or its groups.
     */
    public String name() {
        return name;
    }

    /**
     * The cores its threads are pinned to.
     *
     * @return one for each thread, or none.
     */
    public List<Integer> cores() {
        return cores;
    }

    /**
     * What its threads do when there is nothing to do.
     *
     * @return the strategy.
     */
    public Idle idle() {
        return idle;
    }

    boolean isStepped() {
        return name.equals(STEPPED);
    }

    /**
     * Whether these parts share one thread.
     *
     * @param parts all parts of a graph.
     * @return true when there is one group.
     */
    public boolean isOneThread(final List<String> parts) {
        return groupsOf(parts).size() == 1;
    }

    /**
     * The parts of a graph, one list for each thread.
     *
     * @param parts all of them, in the order an event passes them.
     * @return each part once.
     * @throws GraphException when a group names a part that the graph does not have, or a part is in no group.
     */
    public List<List<String>> groupsOf(final List<String> parts) {
        if (name.equals(THREAD_PER_STAGE)) {
            return parts.stream().map(List::of).toList();
        }
        final Map<String, Integer> groupOf = new LinkedHashMap<>();
        Integer rest = null;
        for (int i = 0; i < groups.size(); i++) {
            for (final String part : groups.get(i)) {
                if (part.equals(REST)) {
                    rest = i;
                } else if (parts.contains(part)) {
                    groupOf.put(part, i);
                } else if (!part.equals(DRIVER)) {
                    throw new GraphException("The layout \"" + name + "\" names \"" + part
                            + "\", and the graph has no such part: it has " + String.join(", ", parts) + ".");
                }
            }
        }
        return assign(parts, groupOf, rest);
    }

    private List<List<String>> assign(
            final List<String> parts, final Map<String, Integer> groupOf, final Integer rest) {
        final List<List<String>> threads = new ArrayList<>();
        groups.forEach(group -> threads.add(new ArrayList<>()));
        for (final String part : parts) {
            final Integer group = groupOf.getOrDefault(part, rest);
            if (group != null) {
                threads.get(group).add(part);
            } else if (part.equals(DRIVER)) {
                threads.get(0).add(0, part);
            } else {
                throw new GraphException("The layout \"" + name + "\" leaves out \"" + part
                        + "\": put it into a group, or write * for all the rest.");
            }
        }
        threads.removeIf(List::isEmpty);
        return threads;
    }

    @Override
    public String toString() {
        return name;
    }
}
