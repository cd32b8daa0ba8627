package io.pinion.cluster;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much room a member's disk has. Where there is too little, that is what a person has to know, whatever else was met
 * first: mapped files fail anywhere then, with errors that name other things. Any thread.
 */
final class DiskRoom {
    private final Path directory;
    private final long minFreeBytes;

    /**
     * Makes it.
     *
     * @param directory    whose disk it is.
     * @param minFreeBytes what has to be free there.
     */
    DiskRoom(final Path directory, final long minFreeBytes) {
        this.directory = directory;
        this.minFreeBytes = minFreeBytes;
    }

    /** Why a member can't be there; null when there is room. */
    String shortage() {
        final long freeBytes;
        try {
            freeBytes = Files.getFileStore(directory).getUsableSpace();
        } catch (final IOException e) {
            return "The disk of " + directory + " can't be looked at: " + e + ".";
        }
        return freeBytes >= minFreeBytes
                ? null
                : "The disk of " + directory + " has " + freeBytes + " bytes free, less than the " + minFreeBytes
                        + " that a member needs: free some space, and start it again; the others go on.";
    }

    /** @throws EdgeException when there is too little. */
    void require() {
        final String shortage = shortage();
        if (shortage != null) {
            throw new EdgeException(shortage);
        }
    }

    /** The same end, which tells of the disk where an error is met while it is full. */
    MemberHalt before(final MemberHalt halt) {
        return (sentence, cause) -> {
            final String shortage = cause == null ? null : shortage();
            return shortage == null ? halt.halt(sentence, cause) : halt.halt(shortage, null);
        };
    }
}
