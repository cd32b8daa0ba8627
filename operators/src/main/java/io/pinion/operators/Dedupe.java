package io.pinion.operators;

import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.Prefetching;
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
final class Dedupe<E> implements Prefetching<E> {
    /** Each event brings one key at most, so by taking two away forgetting catches up, and never comes in a sweep. */
    private static final int MAX_FORGOTTEN_PER_EVENT = 2;

    private static final int STATE_VERSION = 1;

    private final String name;
    private final KeyOf<E> keyOf;
    private final KeysAhead<E> keysAhead;
    private final Retention.Options options;
    private final boolean hasWindow;
    private final long windowUs;
    private final long reachUs;
    private final long keptUs;
    private final long skewUs;
    private final boolean refreshing;
    private final String aheadSentence;
    private final OddCase late;
    private final OddCase keyless;

    private RememberedKeys memory;
    private long highestUs = Long.MIN_VALUE;
    private DropReason repeat;
    private Counter evictedEarly;
    private Counter keys;
    private Counter fillPercent;
    private Counter oldestAgeUs;

    Dedupe(final String name, final KeyOf<E> keyOf, final Retention retention) {
        this.name = name;
        this.keyOf = keyOf;
        keysAhead = new KeysAhead<>(keyOf);
        options = retention.options();
        hasWindow = options.hasWindow();
        windowUs = options.windowUs();
        reachUs = windowUs + options.latenessUs();
        keptUs = reachUs + windowUs;
        skewUs = options.skewUs();
        refreshing = options.refreshing();
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
    public void expect(final E event, final Slot<E> slot) {
        keysAhead.expect(event, slot);
    }

    @Override
    public void prefetch() {
        keysAhead.whole();
        memory.prefetchComing(keysAhead.lo(), keysAhead.count());
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        final boolean hasKey =
                keysAhead.take(event, slot); // first of all: it may throw, and nothing must have changed then
        final long timeUs = slot.eventTimeUs();
        if (hasWindow) {
            if (timeUs > slot.logTimeUs() && isFurther(timeUs - slot.logTimeUs(), skewUs)) {
                slot.deadLetter(aheadSentence);
                return;
            }
            if (timeUs < highestUs && isFurther(highestUs - timeUs, reachUs)) {
                late.happenedTo(slot);
                return;
            }
            highestUs = Math.max(highestUs, timeUs);
            forgetExpired();
        }
        if (hasKey) {
            compare(timeUs, slot);
        } else {
            keyless.happenedTo(slot);
        }
        oldestAgeUs.set(memory.size() == 0 ? 0 : Math.max(0, timeUs - memory.number(memory.oldest())));
    }

    private void compare(final long timeUs, final Slot<E> slot) {
        final int record = memory.find(keyOf.lo, keyOf.hi);
        if (record == RememberedKeys.NONE) {
            remember(timeUs);
            return;
        }
        final long firstUs = memory.number(record);
        if (!hasWindow || isRepeat(timeUs, firstUs)) {
            slot.drop(repeat);
            if (refreshing) {
                memory.renew(record, Math.max(timeUs, firstUs));
            }
        } else if (timeUs > firstUs) {
            memory.renew(record, timeUs);
        }
    }

    private void remember(final long timeUs) {
        final boolean wasFull = memory.isFull();
        if (wasFull) {
            if (!isExpired(memory.oldest())) {
                evictedEarly.increment();
            }
            memory.removeOldest();
        }
        memory.add(keyOf.lo, keyOf.hi, timeUs);
        if (!wasFull) {
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
        return hasWindow && highestUs > firstUs && Long.compareUnsigned(highestUs - firstUs, keptUs) >= 0;
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
        memory.restore(in);
        tellSize();
    }
}
