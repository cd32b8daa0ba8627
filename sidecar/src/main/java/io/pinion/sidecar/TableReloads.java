package io.pinion.sidecar;

import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.TableSwap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** SIGHUP: each table that has a file is swapped for what the file has now. But for {@link #ask}, one thread. */
final class TableReloads {
    static final String NO_FILE =
            "no table has a file that could be read again: name one with --table NAME=FILE at the start";

    private final Map<String, Path> files;
    private final List<ReferenceTable<?>> tables;
    private final int maxRowBytes;
    private final Processor<?> processor;
    private final Consumer<String> tell;
    private final AtomicBoolean asked = new AtomicBoolean();
    private final List<TableSwap> running = new ArrayList<>();

    TableReloads(final Deployment<?> deployment, final Processor<?> processor, final Consumer<String> tell) {
        files = deployment.profile().tables();
        tables = deployment.graph().tables();
        maxRowBytes = deployment.profile().maxFrameBytes();
        this.processor = processor;
        this.tell = tell;
    }

    /** Asks for it. Any thread, a signal's too. */
    void ask() {
        asked.set(true);
    }

    /** Begins what was asked for, and tells of what has ended. */
    void observe() {
        for (final Iterator<TableSwap> swaps = running.iterator(); swaps.hasNext(); ) {
            final TableSwap swap = swaps.next();
            if (swap.isDone()) {
                swaps.remove();
                tell.accept(
                        swap.failure() == null
                                ? "the table \"" + swap.table() + "\" was swapped at position " + swap.position()
                                        + " for the " + Units.of(swap.rows(), "row") + " of " + files.get(swap.table())
                                : "the table \"" + swap.table() + "\" stays as it was: " + swap.failure());
            }
        }
        if (running.isEmpty() && asked.getAndSet(false)) {
            begin();
        }
    }

    private void begin() {
        for (final ReferenceTable<?> table : tables) {
            final Path file = files.get(table.name());
            if (file != null) {
                tell.accept("reading the table \"" + table.name() + "\" from " + file);
                running.add(processor.swap(table.name(), TableFileAdapter.start(table, file, maxRowBytes)));
            }
        }
        if (running.isEmpty()) {
            tell.accept(NO_FILE);
        }
    }
}
