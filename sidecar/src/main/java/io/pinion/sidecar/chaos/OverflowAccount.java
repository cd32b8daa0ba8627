package io.pinion.sidecar.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.LongArrayList;
import org.agrona.collections.LongHashSet;

/**
 * The part of a {@link DeliveryAccount} that knows of targets which drop or divert: an event of the first is found or was
 * counted as dropped, one of the second is found at one of two places. One thread.
 */
final class OverflowAccount {
    private final Overflow overflow;
    private final Map<String, LongArrayList> due = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new LinkedHashMap<>();

    OverflowAccount(final Overflow overflow) {
        this.overflow = overflow;
    }

    boolean isAbout(final String route) {
        return overflow.dropping().contains(route) || overflow.diverting().containsKey(route);
    }

    /** Notes one that was acknowledged; it may be found at its route, and where that diverts to. */
    void due(final String route, final long id) {
        due.computeIfAbsent(route, any -> new LongArrayList()).addLong(id);
    }

    long dueCount(final String route) {
        final LongArrayList ids = due.get(route);
        return ids == null ? 0 : ids.size();
    }

    void dropped(final String route, final long count) {
        dropped.put(route, count);
    }

    void check(final Map<String, RouteAccount> routes, final List<String> faults) {
        due.forEach((route, ids) -> {
            final String other = overflow.diverting().get(route);
            if (other == null) {
                checkDropping(route, ids.size(), routes.get(route), faults);
            } else {
                routes.get(route).witnesses().forEach((witness, here) -> routes.get(other)
                        .witnesses()
                        .forEach((otherWitness, there) -> checkDiverting(
                                route + ", by " + witness, here, other + ", by " + otherWitness, there, ids, faults)));
            }
        });
    }

    private void checkDropping(
            final String route, final long dueCount, final RouteAccount account, final List<String> faults) {
        final long droppedCount = dropped.getOrDefault(route, 0L);
        if (droppedCount == 0) {
            faults.add(route + ": none was dropped, and it was to overflow.");
        }
        account.witnesses().forEach((witness, found) -> {
            if (found.size() + droppedCount != dueCount) {
                faults.add(route + ", by " + witness + ": " + found.size() + " came and " + droppedCount
                        + " were dropped, of " + dueCount + ".");
            }
        });
    }

    private static void checkDiverting(
            final String route,
            final LongArrayList here,
            final String other,
            final LongArrayList there,
            final LongArrayList ids,
            final List<String> faults) {
        final LongHashSet atRoute = setOf(here);
        final LongHashSet atOther = setOf(there);
        long lost = 0;
        long both = 0;
        long diverted = 0;
        for (int i = 0; i < ids.size(); i++) {
            final boolean isHere = atRoute.contains(ids.getLong(i));
            final boolean isThere = atOther.contains(ids.getLong(i));
            lost += isHere || isThere ? 0 : 1;
            both += isHere && isThere ? 1 : 0;
            diverted += isThere ? 1 : 0;
        }
        if (lost > 0 || both > 0) {
            faults.add("of " + ids.size() + " due at " + route + ", " + lost + " came neither there nor to " + other
                    + ", and " + both + " to both.");
        }
        if (diverted == 0) {
            faults.add(route + ": none went to " + other + " instead, and it was to overflow.");
        }
    }

    private static LongHashSet setOf(final LongArrayList ids) {
        final LongHashSet set = new LongHashSet(Math.max(8, ids.size()));
        ids.forEachLong(set::add);
        return set;
    }
}
