package io.pinion.operators;

import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A token bucket for each key, on log time. What is in a bucket is counted in parts of a token: a token has as many as the
 * rate's period has microseconds, and each microsecond brings as many as the rate has events. So all is whole numbers, and
 * nothing drifts: in any stretch of time no more pass than burst + rate · stretch.
 *
 * <p>A key without a record has a full bucket. So a full one can be forgotten, and is, at the old end, two with each
 * event; one that is not full and has to go is counted.
 */
final class RateLimit<E> implements Stage<E> {
    /** Each event brings one key at most, so by taking two away forgetting catches up, and never comes in a sweep. */
    private static final int MAX_FORGOTTEN_PER_EVENT = 2;

    private static final int STATE_VERSION = 1;

    /** Of each key: what was in its bucket, and the log time at which it was. */
    private static final int NUMBERS = 2;

    private final String name;
    private final KeyOf<E> keyOf;
    private final Rate.Limited limit;
    private final long partsPerToken;
    private final long partsPerUs;
    private final long full;
    private final OddCase keyless;

    private KeyMemory buckets;
    private DropReason limited;
    private Counter evictedEarly;
    private Counter keys;

    RateLimit(final String name, final KeyOf<E> keyOf, final Rate.Limited limit) {
        this.name = name;
        this.keyOf = keyOf;
        this.limit = limit;
        partsPerToken = limit.rate().periodUs();
        partsPerUs = limit.rate().events();
        full = limit.rate().burst() * partsPerToken;
        keyless = new OddCase(
                "keyless",
                limit.keyless(),
                "The event has no key for the stage \"" + name + "\": each field of its key is empty.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "limit the rate by " + keyOf.describe() + " to " + limit.describe();
    }

    @Override
    public Scope scope() {
        return Scope.KEYED;
    }

    @Override
    public long stateBytes() {
        return KeyMemory.bytesFor(limit.capacity(), keyOf.isWide(), NUMBERS);
    }

    @Override
    public int stateVersion() {
        return STATE_VERSION;
    }

    @Override
    public void open(final StageContext context) {
        limited = context.dropReason("limited");
        if (keyOf.isWide()) {
            keyless.open(context);
        }
        evictedEarly = context.counter("evicted_early");
        keys = context.counter("keys");
        buckets = new KeyMemory(limit.capacity(), keyOf.isWide(), NUMBERS);
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        final boolean hasKey = keyOf.read(event); // first of all: it may throw, and nothing must have changed then
        final long nowUs = slot.logTimeUs();
        forgetFull(nowUs);
        if (!hasKey) {
            keyless.happenedTo(slot);
            return;
        }
        int bucket = buckets.find(keyOf.lo, keyOf.hi);
        long parts = full;
        if (bucket == KeyIndex.NONE) {
            makeRoom(nowUs);
            bucket = buckets.add(keyOf.lo, keyOf.hi, full);
            keys.set(buckets.size());
        } else {
            parts = partsIn(bucket, nowUs);
        }
        if (parts >= partsPerToken) {
            parts -= partsPerToken;
        } else {
            slot.drop(limited);
        }
        buckets.renew(bucket, parts);
        buckets.secondNumber(bucket, nowUs);
    }

    private void forgetFull(final long nowUs) {
        int forgotten = 0;
        while (forgotten < MAX_FORGOTTEN_PER_EVENT && buckets.size() > 0 && partsIn(buckets.oldest(), nowUs) == full) {
            buckets.removeOldest();
            forgotten++;
        }
        if (forgotten > 0) {
            keys.set(buckets.size());
        }
    }

    private void makeRoom(final long nowUs) {
        if (buckets.isFull()) {
            if (partsIn(buckets.oldest(), nowUs) < full) {
                evictedEarly.increment();
            }
            buckets.removeOldest();
        }
    }

    /** What is in a bucket now. Times are subtracted without sign, which is exact; what would overflow is full before. */
    private long partsIn(final int bucket, final long nowUs) {
        final long before = buckets.number(bucket);
        final long beforeUs = buckets.secondNumber(bucket);
        if (nowUs <= beforeUs) {
            return before;
        }
        final long elapsedUs = nowUs - beforeUs;
        final long untilFullUs = (full - before + partsPerUs - 1) / partsPerUs;
        return Long.compareUnsigned(elapsedUs, untilFullUs) >= 0 ? full : before + elapsedUs * partsPerUs;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        out.writeBoolean(keyOf.isWide());
        out.writeLong(partsPerToken);
        buckets.save(out);
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
        final long savedPartsPerToken = in.readLong();
        if (savedPartsPerToken < 1 || savedPartsPerToken > Rate.LONGEST_PERIOD_US) {
            throw new IOException("The saved state of the stage \"" + name + "\" is of a rate per " + savedPartsPerToken
                    + " µs: it is not what this stage saved.");
        }
        buckets.restore(in);
        for (int bucket = 0; bucket < buckets.size(); bucket++) { // a memory that was just restored has no gaps
            buckets.number(bucket, converted(buckets.number(bucket), savedPartsPerToken));
        }
        keys.set(buckets.size());
    }

    /** A bucket of another rate keeps the tokens that were in it, as far as it can hold them. */
    private long converted(final long parts, final long savedPartsPerToken) throws IOException {
        if (parts < 0) {
            throw new IOException("The saved state of the stage \"" + name + "\" has a bucket with " + parts
                    + " parts of a token: it is not what this stage saved.");
        }
        final long tokens = parts / savedPartsPerToken;
        if (tokens >= limit.rate().burst()) {
            return full;
        }
        if (partsPerToken == savedPartsPerToken) {
            return parts;
        }
        return tokens * partsPerToken + parts % savedPartsPerToken * partsPerToken / savedPartsPerToken;
    }
}
