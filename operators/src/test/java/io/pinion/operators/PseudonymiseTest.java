package io.pinion.operators;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static io.pinion.operators.Privacy.pseudonymise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.GraphException;
import io.pinion.engine.Stage;
import io.pinion.engine.StageHarness;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PseudonymiseTest {
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String OTHER_KEY = "ffeeddccbbaa99887766554433221100";
    private static final long ROTATION_US =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-07-01T00:00:00Z"));

    private final PseudonymKeys keys =
            keys("2026-01-01T00:00:00Z " + KEY, "# in the second half", "", "2026-07-01T00:00:00Z\t" + OTHER_KEY);

    /** Told by {@code printf anna | openssl mac -macopt hexkey:… -macopt size:16 SIPHASH}. */
    @Test
    void shouldGiveWhatAnyOtherImplementationOfTheHashGives() {
        final Thing thing = Thing.of("anna");
        thing.id = 42;
        final StageHarness<Thing> texts = StageHarness.of(pseudonymise("hide", keys, event -> event.text));
        final StageHarness<Thing> numbers =
                StageHarness.of(pseudonymise("hide", keys, event -> event.id, (event, id) -> event.id = id));

        assertThat(texts.give(thing, ROTATION_US - 1)).isEqualTo(PASSED);
        assertThat(numbers.give(thing, ROTATION_US - 1)).isEqualTo(PASSED);
        assertThat(thing.text).hasToString("233ef211e330ed34cd1dc71e3db37d56");
        assertThat(thing.id)
                .isEqualTo(ByteBuffer.wrap(HexFormat.of().parseHex("3039afd2e771572f"))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong());
    }

    @Property(tries = 200)
    void shouldGiveTheHashUnderTheKeyThatHoldsThen(
            @ForAll @Size(min = 1, max = 5) @UniqueElements final List<@LongRange(min = 0, max = 60) Long> seconds,
            @ForAll @Size(max = 20) final List<@LongRange(min = 0, max = 70) Long> steps,
            @ForAll @Size(max = 30) final List<String> users)
            throws IOException {
        final TreeMap<Long, String> plain = new TreeMap<>();
        for (final long second : seconds) {
            plain.put(
                    second, HexFormat.of().toHexDigits(second) + HexFormat.of().toHexDigits(~second));
        }
        final StringBuilder file = new StringBuilder();
        plain.forEach((second, key) -> file.append(Instant.ofEpochSecond(second))
                .append(' ')
                .append(key)
                .append('\n'));
        final PseudonymKeys many = PseudonymKeys.read("a test", new StringReader(file.toString()));
        final StageHarness<Thing> harness =
                StageHarness.of(pseudonymise("hide", many, event -> event.text, event -> event.other));
        long second = 0;
        for (int i = 0; i < Math.min(steps.size(), users.size()); i++) {
            second += steps.get(i) / 10;
            final Thing thing = Thing.of(users.get(i)).other("");
            final String user = thing.text.toString();
            final Map.Entry<Long, String> holds = plain.floorEntry(second);

            assertThat(harness.give(thing, second * 1_000_000)).isEqualTo(holds == null ? DEAD : PASSED);
            assertThat(thing.other.isEmpty()).isTrue();
            assertThat(thing.text)
                    .hasToString(holds == null || user.isEmpty() ? user : sipHash(holds.getValue(), user));
        }
    }

    private static String sipHash(final String key, final String text) {
        final ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(key)).order(ByteOrder.LITTLE_ENDIAN);
        final SipHash128 hash = new SipHash128();
        hash.reset(bytes.getLong(), bytes.getLong());
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        hash.bytes(utf8, 0, utf8.length);
        bytes.clear().putLong(hash.lo()).putLong(hash.hi());
        return HexFormat.of().formatHex(bytes.array());
    }

    @Test
    void shouldChangeKeysExactlyAtTheirTime() {
        final StageHarness<Thing> harness = StageHarness.of(pseudonymise("hide", keys, event -> event.text));
        final Map<Long, String> pseudonyms = new HashMap<>();
        for (final long us : new long[] {ROTATION_US - 1_000_000, ROTATION_US - 1, ROTATION_US, ROTATION_US + 1}) {
            final Thing thing = Thing.of("anna");
            harness.give(thing, us);
            pseudonyms.put(us, thing.text.toString());
        }

        assertThat(pseudonyms.get(ROTATION_US - 1)).isEqualTo(pseudonyms.get(ROTATION_US - 1_000_000));
        assertThat(pseudonyms.get(ROTATION_US)).isNotEqualTo(pseudonyms.get(ROTATION_US - 1));
        assertThat(pseudonyms.get(ROTATION_US + 1)).isEqualTo(pseudonyms.get(ROTATION_US));
    }

    @Test
    void shouldLetNothingLeaveInClearBeforeTheFirstKey() {
        final StageHarness<Thing> harness = StageHarness.of(pseudonymise("hide", keys, event -> event.text));

        assertThat(harness.give(Thing.of("anna"), 0)).isEqualTo(DEAD);
        assertThat(harness.reason())
                .isEqualTo("The log's time is before that of the first key of the stage \"hide\", of 2 keys from"
                        + " keys.txt.");
    }

    @Test
    void shouldLeaveAnEmptyTextEmptyAndHashTheNumberZero() {
        final Thing thing = new Thing();
        StageHarness.of(pseudonymise("hide", keys, (Thing event) -> event.text)).give(thing, ROTATION_US);
        StageHarness.of(pseudonymise("hide", keys, (Thing event) -> event.id, (event, id) -> event.id = id))
                .give(thing, ROTATION_US);

        assertThat(thing.text.isEmpty()).isTrue();
        assertThat(thing.id).isNotZero();
    }

    @Test
    void shouldNotChangeTheFrameThatATextLooksInto() {
        final byte[] frame = "..anna..".getBytes(StandardCharsets.UTF_8);
        final Thing thing = Thing.of("anna");
        final Thing looking = new Thing();
        looking.text.wrap(frame, 2, 4);
        final StageHarness<Thing> harness = StageHarness.of(pseudonymise("hide", keys, event -> event.text));
        harness.give(thing, ROTATION_US);
        harness.give(looking, ROTATION_US);

        assertThat(looking.text).isEqualTo(thing.text);
        assertThat(new String(frame, StandardCharsets.UTF_8)).isEqualTo("..anna..");
    }

    @Test
    void shouldChangeNoFieldWhenTheFunctionOfAnyThrows() {
        final StageHarness<Thing> harness = StageHarness.of(pseudonymise("hide", keys, event -> event.text, event -> {
            throw new IllegalStateException("from the user's function");
        }));
        final Thing thing = Thing.of("anna");

        assertThat(harness.give(thing, ROTATION_US)).isEqualTo(DEAD);
        assertThat(thing.text).hasToString("anna");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01T00:00:00Z                    | is not a time, white space, and a key.",
                "2026-01-01T00:00:00Z KEY more           | is not a time, white space, and a key.",
                "2026-01-01 KEY                          | does not begin with a time such as 2026-01-01T00:00:00Z.",
                "+999999999-01-01T00:00:00Z KEY          | does not begin with a time such as 2026-01-01T00:00:00Z.",
                "2026-01-01T00:00:00.0000001Z KEY        | has a time with a fraction of a microsecond.",
                "2026-01-01T00:00:00Z KEYff              | has a key that is not 32 hexadecimal digits.",
                "2026-01-01T00:00:00Z 0x112233445566778899aabbccddeeff | has a key that is not 32 hexadecimal digits.",
                "2025-01-01T00:00:00Z OTHER              | holds from a time that is not after that of the key before it.",
                "2025-06-01T00:00:00Z OTHER              | holds from a time that is not after that of the key before it.",
                "2026-01-01T00:00:00Z FIRST              | has a key that an earlier line has: make a new one."
            })
    void shouldRefuseAWrongLineWithoutTellingTheKey(final String line, final String why) {
        final String first = "ab".repeat(16);
        final String second = line.replace("KEY", KEY)
                .replace("OTHER", OTHER_KEY)
                .replace("FIRST", first)
                .strip();

        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> keys("# keys", "2025-06-01T00:00:00Z " + first, second))
                .withMessage("keys.txt, line 3, " + why);
    }

    @Test
    void shouldRefuseAFileWithoutAKeyAndAStageWithoutAField() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> keys("# nothing", ""))
                .withMessage("keys.txt has no key: give each a line such as \"2026-01-01T00:00:00Z\", a space, and 32"
                        + " hexadecimal digits.");
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> Privacy.<Thing>pseudonymise("hide", keys))
                .withMessage("The stage \"hide\" has no field to pseudonymise: name at least one, as event ->"
                        + " event.user.");
    }

    @Test
    void shouldTellNoKey() {
        final Stage<Thing> stage = pseudonymise("hide", keys, event -> event.text);

        assertThat(keys).hasToString("2 keys from keys.txt");
        assertThat(stage.describe()).isEqualTo("pseudonymise, 2 keys from keys.txt");
        assertThat(stage.scope()).isEqualTo(Stage.Scope.STATELESS);
    }

    private static PseudonymKeys keys(final String... lines) {
        try {
            return PseudonymKeys.read("keys.txt", new StringReader(String.join("\n", lines)));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }
}
