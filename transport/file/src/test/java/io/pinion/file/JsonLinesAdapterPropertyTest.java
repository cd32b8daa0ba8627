package io.pinion.file;

import static io.pinion.file.JsonLinesAdapterTest.drain;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class JsonLinesAdapterPropertyTest {
    private static final int MAX_FRAME_BYTES = 100;

    @Property(tries = 300)
    void shouldReadLinesHoweverTheyAreCutIntoReads(
            @ForAll @Size(max = 40) final List<@IntRange(max = 250) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 300) final int readBytes) {
        final StringBuilder text = new StringBuilder();
        final List<String> expected = new ArrayList<>();
        for (final int length : lengths) {
            final String line = "y".repeat(length);
            text.append(line).append('\n');
            if (length > 0) {
                expected.add(line.substring(0, Math.min(length, MAX_FRAME_BYTES + 1)));
            }
        }
        final InputStream slow = new ByteArrayInputStream(text.toString().getBytes(UTF_8)) {
            @Override
            public int read(final byte[] to, final int offset, final int length) {
                return super.read(to, offset, Math.min(length, readBytes));
            }
        };
        assertThat(drain(JsonLinesAdapter.ofStream(slow, "slow", MAX_FRAME_BYTES)))
                .isEqualTo(expected);
    }
}
