package io.pinion.configs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Real streams in a folder {@code shared/data} beside the checkout; tests that need them are skipped where it is not. */
final class SharedData {
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":(?:\"([^\"]*)\"|([^,}]+))");

    private SharedData() {}

    /** Each line's fields; its values are numbers, booleans and text without escapes. */
    static void forEachLine(final String file, final Consumer<Map<String, String>> consumer) throws IOException {
        try (InputStream bytes = Files.newInputStream(find(file));
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                BufferedReader lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                final Map<String, String> fields = new HashMap<>();
                final Matcher matcher = FIELD.matcher(line);
                while (matcher.find()) {
                    fields.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
                }
                consumer.accept(fields);
            }
        }
    }

    private static Path find(final String file) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null
                && !Files.exists(folder.resolve("shared").resolve("data").resolve(file))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "skipped: there is no shared/data/" + file + " beside the checkout");
        return folder.resolve("shared").resolve("data").resolve(file);
    }
}
