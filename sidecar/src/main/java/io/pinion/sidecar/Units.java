package io.pinion.sidecar;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and times as people write and read them. */
final class Units {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*([kmg]?)(i?b)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\s*(ns|us|ms|s|m|min|h|d)");
    private static final List<String> BINARY = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Units() {}

    /**
     * Reads a size.
     *
     * @return bytes, or -1 when it is none.
     */
    static long bytes(final String text) {
        final Matcher size = SIZE.matcher(text.trim());
        if (!size.matches()) {
            return -1;
        }
        final int shift =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "k" -> 10;
                    case "m" -> 20;
                    case "g" -> 30;
                    default -> 0;
                };
        final long number = Long.parseLong(size.group(1));
        return number > Long.MAX_VALUE >> shift ? -1 : number << shift;
    }

    /**
     * Reads a time span.
     *
     * @return the span, or null when it is none.
     */
    static Duration duration(final String text) {
        final Matcher time = TIME.matcher(text.trim());
        if (!time.matches()) {
            return null;
        }
        final long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ns" -> Duration.ofNanos(number);
            case "us" -> Duration.ofNanos(Math.multiplyExact(number, 1_000));
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMinutes(number);
        };
    }

    /** With a comma each three digits. The formatter, which knows each place's customs, would be a twentieth of a start. */
    static String count(final long number) {
        final StringBuilder text = new StringBuilder(Long.toString(number));
        final int first = number < 0 ? 1 : 0;
        for (int at = text.length() - 3; at > first; at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    static String sizeOf(final long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < BINARY.size() - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, size < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", size, BINARY.get(unit));
    }

    static String seconds(final long ns) {
        final double seconds = ns / 1e9;
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }

    static String rate(final long events, final long ns) {
        return String.format(Locale.ROOT, "%,.0f/s", ns == 0 ? 0 : events * 1e9 / ns);
    }

    static String micros(final long ns) {
        return String.format(Locale.ROOT, ns < 100_000 ? "%,.1f" : "%,.0f", ns / 1e3);
    }

    static String durationOf(final Duration duration) {
        if (duration.equals(Duration.ofDays(duration.toDays())) && !duration.isZero()) {
            return of(duration.toDays(), "day");
        }
        final long ms = duration.toMillis();
        return ms % 1000 == 0 ? ms / 1000 + " s" : ms + " ms";
    }

    /**
     * One or many.
     *
     * @return such as {@code 1 event} or {@code 2,000 events}.
     */
    static String of(final long number, final String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }
}
