package io.pinion.operators;

import io.pinion.engine.BatchStage;
import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Keeps the first event of each key.
 *
 * <pre>
 *               horizon                          highest event time seen
 *   ── late ──────┤◀── lateness ──▶◀── window ──▶┤◀ … log time + skew ▶├── dead letter ──▶
 * </pre>
 *
 * <p>An event that is not late can repeat one that is older than the horizon by less than the window: so long a key is
 * kept. Differences of times are taken without sign, which is exact for any two of them.
 */
final class Dedupe<E> implements BatchStage<E> {
    /** Each event brings one key at most, so by taking two away forgetting catches up, and never comes in a sweep. */
    private static final int MAX_FORGOTTEN_PER_EVENT = 2;

    private static final int STATE_VERSION = 1;

    /** What becomes of an event. */
    private static final int PASSES = 0;

    private static final int REPEAT = 1;
    private static final int LATE = 2;
    private static final int KEYLESS = 3;

    private final String name;
    private final KeyOf<E> keyOf;
    private final Gathered<E> gathered;
    private final Retention.Options options;
    private final boolean hasWindow;
    private final long windowUs;
    private final long reachUs;
    private final long keptUs;
    private final long skewUs;
    private final boolean refreshing;
    private final boolean isFar;
    private final String aheadSentence;
    private final OddCase late;
    private final OddCase keyless;

    private RememberedKeys memory;
    private long highestUs = Long.MIN_VALUE;
    private long lastUs;
    /** How many keys of a run had to go too early. */
    private int early;

    private DropReason repeat;
    private Counter evictedEarly;
    private Counter keys;
    private Counter fillPercent;
    private Counter oldestAgeUs;

