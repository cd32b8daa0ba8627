package io.pinion.file;

import java.time.Duration;

/**
 * How much of a file of lines is kept, and for how long: when either is reached the oldest lines are removed, many at a time,
 * and counted. Immutable.
 *
 * @param maxBytes at most so many, all its earlier parts included; the newest three quarters of them at least.
 *                 {@link Long#MAX_VALUE} for no bound.
 * @param keepFor  lines go before they are older, and not before they are three quarters as old; null to keep them however old
 *                 they are. By the wall clock: one that is set forward by months makes lines old.
 */
public record Retention(long maxBytes, Duration keepFor) {
    /** In so many parts a full file is removed, by its size or its age. */
    static final int PARTS = 16;

    private static final long MAX_DAYS = 36_525;

    /** Refuses what can't be kept to. */
    public Retention {
        if (maxBytes < PARTS) {
            throw new IllegalArgumentException(
                    "a file can't be kept to " + maxBytes + " bytes: allow " + PARTS + " or more.");
        }
        if (keepFor != null && (keepFor.toSeconds() < PARTS || keepFor.toDays() > MAX_DAYS)) {
            throw new IllegalArgumentException(
                    "lines can't be kept for " + keepFor + ": allow from " + PARTS + " s to " + MAX_DAYS + " days.");
        }
    }

    long partBytes() {
        return maxBytes / PARTS;
    }

    /** How long lines are added to one part; 0 where age does not matter. */
    long partMs() {
        return keepFor == null ? 0 : keepFor.toMillis() / PARTS;
    }
}
