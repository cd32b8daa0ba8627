package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No case is forgotten: each in {@code shared/cases/operators.jsonl}, beside the checkout, is named by a test here. */
class CasesAreAllNamedTest {
    private static final Pattern ID = Pattern.compile("^\\{\"id\": *\"([^\"]+)\"");

    @Test
    void shouldNameEachCaseInATest() throws IOException {
        final StringBuilder tests = new StringBuilder();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (final Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                tests.append(Files.readString(source));
            }
        }
        final List<String> ids = Files.readAllLines(findCases()).stream()
                .map(CasesAreAllNamedTest::idOf)
                .toList();

        assertThat(ids).isNotEmpty().allMatch(id -> Pattern.compile("(?s)@DisplayName\\(\\s*\"" + id + " ")
                .matcher(tests)
                .find());
    }

    private static String idOf(final String line) {
        final Matcher matcher = ID.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private static Path findCases() {
        final Path cases = Path.of("shared", "cases", "operators.jsonl");
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(cases))) {
            folder = folder.getParent();
        }
        assumeTrue(folder != null, "skipped: there is no " + cases + " beside the checkout");
        return folder.resolve(cases);
    }
}
