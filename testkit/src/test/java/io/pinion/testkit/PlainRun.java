package io.pinion.testkit;

import io.pinion.engine.StageHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of a log by a random graph, said by plain maps and one loop. */
final class PlainRun {
    private static final String DEAD = "dead";

    /** A row, and when it was put. */
    private record Row(int price, String name, long putUs) {}

    /** A table: rows from the one put longest ago to the youngest. */
    private static final class Rows {
        private final int capacity;
        private final long keptForUs;
        private final Map<Object, Row> rows = new LinkedHashMap<>();

        Rows(final int capacity, final long keptForUs) {
            this.capacity = capacity;
            this.keptForUs = keptForUs;
        }

        void put(final Object key, final Row row) {
            rows.values().removeIf(old -> row.putUs - old.putUs >= keptForUs);
            rows.remove(key);
            if (rows.size() == capacity) {
                rows.remove(rows.keySet().iterator().next());
            }
            rows.put(key, row);
        }

        Row find(final Object key, final long nowUs) {
            final Row row = rows.get(key);
            return row == null || nowUs - row.putUs >= keptForUs ? null : row;
        }
    }

    /** What a stage makes of an event: null, the reason it is dropped for, or {@link #DEAD}. */
    private interface Plain {
        String give(Parcel parcel, long nowUs);
    }

    final Map<String, List<String>> outputs = new TreeMap<>();
    final List<String> deadLetters = new ArrayList<>();
    final Map<String, Long> counts = new TreeMap<>();
    long in;
    long routed;

    private final RandomGraph graph;
    private final Map<String, Rows> tables = Map.of(
            "prices", new Rows(RandomGraph.PRICES, RandomGraph.PRICES_KEPT_US),
            "names", new Rows(RandomGraph.NAMES, Long.MAX_VALUE),
            "revoked", new Rows(RandomGraph.REVOKED, Long.MAX_VALUE));
    private final List<Plain> stages = new ArrayList<>();

    PlainRun(final RandomGraph graph, final List<ParcelLog.Entry> log) {
        this.graph = graph;
        RandomGraph.TARGETS.forEach(target -> outputs.put(target, new ArrayList<>()));
        for (int i = 0; i < graph.parts().size(); i++) {
            stages.add(plain(graph.nameOf(i), graph.parts().get(i)));
        }
        long nowUs = 0;
        for (int position = 0; position < log.size(); position++) {
            final ParcelLog.Entry entry = log.get(position);
            nowUs += entry.laterUs();
            if (entry.isEvent()) {
                in++;
                event(entry, position, nowUs);
            } else {
                change(entry, position, nowUs);
            }
        }
    }

    private void change(final ParcelLog.Entry entry, final int position, final long nowUs) {
        final boolean isByName = entry.table().equals("names");
        final Object key = isByName ? entry.word("l") : (Object) entry.sender();
        count(entry.table() + ".changes");
        if (entry.what() == ParcelLog.What.BAD_ROW || key.equals("")) {
            count(entry.table() + ".dead");
            die(position, "ingress");
        } else if (entry.what() == ParcelLog.What.PUT) {
            tables.get(entry.table()).put(key, new Row(entry.weight(), entry.word("l"), nowUs));
        } else {
            tables.get(entry.table()).rows.remove(key);
        }
    }

    private void event(final ParcelLog.Entry entry, final int position, final long nowUs) {
        if (entry.what() == ParcelLog.What.GARBAGE) {
            die(position, "ingress");
            return;
        }
        final Parcel parcel = new Parcel();
        parcel.id = entry.id();
        parcel.sender = entry.sender();
        parcel.kind = entry.kind();
        parcel.weight = entry.weight();
        parcel.label.set(entry.word("l"));
        for (int i = 0; i < stages.size(); i++) {
            final String outcome = stages.get(i).give(parcel, nowUs);
            if (outcome != null) {
                if (outcome.equals(DEAD)) {
                    die(position, graph.nameOf(i));
                } else {
                    count(graph.nameOf(i) + "." + outcome);
                }
                return;
            }
        }
        route(parcel, position);
    }

