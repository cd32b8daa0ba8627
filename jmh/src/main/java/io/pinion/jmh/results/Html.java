package io.pinion.jmh.results;

import java.util.Locale;

/** Words and numbers as a page has them. */
final class Html {
    private Html() {}

    static String escaped(final String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Nanoseconds for people. */
    static String time(final double ns) {
        if (ns >= 1e9) {
            return number(ns / 1e9) + " s";
        }
        if (ns >= 1e6) {
            return number(ns / 1e6) + " ms";
        }
        return ns >= 1e3 ? number(ns / 1e3) + " µs" : number(ns) + " ns";
    }

    /** Counts for people. */
    static String count(final double value) {
        if (value >= 1e6) {
            return number(value / 1e6) + " M";
        }
        return value >= 1e3 ? number(value / 1e3) + "k" : number(value);
    }

    /** Three digits at least where there are, and none that mean nothing. */
    static String number(final double value) {
        final double size = Math.abs(value);
        if (size == Math.rint(size) && size < 1e6 || size >= 100) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
