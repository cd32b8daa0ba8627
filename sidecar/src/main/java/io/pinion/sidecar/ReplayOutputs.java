package io.pinion.sidecar;

import io.pinion.engine.Graph;
import io.pinion.engine.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a replay writes: one for each target, and one for the dead letters. */
final class ReplayOutputs {
    private static final String SUFFIX = ".jsonl";

    private final Map<String, Path> files = new LinkedHashMap<>();

    /**
     * Names them.
     *
     * @param directory where they are to be.
     * @param graph     whose targets they are of.
     */
    ReplayOutputs(final Path directory, final Graph<?> graph) {
        for (final Target target : graph.targets()) {
            files.put(target.name(), directory.resolve(target.name() + SUFFIX));
        }
        files.put(Target.DEAD_LETTERS, directory.resolve(Target.DEAD_LETTERS + SUFFIX));
    }

    Map<String, Path> byTarget() {
        return files;
    }

    Map<String, String> names() {
        final Map<String, String> names = new LinkedHashMap<>();
        files.forEach((target, file) -> names.put(target, file.toString()));
        return names;
    }

    /**
     * Refuses to write over what is there, or over what is read; nothing has been touched then.
     *
     * @param input   what is read, or null for standard input.
     * @param report  the report's file, or null.
     * @param isForce whether to write over other files.
     */
    void requireFree(final Path input, final Path report, final boolean isForce) {
        final List<Path> all = new ArrayList<>(files.values());
        if (report != null) {
            all.add(report);
        }
        final List<Path> existing = all.stream().filter(Files::exists).toList();
        for (final Path file : existing) {
            if (input != null && isSame(file, input)) {
                throw new SidecarException(file + " is read and would be written: name another directory with --out.");
            }
        }
        if (!existing.isEmpty() && !isForce) {
            throw new SidecarException(existing.get(0)
                    + (existing.size() == 1 ? " is" : " and " + Units.of(existing.size() - 1, "other file") + " are")
                    + " there already: name another place, or write over " + (existing.size() == 1 ? "it" : "them")
                    + " with --force.");
        }
    }

    private static boolean isSame(final Path one, final Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (final IOException unknown) {
            return false;
        }
    }
}
