package io.pinion.sidecar;

import java.util.ArrayList;
import java.util.List;

/** Lines in columns, each as wide as it has to be. */
final class Columns {
    private static final String GAP = "  ";

    private final List<String[]> rows = new ArrayList<>();
    private final boolean[] isRight;

    /**
     * Makes one.
     *
     * @param alignment a letter for each column: {@code l} or {@code r}.
     */
    Columns(final String alignment) {
        isRight = new boolean[alignment.length()];
        for (int i = 0; i < isRight.length; i++) {
            isRight[i] = alignment.charAt(i) == 'r';
        }
    }

    Columns row(final String... cells) {
        rows.add(cells);
        return this;
    }

    /** Adds the lines to a text, each with this before it. */
    void appendTo(final StringBuilder text, final String indent) {
        final int[] widths = new int[isRight.length];
        for (final String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (final String[] row : rows) {
            final StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                final String padding = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? "" : GAP).append(isRight[i] ? padding + row[i] : row[i] + padding);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }
}
