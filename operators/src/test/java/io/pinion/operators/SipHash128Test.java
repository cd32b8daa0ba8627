package io.pinion.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHash128Test {
    /** The reference's vectors: key 00 01 … 0f, input 00 01 … of so many bytes. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "16, 6ee2a4ca67b054bbfd3315bf85230577",
        "24, 2db479ae78bd50d8882a8a178a6132ad",
        "32, 7c3956ca5eeafc3e363e9d556546eb68"
    })
    void shouldGiveTheReferencesHash(final int lengthBytes, final String expected) {
        final ByteBuffer input = ByteBuffer.allocate(lengthBytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < lengthBytes; i++) {
            input.put(i, (byte) i);
        }
        final SipHash128 hash = new SipHash128();
        hash.word(42);
        hash.finish();

        hash.reset();
        while (input.hasRemaining()) {
            hash.word(input.getLong());
        }
        hash.finish();

        final ByteBuffer output = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.lo())
                .putLong(hash.hi());
        assertThat(HexFormat.of().formatHex(output.array())).isEqualTo(expected);
    }

    /** The reference's vectors for lengths that are no whole words, under the same key given as one's own. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "1, da87c1d86b99af44347659119b22fc45",
        "7, a1f1ebbed8dbc153c0b84aa61ff08239",
        "8, 3b62a9ba6258f5610f83e264f31497b4",
        "9, 264499060ad9baabc47f8b02bb6d71ed",
        "15, 5493e99933b0a8117e08ec0f97cfc3d9",
        "63, 5150d1772f50834a503e069a973fbd7c"
    })
    void shouldGiveTheReferencesHashOfBytesWhereverTheyLie(final int lengthBytes, final String expected) {
        final byte[] input = new byte[lengthBytes + 5];
        for (int i = 0; i < lengthBytes; i++) {
            input[3 + i] = (byte) i;
        }
        final SipHash128 hash = new SipHash128();
        hash.reset(1, 2);
        hash.word(42);
        hash.finish();

        hash.reset(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        hash.bytes(input, 3, lengthBytes);

        final ByteBuffer output = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.lo())
                .putLong(hash.hi());
        assertThat(HexFormat.of().formatHex(output.array())).isEqualTo(expected);
    }
}
