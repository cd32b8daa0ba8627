package io.pinion.sidecar;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pinion.cluster.MemberStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How a member does, in a file that is always whole; for programs. One thread. */
final class StatusFile {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path file;
    private final Path next;

    StatusFile(final Path file) {
        this.file = file;
        next = file.resolveSibling(file.getFileName() + ".new");
    }

    /** Replaces it; where it can't be written, it stays as it was. */
    void write(final MemberStatus status) {
        try {
            Files.writeString(next, MAPPER.writeValueAsString(status) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException unwritable) {
            // A full disk, perhaps, which the member itself tells of; its status is no reason to end it.
        }
    }
}
