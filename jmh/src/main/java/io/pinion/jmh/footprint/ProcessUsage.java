package io.pinion.jmh.footprint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux tells of a process. */
final class ProcessUsage {
    /** Of {@code /proc/PID/stat}; the same on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private final Path proc;

    ProcessUsage(final long pid) {
        proc = Path.of("/proc", String.valueOf(pid));
    }

    /** Whether this system tells. */
    static boolean isTold() {
        return Files.isReadable(Path.of("/proc/self/smaps_rollup"));
    }

    /**
     * Resident memory in MiB. The buffers of an embedded media driver are mapped twice, by the driver and by its client: RSS
     * has their pages twice, the proportional size has them once, as they are.
     */
    double residentMib() {
        final List<String> lines = lines("smaps_rollup");
        return (kib(lines, "Rss") - kib(lines("status"), "RssShmem") + kib(lines, "Pss_Shmem")) / 1024.0;
    }

    /** Processor time of all its threads so far, in seconds. */
    double processorSeconds() {
        final String stat = lines("stat").get(0);
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    static long kib(final List<String> lines, final String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private List<String> lines(final String file) {
        try {
            return Files.readAllLines(proc.resolve(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
