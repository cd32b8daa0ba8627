package io.pinion.sidecar.chaos;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongArrayList;

/** One route of a {@link DeliveryAccount}. Finds what was lost, came twice, came out of order, or belongs to nobody. */
final class RouteAccount {
    private static final long ALIEN = -1;

    private final String route;
    /** Each event's place among all that may come, which is its place in its producer's order too. */
    private final Long2LongHashMap placeOf = new Long2LongHashMap(ALIEN);

    private final LongArrayList ids = new LongArrayList();
    private final BitSet isDue = new BitSet();
    private long dueUnnamed;
    private long possibleUnnamed;
    private final Map<String, LongArrayList> witnesses = new LinkedHashMap<>();

    RouteAccount(final String route) {
        this.route = route;
    }

    void due(final long id, final boolean isCertain) {
        if (id == DeliveryAccount.UNNAMED) {
            dueUnnamed += isCertain ? 1 : 0;
            possibleUnnamed += isCertain ? 0 : 1;
            return;
        }
        final int place = ids.size();
        if (placeOf.put(id, place) != ALIEN) {
            throw new IllegalArgumentException(
                    DeliveryAccount.nameOf(id) + " is told twice for " + route + ": tell each once.");
        }
        ids.addLong(id);
        isDue.set(place, isCertain);
    }

    LongArrayList witness(final String name) {
        return witnesses.computeIfAbsent(name, any -> new LongArrayList());
    }

    Map<String, LongArrayList> witnesses() {
        return witnesses;
    }

    long dueCount() {
        return isDue.cardinality() + dueUnnamed;
    }

    Map<String, Long> found() {
        final Map<String, Long> counts = new LinkedHashMap<>();
        witnesses.forEach((name, events) -> counts.put(name, (long) events.size()));
        return counts;
    }

    void check(final List<String> faults) {
        if (witnesses.isEmpty() && dueCount() > 0) {
            faults.add(route + ": " + dueCount() + " are due, and nobody looked for them.");
        }
        witnesses.forEach((witness, events) -> check(witness, events, faults));
        checkEqual(faults);
    }

    private void check(final String witness, final LongArrayList events, final List<String> faults) {
        final BitSet seen = new BitSet(ids.size());
        final Long2LongHashMap lastOfProducer = new Long2LongHashMap(-1);
        final Finding twice = new Finding("came twice");
        final Finding alien = new Finding("nobody sent");
        final Finding swapped = new Finding("came after a later one of its producer");
        long unnamed = 0;
        for (int i = 0; i < events.size(); i++) {
            final long id = events.getLong(i);
            final long place = placeOf.get(id);
            if (id == DeliveryAccount.UNNAMED) {
                unnamed++;
            } else if (place == ALIEN) {
                alien.add(id);
            } else if (seen.get((int) place)) {
                twice.add(id);
            } else {
                seen.set((int) place);
                final long producer = DeliveryAccount.producerOf(id);
                if (lastOfProducer.get(producer) > place) {
                    swapped.add(id);
                } else {
                    lastOfProducer.put(producer, place);
                }
            }
        }
        final Finding lost = new Finding("lost");
        final BitSet missing = (BitSet) isDue.clone();
        missing.andNot(seen);
        missing.stream().forEach(place -> lost.add(ids.getLong(place)));
        for (final Finding finding : List.of(lost, twice, swapped, alien)) {
            finding.tell(witness, faults);
        }
        if (unnamed < dueUnnamed || unnamed > dueUnnamed + possibleUnnamed) {
            faults.add(route + ", by " + witness + ": " + unnamed + " that can't be read, and " + dueUnnamed
                    + " were sent.");
        }
    }

    private void checkEqual(final List<String> faults) {
        Map.Entry<String, LongArrayList> first = null;
        for (final Map.Entry<String, LongArrayList> other : witnesses.entrySet()) {
            if (first == null) {
                first = other;
            } else if (!first.getValue().equals(other.getValue())) {
                final int at = firstDifference(first.getValue(), other.getValue());
                faults.add(route + ": at place " + (at + 1) + " " + first.getKey() + " has "
                        + at(first.getValue(), at) + ", " + other.getKey() + " has " + at(other.getValue(), at)
                        + ".");
            }
        }
    }

    private static int firstDifference(final LongArrayList one, final LongArrayList other) {
        int at = 0;
        while (at < one.size() && at < other.size() && one.getLong(at) == other.getLong(at)) {
            at++;
        }
        return at;
    }

    private static String at(final LongArrayList events, final int place) {
        return place < events.size() ? DeliveryAccount.nameOf(events.getLong(place)) : "nothing";
    }

    /** Events of one fault: how many, and the first. */
    private final class Finding {
        private final String what;
        private long count;
        private long first;

        Finding(final String what) {
            this.what = what;
        }

        void add(final long id) {
            first = count++ == 0 ? id : first;
        }

        void tell(final String witness, final List<String> faults) {
            if (count > 0) {
                faults.add(route + ", by " + witness + ": " + count + " " + what + ", first "
                        + DeliveryAccount.nameOf(first) + ".");
            }
        }
    }
}
