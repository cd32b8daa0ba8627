package io.pinion.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one stage counts: the engine's own counts of it, and those it registered. */
final class StageCounters implements StageContext {
    final Counter in;
    final Counter dead;

    private final String stage;
    private final Counters counters;
    private final RowCodecs rowCodecs;
    private final List<DropReason> reasons = new ArrayList<>();
    private final Map<String, Counter> own = new LinkedHashMap<>();

    StageCounters(final String stage, final Counters counters, final RowCodecs rowCodecs) {
        this.stage = stage;
        this.rowCodecs = rowCodecs;
        this.counters = counters;
        in = counters.newCounter(stage + ".in");
        dead = counters.newCounter(stage + ".dead");
    }

    @Override
    public DropReason dropReason(final String name) {
        final DropReason reason = new DropReason(name, counters.newCounter(stage + ".dropped." + name));
        reasons.add(reason);
        return reason;
    }

    @Override
    public Counter counter(final String name) {
        return own.computeIfAbsent(name, key -> counters.newCounter(stage + "." + key));
    }

    @Override
    public <R> Codec<R> rowCodec(final ReferenceTable<R> table) {
        return rowCodecs == null ? null : rowCodecs.of(table.rows());
    }

    Account.StageCount read() {
        final Map<String, Long> dropped = new LinkedHashMap<>();
        reasons.forEach(reason -> dropped.merge(reason.name(), reason.count(), Long::sum));
        final Map<String, Long> values = new LinkedHashMap<>();
        own.forEach((name, counter) -> values.put(name, counter.get()));
        final long died = dead.get();
        final long droppedInAll =
                dropped.values().stream().mapToLong(Long::longValue).sum();
        final long came = in.get();
        return new Account.StageCount(stage, came, came - droppedInAll - died, dropped, died, values);
    }
}
