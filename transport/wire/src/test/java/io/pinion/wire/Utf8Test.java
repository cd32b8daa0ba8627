package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Bytes near which the rules change. */
    private static final int[] EDGES = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF
    };

    @Test
    void shouldAgreeWithTheJdkOnWhatIsWellFormed() {
        final SplittableRandom random = new SplittableRandom(1);
        int wellFormed = 0;
        for (int i = 0; i < 400_000; i++) {
            final byte[] bytes = new byte[random.nextInt(12)];
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) EDGES[random.nextInt(EDGES.length)];
            }
            final boolean expected = isWellFormed(bytes);
            wellFormed += expected ? 1 : 0;
            if ((Utf8.kindOf(bytes, 0, bytes.length) == Utf8.WELL_FORMED) != expected) {
                assertThat(bytes).as("well-formed: %s", expected).isEmpty();
            }
        }
        assertThat(wellFormed).isGreaterThan(10_000);
    }

    private static boolean isWellFormed(final byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (final CharacterCodingException e) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Generated.texts();
    }

    @Property(tries = 2000)
    void shouldTurnTextIntoWhatWireHasAndBack(@ForAll("texts") final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final byte[] wire = new byte[Utf8.wireLength(bytes, 0, bytes.length)];
        Utf8.toWire(bytes, 0, bytes.length, wire, 0);
        final byte[] plain = Frames.wire(out -> out.getValueOut().text(text));
        assertThat(plain).endsWith(wire);
        assertThat(Utf8.kindOf(wire, 0, wire.length)).isNotEqualTo(Utf8.MALFORMED);
        final byte[] back = new byte[bytes.length];
        assertThat(Utf8.fromWire(wire, 0, wire.length, back, 0)).isEqualTo(bytes.length);
        assertThat(back).isEqualTo(bytes);
    }

    @Test
    void shouldRefuseTextThatClaimsToBeLongerThanItsArray() {
        final byte[] array = new byte[64];
        assertThatThrownBy(() -> Utf8.wireLength(array, 0, 1_500_000_000))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Utf8.wireLength(array, 60, 68)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Utf8.wireLength(array, 32, 32 + Integer.MAX_VALUE))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
