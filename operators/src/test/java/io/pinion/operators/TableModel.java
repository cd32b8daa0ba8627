package io.pinion.operators;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A table as a list of rows from the one put longest ago to the youngest: slow, and plainly right. */
final class TableModel {
    record Row(long key, long version, long value, long putUs) {}

    private final int capacity;
    private final long keptForUs;
    private final int maxVersions;
    private List<Row> rows = new ArrayList<>();
    private List<Row> others = new ArrayList<>();
    private boolean isRefused;
    private long nowUs;
    long evictedEarly;

    TableModel(final int capacity, final long keptForUs, final int maxVersions) {
        this.capacity = capacity;
        this.keptForUs = keptForUs;
        this.maxVersions = maxVersions;
    }

    void slotAt(final long newNowUs) {
        timeIs(newNowUs);
        forget();
    }

    void timeIs(final long newNowUs) {
        nowUs = newNowUs;
    }

    void forget() {
        for (int i = 0; i < 2 && !rows.isEmpty() && isExpired(rows.get(0)); i++) {
            rows.remove(0);
        }
    }

    private boolean isExpired(final Row row) {
        return keptForUs > 0
                && BigInteger.valueOf(nowUs)
                                .subtract(BigInteger.valueOf(row.putUs))
                                .compareTo(BigInteger.valueOf(keptForUs))
                        >= 0;
    }

    void put(final long key, final long version, final long value) {
        if (!place(rows, key, version, value)) {
            evictedEarly += isExpired(rows.get(0)) ? 0 : 1;
            rows.remove(0);
            place(rows, key, version, value);
        }
    }

    /** False when there is no room. */
    private boolean place(final List<Row> into, final long key, final long version, final long value) {
        final Row row = new Row(key, version, value, nowUs);
        if (!into.removeIf(known -> known.key == key && (maxVersions == 1 || known.version == version))) {
            final List<Row> versions =
                    into.stream().filter(known -> known.key == key).toList();
            if (maxVersions > 1 && versions.size() == maxVersions) {
                final Row oldest = versions.stream()
                        .min(Comparator.comparingLong(Row::version))
                        .orElseThrow();
                if (version < oldest.version) {
                    return true;
                }
                into.remove(oldest);
            }
            if (into.size() == capacity) {
                return false;
            }
        }
        into.add(row);
        return true;
    }

    void delete(final long key) {
        rows.removeIf(row -> row.key == key);
    }

    void beginSwap() {
        others = new ArrayList<>();
        isRefused = false;
    }

    void swapRow(final long key, final long version, final long value) {
        isRefused |= !place(others, key, version, value);
    }

    void endSwap() {
        if (!isRefused) {
            rows = others;
        }
    }

    /** The value of a key for an event of this time; 0 where there is none. */
    long find(final long key, final long eventTimeUs) {
        return rows.stream()
                .filter(row -> row.key == key && (maxVersions == 1 || row.version <= eventTimeUs))
                .max(Comparator.comparingLong(Row::version))
                .filter(row -> !isExpired(row))
                .map(Row::value)
                .orElse(0L);
    }

    int size() {
        return rows.size();
    }
}
