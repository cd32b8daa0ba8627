package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.RigPlan;

/**
 * What a rig of a cluster is to do: load it at rates, or watch for silences.
 *
 * @param contender that runs on the members.
 * @param members   where they are.
 * @param load      to put on them, its address left out; null to watch.
 * @param started   a file that it makes when the first event is back while it watches.
 * @param stop      a file that ends the watch by being there.
 */
record ClusterRigPlan(ClusterContender contender, MemberPlan members, RigPlan load, String started, String stop) {}
