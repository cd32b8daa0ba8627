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
        Silence longest = null;
        for (final Silence silence : silences) {
            if (silence.toNs - killNs > 0
                    && silence.fromNs - untilNs < 0
                    && (longest == null || silence.lengthNs() > longest.lengthNs())) {
                longest = silence;
            }
        }
        return longest == null ? OptionalLong.empty() : OptionalLong.of(longest.toNs - killNs);
    }

    private long lengthNs() {
        return toNs - fromNs;
    }
}
