package io.pinion.sidecar.chaos;

import java.util.Set;

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
    /** What not each machine has. */
    enum Need {
        /** Network namespaces, with an interface for each member. */
        NETWORK,
        /** Mounts, for disks that are small. */
        MOUNT
    }

    /** Whether this machine has what it needs. */
    boolean isPossible() {
        return (!needs.contains(Need.NETWORK) || ChaosNetwork.isPossible())
                && (!needs.contains(Need.MOUNT) || SmallDisk.isPossible());
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