    Dedupe(final String name, final KeyOf<E> keyOf, final Retention retention) {
        this.name = name;
        this.keyOf = keyOf;
        gathered = new Gathered<>(keyOf);
        options = retention.options();
        hasWindow = options.hasWindow();
        windowUs = options.windowUs();
        reachUs = windowUs + options.latenessUs();
        keptUs = reachUs + windowUs;
        skewUs = options.skewUs();
        refreshing = options.refreshing();
        isFar = stateBytes() > KeyIndex.NEAR_BYTES;
        aheadSentence = "The event's time is further ahead of the log's than " + Limits.duration(skewUs)
                + ", the skew that the stage \"" + name + "\" allows.";
        late = new OddCase(
                "late",
                options.late(),
                "The event's time is more than " + Limits.duration(reachUs) + ", the window and the lateness that the"
                        + " stage \"" + name + "\" allows, behind the highest it has seen.");
        keyless = new OddCase(
                "keyless",
                options.keyless(),
                "The event has no key for the stage \"" + name + "\": each field of its key is empty.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "dedupe by " + keyOf.describe() + ", " + options.describe();
    }

    @Override
    public Scope scope() {
        return Scope.KEYED;
    }

    @Override
    public long stateBytes() {
        return refreshing
                ? KeyMemory.bytesFor(options.capacity(), keyOf.isWide(), 1)
                : KeyLog.bytesFor(options.capacity(), keyOf.isWide());
    }

    @Override
    public int stateVersion() {
        return STATE_VERSION;
    }

    @Override
    public void open(final StageContext context) {
        repeat = context.dropReason("repeat");
        if (hasWindow) {
            late.open(context);
        }
        if (keyOf.isWide()) {
            keyless.open(context);
        }
        evictedEarly = context.counter("evicted_early");
        keys = context.counter("keys");
        fillPercent = context.counter("fill_percent");
        oldestAgeUs = context.counter("oldest_age_us");
        memory = refreshing // each repeat renews its key then
                ? new KeyMemory(options.capacity(), keyOf.isWide(), 1)
                : new KeyLog(options.capacity(), keyOf.isWide());
    }

    @Override
    public void prefetch(final E event) {
        if (isFar && !keyOf.isWide()) { // several fields would have to be hashed, which takes as long as to wait
            keyOf.read(event);
            memory.prefetchFor(keyOf.lo);
        }
    }

    @Override
    public void gather(final E event, final Slot<E> slot) {
        final boolean hasKey = keyOf.read(event);
        final long eventTimeUs = slot.eventTimeUs();
        if (hasWindow && eventTimeUs > slot.logTimeUs() && isFurther(eventTimeUs - slot.logTimeUs(), skewUs)) {
            slot.deadLetter(aheadSentence);
        } else {
            gathered.add(hasKey, eventTimeUs);
        }
    }

    @Override
    public void decide() {
        final int count = gathered.decided();
        if (isFar && count > 1) {
            memory.prefetchComing(gathered.lo, count);
        }
        for (int i = 0; i < count; i++) {
            gathered.outcomes[i] =
                    outcome(gathered.isKeyless(i), gathered.lo[i], gathered.hi[i], gathered.eventTimeUs[i]);
        }
        if (early > 0) {
            evictedEarly.add(early);
            early = 0;
        }
        oldestAgeUs.set(memory.size() == 0 ? 0 : Math.max(0, lastUs - memory.number(memory.oldest())));
    }

    private int outcome(final boolean isKeyless, final long lo, final long hi, final long timeUs) {
        if (hasWindow) {
            if (timeUs < highestUs && isFurther(highestUs - timeUs, reachUs)) {
                return LATE;
            }
            highestUs = Math.max(highestUs, timeUs);
            forgetExpired();
        }
        lastUs = timeUs;
        return isKeyless ? KEYLESS : compare(lo, hi, timeUs);
    }

    private int compare(final long lo, final long hi, final long timeUs) {
        final int record = memory.find(lo, hi);
        if (record == RememberedKeys.NONE) {
            remember(lo, hi, timeUs);
            return PASSES;
        }
        final long firstUs = memory.number(record);
        if (!hasWindow || isRepeat(timeUs, firstUs)) {
            if (refreshing) {
                memory.renew(record, Math.max(timeUs, firstUs));
            }
            return REPEAT;
        }
        if (timeUs > firstUs) {
            memory.renew(record, timeUs);
        }
        return PASSES;
    }

    @Override
    public void apply(final E event, final Slot<E> slot) {
        final int outcome = gathered.next();
        if (outcome == PASSES) {
            return;
        }
        switch (outcome) {
            case REPEAT -> slot.drop(repeat);
            case LATE -> late.happenedTo(slot);
            default -> keyless.happenedTo(slot);
        }
    }

    private void remember(final long lo, final long hi, final long timeUs) {
        if (memory.isFull()) {
            early++; // what is expired was forgotten just now, and there would be room
            memory.addInsteadOfOldest(lo, hi, timeUs);
        } else {
            memory.add(lo, hi, timeUs);
            tellSize();
        }
    }

    private void tellSize() {
        keys.set(memory.size());
        fillPercent.set(memory.size() * 100L / options.capacity());
    }

    private void forgetExpired() {
        int forgotten = 0;
        while (forgotten < MAX_FORGOTTEN_PER_EVENT && memory.size() > 0 && isExpired(memory.oldest())) {
            memory.removeOldest();
            forgotten++;
        }
        if (forgotten > 0) {
            tellSize();
        }
    }

    private boolean isRepeat(final long timeUs, final long firstUs) {
        final long apartUs = timeUs > firstUs ? timeUs - firstUs : firstUs - timeUs;
        return Long.compareUnsigned(apartUs, windowUs) < 0;
    }

    private boolean isExpired(final int record) {
        final long firstUs = memory.number(record);
        return highestUs > firstUs && Long.compareUnsigned(highestUs - firstUs, keptUs) >= 0;
    }

    private static boolean isFurther(final long apartUs, final long limitUs) {
        return Long.compareUnsigned(apartUs, limitUs) > 0;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeBoolean(keyOf.isWide());
        out.writeLong(highestUs);
        memory.save(out);
    }

    @Override
    public void restore(final DataInput in, final int version) throws IOException {
        if (version != STATE_VERSION) {
            throw new IOException("The stage \"" + name + "\" reads state of version " + STATE_VERSION
                    + ", and this is of version " + version + ".");
        }
        if (in.readBoolean() != keyOf.isWide()) {
            throw new IOException("The stage \"" + name + "\" is by " + keyOf.describe()
                    + ", and its saved state by another kind: let it start without that state.");
        }
        highestUs = in.readLong();
        lastUs = highestUs;
        memory.restore(in);
        tellSize();
    }
}
