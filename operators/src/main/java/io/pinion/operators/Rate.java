package io.pinion.operators;

import io.pinion.engine.GraphException;
import java.util.Locale;
import java.util.Objects;

/**
 * How many events of a key pass: a bucket that holds so many tokens, is refilled at a steady rate, and gives one to each
 * event that passes. It waits for its capacity. Immutable: each option gives another one. Begun by {@link
 * Operators#perSecond}, {@link Operators#perMinute} or {@link Operators#perHour}.
 */
public final class Rate {
    /** A bucket's content in units of 1 / period of a token fits into a long: 10⁹ · 3.6 · 10⁹. */
    private static final int MAX = 1_000_000_000;

    static final long LONGEST_PERIOD_US = 3_600_000_000L;

    private final String words;
    private final int events;
    private final long periodUs;
    private final int burst;

    private Rate(final String words, final int events, final long periodUs, final int burst) {
        this.words = words;
        this.events = events;
        this.periodUs = periodUs;
        this.burst = burst;
    }

    static Rate of(final String word, final String unit, final int events, final long periodUs) {
        return new Rate(String.format(Locale.ROOT, "%,d a %s", count(word, events), unit), events, periodUs, events);
    }

    private static int count(final String option, final int n) {
        if (n < 1 || n > MAX) {
            throw new GraphException(
                    String.format(Locale.ROOT, "%s(%,d) is not possible: use 1 to %,d.", option, n, MAX));
        }
        return n;
    }

    /**
     * How many events may pass at once after a rest: what the bucket holds, and begins with.
     *
     * @param n as many as in the rate unless this says otherwise; 1 to 1,000,000,000.
     * @return another one.
     * @throws GraphException when it is out of bounds.
     */
    public Rate burst(final int n) {
        return new Rate(words, events, periodUs, count("burst", n));
    }

    /**
     * How many keys have a bucket at most: this decides on the memory, all of it taken at start. When one more comes, the
     * key used longest ago is evicted, and would begin anew with a full bucket.
     *
     * @param keys 1 to 268,435,456; a good choice is how many keys come while a bucket fills up.
     * @return the limit, to which options can be added.
     * @throws GraphException when it is out of bounds.
     */
    public Limited upTo(final int keys) {
        return new Limited(this, Limits.capacity(keys), Otherwise.PASS);
    }

    int events() {
        return events;
    }

    long periodUs() {
        return periodUs;
    }

    int burst() {
        return burst;
    }

    /** A rate for so many keys. Made by {@link Rate#upTo}. Immutable. */
    public static final class Limited {
        private final Rate rate;
        private final int capacity;
        private final Otherwise keyless;

        private Limited(final Rate rate, final int capacity, final Otherwise keyless) {
            this.rate = rate;
            this.capacity = capacity;
            this.keyless = keyless;
        }

        /**
         * What becomes of an event without a key: one whose key has only fields of text or bytes, all of them empty.
         *
         * @param otherwise it passes unless this says otherwise.
         * @return another one.
         */
        public Limited keyless(final Otherwise otherwise) {
            return new Limited(rate, capacity, Objects.requireNonNull(otherwise, "otherwise"));
        }

        Rate rate() {
            return rate;
        }

        int capacity() {
            return capacity;
        }

        Otherwise keyless() {
            return keyless;
        }

        String describe() {
            return String.format(
                    Locale.ROOT, "%s, burst %,d, up to %s", rate.words, rate.burst, Limits.count(capacity, "key"));
        }
    }
}
