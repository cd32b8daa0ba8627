package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of its own for one member, that can be filled: a file system in memory. Needs root. One thread. */
final class SmallDisk implements AutoCloseable {
    private static final int SIZE_MIB = 1_024;
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path directory;
    private final Path filler;

    /** Mounts it. */
    SmallDisk(final Path directory) {
        this.directory = directory;
        filler = directory.resolve("filler");
        try {
            Files.createDirectories(directory);
        } catch (final IOException unwritable) {
            throw new ChaosException(directory + " can't be made: " + unwritable.getMessage(), unwritable);
        }
        SystemCommand.run("mount", "-t", "tmpfs", "-o", "size=" + SIZE_MIB + "m", "pinion", directory.toString());
    }

    /** Whether it can be mounted here. */
    static boolean isPossible() {
        final Path probe;
        try {
            probe = Files.createTempDirectory("pinion-mount");
        } catch (final IOException unwritable) {
            return false;
        }
        final boolean works = SystemCommand.works("mount", "-t", "tmpfs", "-o", "size=1m", "pinion", probe.toString());
        SystemCommand.tryTo("umount", probe.toString());
        SystemCommand.tryTo("rmdir", probe.toString());
        return works;
    }

    boolean isOf(final Path folder) {
        return directory.equals(folder);
    }

    /** Leaves nothing free. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler)) {
            final byte[] block = new byte[BLOCK_BYTES];
            for (int i = 0; i < SIZE_MIB; i++) {
                out.write(block);
            }
        } catch (final IOException full) {
            if (!Files.exists(filler)) {
                throw new ChaosException(filler + " can't be written: " + full.getMessage(), full);
            }
        }
    }

    /** Frees what {@link #fill} took. */
    void relieve() {
        try {
            Files.deleteIfExists(filler);
        } catch (final IOException undeletable) {
            throw new ChaosException(filler + " can't be removed: " + undeletable.getMessage(), undeletable);
        }
    }

    @Override
    public void close() {
        SystemCommand.tryTo("umount", "-l", directory.toString());
    }
}
