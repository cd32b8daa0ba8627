package io.pinion.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.openhft.affinity.Affinity;

/** The cores that this process may use, and pinning to them, which is done by OpenHFT Affinity. */
public final class Cores {
    private static final Path STATUS = Path.of("/proc/thread-self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    private Cores() {}

    /**
     * The cores that this process may use, as {@code taskset} or a container left them.
     *
     * @return their numbers, ascending.
     */
    public static List<Integer> allowed() {
        final List<Integer> told = toldBySystem();
        if (!told.isEmpty()) {
            return told;
        }
        final BitSet cores = Affinity.getAffinity();
        return cores.isEmpty()
                ? IntStream.range(0, Runtime.getRuntime().availableProcessors())
                        .boxed()
                        .toList()
                : cores.stream().boxed().toList();
    }

    /**
     * What Linux says of this thread, none elsewhere: to load Affinity, and what it stands on, is a tenth of a start, and who pins
     * nothing needs it for nothing else.
     */
    private static List<Integer> toldBySystem() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(ALLOWED))
                    .findFirst()
                    .map(line -> listed(line.substring(ALLOWED.length()).trim()))
                    .orElse(List.of());
        } catch (final IOException | UncheckedIOException | NumberFormatException notTold) {
            return List.of();
        }
    }

    /** Reads such as {@code 0-3,8}, ascending. */
    static List<Integer> listed(final String list) {
        final List<Integer> cores = new ArrayList<>();
        for (final String range : list.split(",")) {
            final String[] ends = range.split("-");
            final int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
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
