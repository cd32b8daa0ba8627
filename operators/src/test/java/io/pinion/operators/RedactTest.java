package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import io.pinion.engine.Text;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see https://a.example/x?y=1#z.          | see [url].",
                "(http://a.example/b)                    | ([url])",
                "HTTP://A and ftp://b                    | [url] and [url]",
                "git+ssh://bob@host/x.git, then          | [url], then",
                "www.example.com/a, WWW.B.c!             | [url], [url]!",
                "<a href=\"https://x.y/\">               | <a href=\"[url]\">",
                "https://例え.jp/パス ok                   | [url] ok",
                "看www.a.b                                | 看[url]",
                "not:// this, nor www. or awww.x, or ://x | not:// this, nor www. or awww.x, or ://x"
            })
    void shouldReplaceUrls(final String text, final String expected) {
        assertThat(redacted(text, urls())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail anna.b+tag@a-b.example.com.        | mail [email].",
                "<anna@x.y>,bert@x.y;o'neil@x.y          | <[email]>,[email];[email]",
                "jürgen@müller.de                        | [email]",
                "a@b@c.d                                 | a@[email]",
                "mailto:anna@x.y-                        | mailto:[email]-",
                "@anna, anna@localhost, a@.b, a @b.c     | @anna, anna@localhost, a@.b, a @b.c"
            })
    void shouldReplaceEmailAddresses(final String text, final String expected) {
        assertThat(redacted(text, emails())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call +49 (30) 901-820 now               | call [number] now",
                "4111 1111 1111 1111, 4111-1111-1111-1111 | [number], [number]",
                "order1234567x                           | order[number]x",
                "123456, 12 34 56, 1-2-3-4-5-6           | 123456, 12 34 56, 1-2-3-4-5-6",
                "(1234567)                               | [number])",
                "1   2   3   4   5   6   7               | 1   2   3   4   5   6   7",
                "2026-11-22                              | [number]"
            })
    void shouldReplaceNumbersOfEnoughDigits(final String text, final String expected) {
        assertThat(redacted(text, numbers(7))).isEqualTo(expected);
    }

    @Test
    void shouldTakeNoMoreThanTheLongestLocalPartAndNoHalfOfACharacter() {
        assertThat(redacted("é".repeat(40) + "@x.y", emails())).isEqualTo("é".repeat(8) + "[email]");
        assertThat(redacted("é".repeat(40) + "a@x.y", emails())).isEqualTo("é".repeat(9) + "[email]");
    }

    @Test
    void shouldLeaveNoHalfOfAnAddressInWhateverOrderTheyAreNamed() {
        final String text = "https://x.y/anna@x.y/12345678 bob12345678@x.y 12345678";

        assertThat(redacted(text, numbers(7), emails(), urls())).isEqualTo("[url] [email] [number]");
        assertThat(redacted(text, longerThan(9), urls(), emails(), numbers(7))).isEqualTo("[url] [em");
        assertThat(redacted("anna@exam.ple", longerThan(9), emails())).isEqualTo("[email]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, ''",
        "1, a",
        "2, a",
        "3, aé",
        "4, aé",
        "5, aé",
        "6, aé€",
        "9, aé€",
        "10, aé€😀",
        "11, aé€😀b",
        "99, aé€😀b"
    })
    void shouldCutBetweenTwoCodePoints(final int bytes, final String expected) {
        assertThat(redacted("aé€😀b", longerThan(bytes))).isEqualTo(expected);
    }

    @Test
    void shouldCountWhatItTookOut() {
        final StageHarness<Thing> harness =
                StageHarness.of(redact("clean", event -> event.text, urls(), emails(), numbers(3), longerThan(15)));
        harness.give(Thing.of("a@b.c d@e.f 123 www.x.y"));
        harness.give(Thing.of("fine"));

        assertThat(harness.counter("url")).isEqualTo(1);
        assertThat(harness.counter("email")).isEqualTo(2);
        assertThat(harness.counter("number")).isEqualTo(1);
        assertThat(harness.counter("cut")).isEqualTo(1);
    }

    @Test
    void shouldNotChangeTheFrameThatATextLooksIntoNorTouchAFineOne() {
        final byte[] frame = "..a@b.c and 1234567.., all is fine".getBytes(StandardCharsets.UTF_8);
        final StageHarness<Thing> harness =
                StageHarness.of(redact("clean", event -> event.text, emails(), numbers(7), longerThan(18)));
        final Thing thing = new Thing();
        thing.text.wrap(frame, 2, 17);
        harness.give(thing);
        final Thing fine = new Thing();
        fine.text.wrap(frame, 23, 11);
        harness.give(fine);

        assertThat(thing.text).hasToString("[email] and [numbe");
        assertThat(new String(frame, StandardCharsets.UTF_8)).isEqualTo("..a@b.c and 1234567.., all is fine");
        assertThat(fine.text.array()).isSameAs(frame);
        assertThat(fine.text).hasToString("all is fine");
    }

    @Test
    void shouldLookAtNothingBeyondTheText() {
        final byte[] frame = "www.x@y.z12345678".getBytes(StandardCharsets.UTF_8);
        final StageHarness<Thing> harness = StageHarness.of(redact("clean", event -> event.text, urls(), emails()));
        final Thing www = new Thing();
        www.text.wrap(frame, 0, 4);
        final Thing domain = new Thing();
        domain.text.wrap(frame, 4, 3);
        harness.give(www);
        harness.give(domain);

        assertThat(www.text).hasToString("www.");
        assertThat(domain.text).hasToString("x@y");
    }

    @Test
    void shouldTakeTimeThatGrowsAsTheTextDoes() {
        for (final String piece :
                new String[] {"a", "@", "a@", "1", "1 ", "(", "://", "a://", "www.", "a.", "é", "+1("}) {
            final Thing thing = new Thing();
            thing.text.set(piece.repeat(200_000)); // were it quadratic, this would take minutes
            assertThat(StageHarness.of(redact("clean", (Thing event) -> event.text, urls(), emails(), numbers(1_000)))
                            .give(thing))
                    .isEqualTo(PASSED);
        }
    }

    @Test
    void shouldMakeAnExceptionADeadLetter() {
        assertThat(StageHarness.of(redact("clean", (Thing event) -> (Text) null, urls()))
                        .give(new Thing()))
                .isEqualTo(DEAD);
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertRefused(() -> numbers(0), "numbers(0) is not possible: use 1 to 1,000 digits.");
        assertRefused(() -> numbers(1_001), "numbers(1,001) is not possible: use 1 to 1,000 digits.");
        assertRefused(() -> longerThan(-1), "longerThan(-1) is not possible: use 0 bytes or more.");
        assertRefused(
                () -> redact("clean", (Thing event) -> event.text),
                "The stage \"clean\" has nothing to redact: name at least one of urls(), emails(), numbers(digits) and"
                        + " longerThan(bytes).");
        assertRefused(
                () -> redact("clean", (Thing event) -> event.text, numbers(7), urls(), numbers(9)),
                "The stage \"clean\" redacts numbers of 7 digits or more, and numbers of 9 digits or more: name each"
                        + " kind once.");
    }

    @Test
    void shouldTellWhatItTakesOut() {
        final Stage<Thing> stage =
                redact("clean", event -> event.text, longerThan(2_000), numbers(7), emails(), urls());

        assertThat(stage.describe())
                .isEqualTo(
                        "redact URLs, e-mail addresses, numbers of 7 digits or more, what is longer than 2,000 bytes");
        assertThat(stage.scope()).isEqualTo(Stage.Scope.STATELESS);
    }

    private static String redacted(final String text, final Redaction... redactions) {
        final Thing thing = Thing.of(text);
        assertThat(StageHarness.of(redact("clean", (Thing event) -> event.text, redactions))
                        .give(thing))
                .isEqualTo(PASSED);
        return thing.text.toString();
    }

    private static void assertRefused(final ThrowingCallable option, final String sentence) {
        assertThatExceptionOfType(GraphException.class).isThrownBy(option).withMessage(sentence);
    }
}