    private void route(final Parcel parcel, final int position) {
        final List<String> targets = new ArrayList<>();
        try {
            for (final RandomGraph.Rule rule : graph.rules()) {
                if ((targets.isEmpty() || graph.isToEveryMatch()) && rule.holds(parcel)) {
                    targets.addAll(rule.targets());
                }
            }
        } catch (final IllegalStateException unlucky) {
            die(position, "route");
            return;
        }
        routed++;
        (targets.isEmpty() ? RandomGraph.TARGETS : targets)
                .stream().distinct().forEach(target -> outputs.get(target).add(parcel.said()));
    }

    private void die(final int position, final String stage) {
        deadLetters.add(stage + " " + position);
    }

    private void count(final String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private Plain plain(final String name, final RandomGraph.Part part) {
        return switch (part.kind()) {
            case FILTER ->
                (parcel, nowUs) ->
                        parcel.weight == 13 ? DEAD : parcel.weight % 4 == part.number() % 4 ? "filtered" : null;
            case MAP ->
                (parcel, nowUs) -> {
                    parcel.label.set("m" + parcel.label);
                    return parcel.weight++ == 13 ? DEAD : null;
                };
            case DEDUPE_NUMBER -> dedupe(part.number(), Long.MAX_VALUE, false);
            case DEDUPE_WINDOW -> dedupe(100, 20L * part.number(), false);
            case DEDUPE_FIELDS -> dedupe(part.number(), Long.MAX_VALUE, true);
            case ENRICH_NUMBER ->
                (parcel, nowUs) -> copied(parcel, tables.get("prices").find(parcel.sender, nowUs), part);
            case ENRICH_FIELDS ->
                (parcel, nowUs) -> copied(parcel, tables.get("names").find(parcel.label.toString(), nowUs), part);
            case JOIN -> join(part);
            case CONSENT ->
                (parcel, nowUs) -> parcel.kind == 3
                        ? "no_consent"
                        : tables.get("revoked").find(parcel.sender, nowUs) == null ? null : "revoked";
            default -> alone(name, part);
        };
    }

    private static Plain dedupe(final int capacity, final long windowUs, final boolean isByFields) {
        final Map<Object, Long> firsts = new LinkedHashMap<>();
        return (parcel, nowUs) -> {
            final Object key = isByFields ? parcel.label + " " + parcel.sender : (Object) parcel.id;
            final Long first = firsts.get(key);
            if (first != null && nowUs - first < windowUs) {
                return "repeat";
            }
            firsts.remove(key);
            if (firsts.size() == capacity) {
                firsts.remove(firsts.keySet().iterator().next());
            }
            firsts.put(key, nowUs);
            return null;
        };
    }

    private static Plain join(final RandomGraph.Part part) {
        final Rows remembered = new Rows(part.number(), 100);
        return (parcel, nowUs) -> {
            if (parcel.kind == 0 && parcel.weight == 13) {
                return DEAD;
            }
            if (parcel.kind == 0) {
                remembered.put(parcel.sender, new Row(parcel.weight, parcel.label.toString(), nowUs));
            }
            return parcel.kind == 1 ? copied(parcel, remembered.find(parcel.sender, nowUs), part) : null;
        };
    }

    private static String copied(final Parcel parcel, final Row row, final RandomGraph.Part part) {
        if (row != null) {
            parcel.price = row.price;
            parcel.note.set(row.name);
            return null;
        }
        return switch (part.otherwise()) {
            case PASS -> null;
            case DROP -> "miss";
            case DEAD_LETTER -> DEAD;
        };
    }

    /** An operator with another model elsewhere: here it is what it is by itself. */
    private static Plain alone(final String name, final RandomGraph.Part part) {
        final StageHarness<Parcel> harness = StageHarness.of(RandomGraph.stateful(name, part));
        return (parcel, nowUs) -> switch (harness.give(parcel, nowUs)) {
            case PASSED -> null;
            case DROPPED -> harness.reason();
            case DEAD -> DEAD;
        };
    }

    /** What each stage dropped, by reason, and what came in for each table that the graph reads. */
    Map<String, Long> counts() {
        return new HashMap<>(counts);
    }
}
