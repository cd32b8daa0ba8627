package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class KeyTest {
    private enum Colour {
        RED,
        DARK_GREEN
    }

    private enum ColourOfANewerVersion {
        DARK_GREEN,
        BLUE,
        RED
    }

    private static final Text NOTHING = new Text();

    @Test
    void shouldTellWhereOneFieldEndsAndTheNextBegins() {
        assertThat(key(k -> k.add(text("ab")).add(text("c"))))
                .isNotEqualTo(key(k -> k.add(text("a")).add(text("bc"))));
        assertThat(key(k -> k.add(text("ab")).add(NOTHING)))
                .isNotEqualTo(key(k -> k.add(NOTHING).add(text("ab"))))
                .isNotEqualTo(key(k -> k.add(text("ab"))));
    }

    @Test
    void shouldTellTypesApart() {
        assertThat(key(k -> k.add(text("123")))).isNotEqualTo(key(k -> k.add(123)));
        assertThat(key(k -> k.add(text("RED")))).isNotEqualTo(key(k -> k.add(Colour.RED)));
        assertThat(key(k -> k.add(text("ab")))).isNotEqualTo(key(k -> k.add(new byte[] {'a', 'b'})));
        assertThat(key(k -> k.add(1))).isNotEqualTo(key(k -> k.add(true))).isNotEqualTo(key(k -> k.add(1.0)));
    }

    @Test
    void shouldTellZeroBytesFromPadding() {
        assertThat(key(k -> k.add(new byte[] {1}))).isNotEqualTo(key(k -> k.add(new byte[] {1, 0})));
        assertThat(key(k -> k.add(new byte[8]))).isNotEqualTo(key(k -> k.add(new byte[9])));
    }

    @Test
    void shouldTakeIntegersOfAnyWidthForTheSame() {
        assertThat(key(k -> k.add((short) 7))).isEqualTo(key(k -> k.add(7L))).isEqualTo(key(k -> k.add((byte) 7)));
    }

    @Test
    void shouldTakeEqualFractionsForTheSame() {
        assertThat(key(k -> k.add(-0.0))).isEqualTo(key(k -> k.add(0.0)));
        assertThat(key(k -> k.add(Double.NaN)))
                .isEqualTo(key(k -> k.add(Double.longBitsToDouble(0x7ff8000000000001L))));
        assertThat(key(k -> k.add(0.5f))).isEqualTo(key(k -> k.add(0.5)));
    }

    @Test
    void shouldKnowConstantsByTheirNamesWhateverTheirOrder() {
        assertThat(key(k -> k.add(Colour.RED))).isEqualTo(key(k -> k.add(ColourOfANewerVersion.RED)));
        assertThat(key(k -> k.add(Colour.DARK_GREEN)))
                .isEqualTo(key(k -> k.add(ColourOfANewerVersion.DARK_GREEN)))
                .isNotEqualTo(key(k -> k.add(Colour.RED)));
        assertThat(key(k -> k.add(TimeUnit.MICROSECONDS))).isNotEqualTo(key(k -> k.add(TimeUnit.MILLISECONDS)));
    }

    @Test
    void shouldReadTextWhereverItLies() {
        final byte[] frame = "..answer of nine".getBytes(StandardCharsets.UTF_8);
        final Text looking = new Text().wrap(frame, 2, frame.length - 2);

        assertThat(key(k -> k.add(looking))).isEqualTo(key(k -> k.add(text("answer of nine"))));
        assertThat(key(k -> k.add(frame, 2, 6))).isEqualTo(key(k -> k.add(Arrays.copyOfRange(frame, 2, 8))));
    }

    @Test
    void shouldBeKeylessOnlyWhenEachFieldIsTextOrBytesAndEmpty() {
        assertThat(isKeyless(k -> {})).isTrue();
        assertThat(isKeyless(k -> k.add(NOTHING).add(new byte[0]))).isTrue();
        assertThat(isKeyless(k -> k.add((Enum<?>) null))).isTrue();
        assertThat(isKeyless(k -> k.add(NOTHING).add(text("a")))).isFalse();
        assertThat(isKeyless(k -> k.add(text("a")).add(NOTHING))).isFalse();
        assertThat(isKeyless(k -> k.add(NOTHING).add(0))).isFalse();
        assertThat(isKeyless(k -> k.add(0.0))).isFalse();
        assertThat(isKeyless(k -> k.add(false))).isFalse();
        assertThat(isKeyless(k -> k.add(Colour.RED))).isFalse();
    }

    @Property
    void shouldBeTheSameOnlyForTheSameBytes(
            @ForAll @Size(max = 20) final byte[] one, @ForAll @Size(max = 20) final byte[] other) {
        assertThat(key(k -> k.add(one)).equals(key(k -> k.add(other)))).isEqualTo(Arrays.equals(one, other));
        assertThat(key(k -> k.add(one))).isEqualTo(key(k -> k.add(one.clone())));
    }

    @Property
    void shouldKeepNothingOfTheKeyBefore(@ForAll final long number, @ForAll @Size(max = 20) final byte[] bytes) {
        final KeyOf<Long> used = KeyOf.fields((value, key) -> key.add(value).add(bytes));
        used.read(number + 1);
        used.read(number);

        assertThat(new Hash(used.lo, used.hi)).isEqualTo(key(k -> k.add(number).add(bytes)));
    }

    private record Hash(long lo, long hi) {}

    private static Hash key(final Consumer<Key> fields) {
        final Key key = new Key();
        fields.accept(key);
        key.finish();
        return new Hash(key.lo(), key.hi());
    }

    private static boolean isKeyless(final Consumer<Key> fields) {
        final Key key = new Key();
        fields.accept(key);
        return key.isKeyless();
    }

    private static Text text(final String value) {
        return Text.of(value);
    }
}
