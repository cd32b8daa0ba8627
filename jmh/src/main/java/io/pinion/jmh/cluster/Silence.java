package io.pinion.jmh.cluster;

import java.util.List;
import java.util.OptionalLong;

/**
 * A time in which nothing came back. Both are of {@link System#nanoTime}, which all processes of a host share.
 *
 * @param fromNs when the last came.
 * @param toNs   when the next came.
 */
record Silence(long fromNs, long toNs) {
    /**
     * How long nothing was answered after a leader was killed: to the end of the longest silence that ended since. What the
     * leader had sent before may still come in after its death.
     *
     * @param silences in their order.
     * @param killNs   when it was killed.
     * @param untilNs  when the watch ended, or the next was killed.
     * @return empty where there was no silence.
     */
    static OptionalLong gapNs(final List<Silence> silences, final long killNs, final long untilNs) {
        final Silence longest = longest(silences, killNs, untilNs);
        return longest == null ? OptionalLong.empty() : OptionalLong.of(longest.toNs - killNs);
    }

    /**
     * The longest of those that lie in a time, or reach into it.
     *
     * @param silences of any order.
     * @param fromNs   the time's begin.
     * @param untilNs  its end.
     * @return null where there is none.
     */
    static Silence longest(final List<Silence> silences, final long fromNs, final long untilNs) {
        Silence longest = null;
        for (final Silence silence : silences) {
            if (silence.toNs - fromNs > 0
                    && silence.fromNs - untilNs < 0
                    && (longest == null || silence.lengthNs() > longest.lengthNs())) {
                longest = silence;
            }
        }
        return longest;
    }

    long lengthNs() {
        return toNs - fromNs;
    }
}
