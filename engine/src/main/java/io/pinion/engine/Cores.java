package io.pinion.engine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import net.openhft.affinity.Affinity;

/** The cores that this process may use, and pinning to them, by OpenHFT Affinity. */
public final class Cores {
    private Cores() {}

    /**
     * The cores that this process may use, as {@code taskset} or a container left them.
     *
     * @return their numbers, ascending.
     */
    public static List<Integer> allowed() {
        final BitSet cores = Affinity.getAffinity();
        return cores.isEmpty()
                ? java.util.stream.IntStream.range(0, Runtime.getRuntime().availableProcessors())
                        .boxed()
                        .toList()
                : cores.stream().boxed().toList();
    }

    /**
     * What is wrong with a choice of cores.
     *
     * @param chosen  the cores of a layout; none is right too.
     * @param threads how many threads it has.
     * @return sentences that say what to change; none when it is right.
     */
    public static List<String> problems(final List<Integer> chosen, final int threads) {
        final List<String> problems = new ArrayList<>();
        final List<Integer> allowed = allowed();
        for (final int core : chosen) {
            if (!allowed.contains(core)) {
                problems.add("Core " + core + " does not exist or is not allowed to this process: choose from "
                        + allowed.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
            }
        }
        if (chosen.stream().distinct().count() < chosen.size()) {
            problems.add(
                    "A core is named twice: two threads that are pinned to one core hold each other up; name others, or"
                            + " none.");
        }
        if (!chosen.isEmpty() && chosen.size() < threads) {
            problems.add("The layout has " + threads + " threads and only " + chosen.size()
                    + " cores are named: name one for each thread, or none.");
        }
        return problems;
    }

    static void pinCurrentThreadTo(final int core) {
        Affinity.setAffinity(core);
    }
}
