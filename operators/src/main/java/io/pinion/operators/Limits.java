package io.pinion.operators;

import io.pinion.engine.GraphException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The bounds of options, and how they and what is within them read. */
final class Limits {
    /** Five longs for each key must fit into one array. */
    static final int MAX_CAPACITY = 1 << 28;

    /** Twice the longest window and the longest lateness can be added up without a thought for overflow. */
    private static final Duration MAX_DURATION = Duration.ofDays(36_525);

    private static final long NS_PER_US = 1_000;

    private Limits() {}

    static int capacity(final int n) {
        if (n < 1 || n > MAX_CAPACITY) {
            throw new GraphException(
                    String.format(Locale.ROOT, "upTo(%,d) is not possible: use 1 to %,d.", n, MAX_CAPACITY));
        }
        return n;
    }

    /** A duration of an option in microseconds. */
    static long microseconds(final String option, final Duration duration, final long leastUs) {
        if (duration.isNegative()
                || duration.compareTo(MAX_DURATION) > 0
                || duration.getNano() % NS_PER_US != 0
                || TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) < leastUs) {
            throw new GraphException(option + "(" + duration + ") is not possible: use whole microseconds, from "
                    + leastUs + " µs to " + MAX_DURATION.toDays() + " days.");
        }
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }

    static String count(final int n, final String what) {
        return String.format(Locale.ROOT, "%,d %s%s", n, what, n == 1 ? "" : "s");
    }

    /** A duration in the largest unit that needs no fraction. */
    static String duration(final long us) {
        final String[] units = {"d", "h", "min", "s", "ms", "µs"};
        final TimeUnit[] sizes = {
            TimeUnit.DAYS,
            TimeUnit.HOURS,
            TimeUnit.MINUTES,
            TimeUnit.SECONDS,
            TimeUnit.MILLISECONDS,
            TimeUnit.MICROSECONDS
        };
        int i = 0;
        while (us % sizes[i].toMicros(1) != 0) {
            i++;
        }
        return us == 0 ? "0 s" : us / sizes[i].toMicros(1) + " " + units[i];
    }
}
