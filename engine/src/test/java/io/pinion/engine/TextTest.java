package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class TextTest {
    @Property
    void shouldBehaveAsTheStringItHolds(
            @ForAll @StringLength(max = 40) final String first, @ForAll @StringLength(max = 40) final String second) {
        final String a = wellFormed(first);
        final String b = wellFormed(second);
        final Text text = Text.of(first);
        assertThat(text).hasToString(a);
        assertThat(text.lengthBytes()).isEqualTo(a.getBytes(StandardCharsets.UTF_8).length);
        assertThat(text.contentEquals(a)).isTrue();
        assertThat(text.contentEquals(b)).isEqualTo(a.equals(b));
        assertThat(text.equals(Text.of(b))).isEqualTo(a.equals(b));
        assertThat(text).hasSameHashCodeAs(Text.of(a));
        assertThat(Integer.signum(text.compareTo(Text.of(b)))).isEqualTo(compareCodePoints(a, b));
    }

    @Test
    void shouldLookAtBytesUntilItIsSet() {
        final byte[] frame = "..ada..".getBytes(StandardCharsets.US_ASCII);
        final Text text = new Text().wrap(frame, 2, 3);
        frame[2] = 'A';
        assertThat(text).hasToString("Ada");

        final Text copy = new Text().set(text);
        frame[2] = 'x';
        assertThat(copy).hasToString("Ada");
    }

    @Test
    void shouldReplaceALoneSurrogate() {
        assertThat(Text.of("a\uD83Db")).hasToString("a?b");
        assertThat(Text.of("\uD83D\uDE00").lengthBytes()).isEqualTo(4);
    }

    private static String wellFormed(final String value) {
        return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static int compareCodePoints(final String a, final String b) {
        final int[] x = a.codePoints().toArray();
        final int[] y = b.codePoints().toArray();
        return Integer.signum(java.util.Arrays.compare(x, y));
    }
}
