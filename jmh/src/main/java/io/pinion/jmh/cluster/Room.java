package io.pinion.jmh.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;

/** Whether the large sizes fit this machine: three logs of ten million events, and as many keys in three memories. */
final class Room {
    private static final long DISK_BYTES = 24L << 30;
    private static final long MEMORY_BYTES = 12L << 30;

    private Room() {}

    /** Says so in the results where they don't. */
    static boolean isFor(final String what, final Workplace place, final Results results) {
        try {
            final long diskBytes = Files.getFileStore(place.folder()).getUsableSpace();
            final long memoryBytes =
                    ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
            if (diskBytes >= DISK_BYTES && memoryBytes >= MEMORY_BYTES) {
                return true;
            }
            results.note(String.format(
                    "Left out, %s: it takes %d GiB of disk at %s and %d GiB of memory, and there are %d and %d.",
                    what, DISK_BYTES >> 30, place.folder(), MEMORY_BYTES >> 30, diskBytes >> 30, memoryBytes >> 30));
            return false;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
