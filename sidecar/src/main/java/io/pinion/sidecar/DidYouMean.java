package io.pinion.sidecar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the name that somebody probably meant. */
final class DidYouMean {
    private DidYouMean() {}

    /**
     * The end of a sentence about a name that is not known.
     *
     * @param typed what was written.
     * @param known what could have been.
     * @return {@code ; did you mean "x"?}, or a full stop when nothing is near.
     */
    static String endOfSentence(final String typed, final Collection<String> known) {
        final String lower = typed.toLowerCase(Locale.ROOT);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= Math.max(1, typed.length() / 3))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse(".");
    }

    /** How many letters must be put in, left out, changed or swapped with their neighbour. */
    private static int distance(final String from, final String to) {
        final int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                final int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1), cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
