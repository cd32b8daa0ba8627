package io.pinion.operators;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a rate limit promises, said as plainly as can be: keys in the order of their use, and numbers without bounds. */
final class RateLimitModel {
    /** {@code parts} are periods of a token: a token has as many as the period has microseconds. */
    private record Bucket(BigInteger parts, BigInteger atUs) {}

    private final int capacity;
    private final BigInteger token;
    private final BigInteger partsPerUs;
    private final BigInteger full;
    private final Map<Object, Bucket> buckets = new LinkedHashMap<>();
    private int evictedEarly;

    RateLimitModel(final Rate.Limited limit) {
        capacity = limit.capacity();
        token = BigInteger.valueOf(limit.rate().periodUs());
        partsPerUs = BigInteger.valueOf(limit.rate().events());
        full = token.multiply(BigInteger.valueOf(limit.rate().burst()));
    }

    boolean passes(final Object key, final long logTimeUs) {
        final BigInteger now = BigInteger.valueOf(logTimeUs);
        final Bucket known = buckets.remove(key);
        if (known == null && buckets.size() == capacity) {
            final Iterator<Bucket> byUse = buckets.values().iterator();
            evictedEarly += partsIn(byUse.next(), now).equals(full) ? 0 : 1;
            byUse.remove();
        }
        final BigInteger parts = known == null ? full : partsIn(known, now);
        final boolean passes = parts.compareTo(token) >= 0;
        buckets.put(key, new Bucket(passes ? parts.subtract(token) : parts, now));
        return passes;
    }

    private BigInteger partsIn(final Bucket bucket, final BigInteger now) {
        return bucket.parts.add(now.subtract(bucket.atUs).multiply(partsPerUs)).min(full);
    }

    int evictedEarly() {
        return evictedEarly;
    }
}
