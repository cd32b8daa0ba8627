package io.pinion.sidecar;

import io.pinion.engine.ReferenceTable;
import java.nio.file.Path;

/** Fills a table from a file before it runs; a file that is wrong anywhere is refused whole. */
final class TableLoader {
    private TableLoader() {}

    /**
     * What came of it.
     *
     * @param table its name.
     * @param file  what it was filled from.
     * @param rows  that the file has.
     * @param kept  that the table has now: fewer where several had one key.
     */
    record Loaded(String table, Path file, long rows, int kept) {}

    /**
     * Fills one table, which it opens.
     *
     * @param table       to fill.
     * @param file        see {@link TableFile}.
     * @param maxRowBytes the longest row.
     * @return what came of it.
     * @throws SidecarException with file and line when anything in it is wrong, or when it has no row.
     */
    static <R> Loaded load(final ReferenceTable<R> table, final Path file, final int maxRowBytes) {
        table.open();
        try (TableFile<R> rows = new TableFile<>(table, file, maxRowBytes)) {
            R row = rows.newRow();
            while (rows.next(row)) {
                final String refusal = table.put(row);
                if (refusal != null) {
                    throw rows.refused(refusal);
                }
                row = rows.newRow();
            }
            return new Loaded(table.name(), file, rows.rows(), table.size());
        }
    }
}
