package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.RigPlan;

/**
 * What a rig of a cluster is to do.
 *
 * @param contender that runs on the members.
 * @param members   where they are.
 * @param load      to put on them, its address left out.
 */
record ClusterRigPlan(ClusterContender contender, MemberPlan members, RigPlan load) {}
