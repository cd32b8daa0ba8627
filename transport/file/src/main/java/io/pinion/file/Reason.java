package io.pinion.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in the operating system's words; some exceptions only carry the file's name. */
final class Reason {
    private Reason() {}

    static String of(final IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileSystemException inFileSystem && inFileSystem.getReason() != null) {
            return inFileSystem.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Whether room on the disk would help. */
    static boolean isFull(final IOException e) {
        final String reason = of(e);
        return reason.startsWith("No space left") || reason.startsWith("Disk quota exceeded");
    }
}
