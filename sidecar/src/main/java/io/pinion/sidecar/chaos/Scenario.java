package io.pinion.sidecar.chaos;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One way to break a cluster under load. What it broke it also mends, but for members that do not run: those are started
 * again when it has ended.
 *
 * @param name   by which it is asked for.
 * @param what   happens, in a few words.
 * @param needs  what this machine has to have for it.
 * @param script breaks and mends.
 */
record Scenario(String name, String what, Set<Need> needs, Script script) {
    /** What a round is set up with, besides members and load. */
    enum Need {
        /** Network namespaces, with an interface for each member. */
        NETWORK("root", ChaosNetwork::isPossible),
        /** Mounts, for disks that are small. */
        MOUNT("root", SmallDisk::isPossible),
        /** A wall clock for each member, which can be set. */
        CLOCK("the library libfaketime", SteppedClock::isPossible),
        /** Members lose datagrams all the time. */
        LOSS("nothing", () -> true),
        /** Members send datagrams late, and out of order, all the time. */
        DELAY("nothing", () -> true),
        /** A graph whose targets drop and divert, with bounds that are soon reached. */
        OVERFLOW("nothing", () -> true);

        private final String requirement;
        private final BooleanSupplier isPossible;

        Need(final String requirement, final BooleanSupplier isPossible) {
            this.requirement = requirement;
            this.isPossible = isPossible;
        }
    }

    /** Whether this machine has what it needs. */
    boolean isPossible() {
        return lacking().isEmpty();
    }

    /** What this machine lacks, such as root. */
    Set<String> lacking() {
        return needs.stream()
                .filter(need -> !need.isPossible.getAsBoolean())
                .map(need -> need.requirement)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is done, on the thread of the round. */
    @FunctionalInterface
    interface Script {
        /**
         * Breaks and mends.
         *
         * @param round under load.
         */
        void run(ChaosRound round);
    }
}
