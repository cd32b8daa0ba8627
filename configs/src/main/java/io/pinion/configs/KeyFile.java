package io.pinion.configs;

import io.pinion.engine.GraphException;
import io.pinion.operators.PseudonymKeys;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of the secret keys of {@code pseudonymise}; read once, while the graph is built. */
public final class KeyFile {
    private KeyFile() {}

    /**
     * Reads it. Let nobody but the sidecar's user read the file ({@code chmod 600}): with it, pseudonyms can be guessed.
     *
     * @param file lines of a time and a key, see {@link PseudonymKeys}.
     * @return the keys.
     * @throws GraphException when it can't be read, or a line is wrong; it never shows a key.
     */
    public static PseudonymKeys read(final Path file) {
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return PseudonymKeys.read("The key file " + file, reader);
        } catch (final IOException e) {
            throw new GraphException("The key file " + file + " can't be read (" + e + "): give the path of a text file"
                    + " that this user may read.");
        }
    }
}
