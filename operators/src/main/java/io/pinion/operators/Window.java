package io.pinion.operators;

import java.time.Duration;

/**
 * A time for which dedupe remembers a key, and how many keys at most. Made by {@link Operators#within}.
 *
 * <p>Time is the event's own where the graph declares one, else the log's.
 */
public final class Window extends Retention {
    /**
     * More than the clocks of producers differ by where anybody looks after them, and what Kerberos tolerates. A larger
     * one would let a single wrong clock carry the horizon so far ahead that dedupe lets everybody else's repeats pass
     * for as long.
     */
    private static final Duration DEFAULT_SKEW = Duration.ofMinutes(5);

    private Window(final Options options) {
        super(options);
    }

    /** A window that waits for its capacity. Made by {@link Operators#within}. */
    public static final class Within {
        private final long windowUs;

        Within(final Duration window) {
            windowUs = Limits.microseconds("within", window, 1);
        }

        /**
         * How many keys are remembered at most: this decides on the memory, all of it taken at start. When one more
         * comes, the key first seen longest ago is evicted, and a repeat of it may pass.
         *
         * @param n 1 to 268,435,456; a good choice is the number of different keys to be expected in twice the window.
         * @return the retention, to which options can be added.
         * @throws io.pinion.engine.GraphException when it is out of bounds.
         */
        public Window upTo(final int n) {
            return new Window(new Options(
                    Limits.capacity(n),
                    windowUs,
                    0,
                    DEFAULT_SKEW.toSeconds() * 1_000_000,
                    Otherwise.PASS,
                    Otherwise.PASS,
                    false));
        }
    }

    /**
     * How long before the window's reach an event may still come and be compared. The horizon is the highest event time
     * that the stage has seen − window − lateness; what is older is late. Keys are kept accordingly longer.
     *
     * @param lateness 0 unless this says otherwise; whole microseconds.
     * @return another one.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public Window allowedLateness(final Duration lateness) {
        return new Window(options().lateness(Limits.microseconds("allowedLateness", lateness, 0)));
    }

    /**
     * How far ahead of the log's time an event's own may be. One that is further ahead is a dead letter, for it would
     * make all others late.
     *
     * @param skew 5 minutes unless this says otherwise; whole microseconds.
     * @return another one.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public Window skew(final Duration skew) {
        return new Window(options().skew(Limits.microseconds("skew", skew, 0)));
    }

    /**
     * What becomes of an event that is older than the horizon. It is never remembered.
     *
     * @param otherwise it passes unless this says otherwise.
     * @return another one.
     */
    public Window late(final Otherwise otherwise) {
        return new Window(options().late(chosen(otherwise)));
    }

    @Override
    public Window keyless(final Otherwise otherwise) {
        return new Window(options().keyless(chosen(otherwise)));
    }

    @Override
    public Window refreshing() {
        return new Window(options().toRefresh());
    }
}
