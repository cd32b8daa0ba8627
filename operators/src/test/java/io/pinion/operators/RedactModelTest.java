package io.pinion.operators;

import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.StageHarness;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** Redaction against regular expressions over the bytes of UTF-8, each taken for a character of its own. */
class RedactModelTest {
    private static final String URL_REST = "[^\\x00-\\x20<>\"\\x7f]*[^\\x00-\\x20<>\"\\x7f.,;:!?')\\]}]";
    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://" + URL_REST + "|(?<![A-Za-z0-9@._%+-])[wW]{3}\\." + URL_REST);

    private static final String WORD = "[A-Za-z0-9\\x80-\\xff]";
    private static final String DOMAIN = "[A-Za-z0-9\\x80-\\xff.-]";
    private static final Pattern EMAIL = Pattern.compile("[A-Za-z0-9\\x80-\\xff!#$%&'*+/=?^_`{|}~.-]+@(?=" + DOMAIN
            + "+?\\." + DOMAIN + "*" + WORD + ")" + DOMAIN + "*" + WORD);

    @Property(tries = 3_000)
    void shouldFindTheUrlsThatARegularExpressionFinds(@ForAll("texts") final String text) {
        assertThat(redacted(text, urls())).isEqualTo(replaced(text, URL, "[url]"));
    }

    @Property(tries = 3_000)
    void shouldFindTheAddressesThatARegularExpressionFinds(@ForAll("texts") final String text) {
        assertThat(redacted(text, emails())).isEqualTo(replaced(text, EMAIL, "[email]"));
    }

    @Property(tries = 3_000)
    void shouldFindTheNumbersThatARegularExpressionFinds(
            @ForAll("texts") final String text, @ForAll @IntRange(min = 1, max = 9) final int digits) {
        final Pattern number = Pattern.compile("[+(]*[0-9](?:[ \\-./()]{0,2}[0-9]){" + (digits - 1) + ",}");

        assertThat(redacted(text, numbers(digits))).isEqualTo(replaced(text, number, "[number]"));
    }

    @Property(tries = 3_000)
    void shouldCutToTheLongestTextThatFits(
            @ForAll("texts") final String text, @ForAll @IntRange(max = 40) final int bytes) {
        int codePoints = text.codePointCount(0, text.length());
        while (head(text, codePoints).getBytes(UTF_8).length > bytes) {
            codePoints--;
        }

        assertThat(redacted(text, longerThan(bytes))).isEqualTo(head(text, codePoints));
    }

    @Property(tries = 3_000)
    void shouldTakeUrlsBeforeAddressesBeforeNumbersAndLeaveWellFormedText(@ForAll("texts") final String text) {
        final String expected =
                replaced(replaced(replaced(text, URL, "[url]"), EMAIL, "[email]"), number(5), "[number]");

        assertThat(redacted(text, numbers(5), emails(), urls()))
                .isEqualTo(expected)
                .doesNotContain("\uFFFD");
    }

    private static Pattern number(final int digits) {
        return Pattern.compile("[+(]*[0-9](?:[ \\-./()]{0,2}[0-9]){" + (digits - 1) + ",}");
    }

    /** Of the pieces that URLs, addresses and numbers are made of, shorter than the longest local part there is. */
    @Provide
    Arbitrary<String> texts() {
        final Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(
                        8,
                        Arbitraries.of(
                                "a", "W", "1", "23", "@", ".", "-", " ", ":", "/", "(", ")", "+", "é", "😀", "_", "\"",
                                "]")),
                Tuple.of(2, Arbitraries.of("://", "www.", "http://", "a@b.c", "555-0", ". ", "12345", "\t")));
        return pieces.list().ofMaxSize(14).map(list -> String.join("", list));
    }

    private static String head(final String text, final int codePoints) {
        return text.substring(0, text.offsetByCodePoints(0, codePoints));
    }

    private static String replaced(final String text, final Pattern pattern, final String by) {
        final String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
        return new String(pattern.matcher(bytes).replaceAll(by).getBytes(ISO_8859_1), UTF_8);
    }

    private static String redacted(final String text, final Redaction... redactions) {
        final Thing thing = Thing.of(text);
        StageHarness.of(redact("clean", (Thing event) -> event.text, redactions))
                .give(thing);
        return thing.text.toString();
    }
}
