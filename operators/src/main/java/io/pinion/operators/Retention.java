package io.pinion.operators;

import java.util.Objects;

/**
 * How much dedupe remembers, for how long, and what it does with events that it can't compare. Immutable: each option
 * gives another one. Begun by {@link Operators#within} or {@link Operators#upTo}.
 */
public abstract sealed class Retention permits Capacity, Window {
    /**
     * All that can be chosen; {@code windowUs} is 0 where there is no window.
     */
    record Options(
            int capacity,
            long windowUs,
            long latenessUs,
            long skewUs,
            Otherwise late,
            Otherwise keyless,
            boolean refreshing) {
        Options lateness(final long us) {
            return new Options(capacity, windowUs, us, skewUs, late, keyless, refreshing);
        }

        Options skew(final long us) {
            return new Options(capacity, windowUs, latenessUs, us, late, keyless, refreshing);
        }

        Options late(final Otherwise otherwise) {
            return new Options(capacity, windowUs, latenessUs, skewUs, otherwise, keyless, refreshing);
        }

        Options keyless(final Otherwise otherwise) {
            return new Options(capacity, windowUs, latenessUs, skewUs, late, otherwise, refreshing);
        }

        Options toRefresh() {
            return new Options(capacity, windowUs, latenessUs, skewUs, late, keyless, true);
        }

        boolean hasWindow() {
            return windowUs > 0;
        }

        String describe() {
            return (hasWindow() ? "within " + Limits.duration(windowUs) + ", " : "") + "up to "
                    + Limits.count(capacity, "key") + (refreshing ? ", refreshing" : "");
        }
    }

    private final Options options;

    Retention(final Options options) {
        this.options = options;
    }

    Options options() {
        return options;
    }

    /**
     * What becomes of an event without a key: one whose key has only fields of text or bytes, all of them empty.
     *
     * @param otherwise it passes unless this says otherwise.
     * @return another one.
     */
    public abstract Retention keyless(Otherwise otherwise);

    /**
     * Each repeat counts as the first from then on: it extends the window, and saves its key from being the next to be
     * evicted.
     *
     * @return another one.
     */
    public abstract Retention refreshing();

    static Otherwise chosen(final Otherwise otherwise) {
        return Objects.requireNonNull(otherwise, "otherwise");
    }
}
