package io.pinion.jmh.rig;

import java.util.List;

/**
 * What a rig is to do, in this order.
 *
 * @param core         that it is pinned to; below 0 for none.
 * @param address      of the other end.
 * @param events       which: {@code job}, or {@code feedback}.
 * @param fillEvents   sent first, as fast as they are taken: they fill windows, and warm up both ends.
 * @param warmUpSeconds of all rates in turn after that, which are not told: filling compiles for full batches, and what comes
 *                     one by one takes other branches, at each rate others.
 * @param rates        events a second, each measured for {@code seconds}.
 * @param seconds      for each rate.
 * @param pieces       that these are cut into, where others take turns between.
 * @param findsHighest whether to search for the highest rate that is held.
 * @param searchSeconds for each rate tried then.
 */
public record RigPlan(
        int core,
        LinkAddress address,
        String events,
        long fillEvents,
        double warmUpSeconds,
        List<Long> rates,
        double seconds,
        int pieces,
        boolean findsHighest,
        double searchSeconds) {}
