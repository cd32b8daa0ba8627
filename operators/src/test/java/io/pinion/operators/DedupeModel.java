package io.pinion.operators;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** What dedupe promises, said as plainly as can be: a list from old to young, and numbers that cannot overflow. */
final class DedupeModel {
    private record Known(Object key, BigInteger first) {}

    private final Retention.Options options;
    private final BigInteger window;
    private final BigInteger lateness;
    private final List<Known> known = new ArrayList<>();
    private BigInteger highest;
    private int evictedEarly;

    DedupeModel(final Retention retention) {
        options = retention.options();
        window = BigInteger.valueOf(options.windowUs());
        lateness = BigInteger.valueOf(options.latenessUs());
    }

    /** What becomes of an event: passed, repeat, late, ahead or keyless. */
    String give(final Object key, final long timeUs, final long logTimeUs) {
        final BigInteger time = BigInteger.valueOf(timeUs);
        if (options.hasWindow()) {
            if (time.subtract(BigInteger.valueOf(logTimeUs)).compareTo(BigInteger.valueOf(options.skewUs())) > 0) {
                return "ahead";
            }
            if (highest != null && time.compareTo(horizon()) < 0) {
                return "late";
            }
            highest = highest == null ? time : highest.max(time);
        }
        return key == null ? "keyless" : compare(key, time);
    }

    private String compare(final Object key, final BigInteger time) {
        for (final Known each : known) {
            if (each.key.equals(key)) {
                final BigInteger apart = time.subtract(each.first);
                final boolean repeat = !options.hasWindow() || apart.abs().compareTo(window) < 0;
                if (repeat && options.refreshing()) {
                    moveToYoungEnd(each, time.max(each.first));
                } else if (!repeat && apart.signum() > 0) {
                    moveToYoungEnd(each, time);
                }
                return repeat ? "repeat" : "passed";
            }
        }
        while (!known.isEmpty() && isExpired(known.get(0))) {
            known.remove(0);
        }
        if (known.size() == options.capacity()) {
            known.remove(0);
            evictedEarly++;
        }
        known.add(new Known(key, time));
        return "passed";
    }

    private void moveToYoungEnd(final Known each, final BigInteger first) {
        known.remove(each);
        known.add(new Known(each.key, first));
    }

    private BigInteger horizon() {
        return highest.subtract(window).subtract(lateness);
    }

    /** No event that is not late can be a repeat of it any more. */
    private boolean isExpired(final Known each) {
        return options.hasWindow() && horizon().subtract(each.first).compareTo(window) >= 0;
    }

    int evictedEarly() {
        return evictedEarly;
    }
}
