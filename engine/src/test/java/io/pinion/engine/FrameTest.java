package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.agrona.concurrent.UnsafeBuffer;

class FrameTest {
    @Property
    void shouldHoldWhatWasCopiedOfAnyLengthUpToItsMaximum(
            @ForAll @Size(max = 100) final byte[] source,
            @ForAll @IntRange(max = 100) final int from,
            @ForAll @IntRange(max = 100) final int maxBytes) {
        final int offset = Math.min(from, source.length);
        final int length = source.length - offset;
        final Frame frame = new Frame(4, maxBytes);

        final boolean isWhole = frame.copyFrom(new UnsafeBuffer(source), offset, length, FrameFormat.JSON);

        final int kept = Math.min(length, maxBytes);
        assertThat(isWhole).isEqualTo(length <= maxBytes);
        assertThat(Arrays.copyOf(frame.array(), frame.lengthBytes()))
                .isEqualTo(Arrays.copyOfRange(source, offset, offset + kept));
        assertThat(frame.format()).isEqualTo(FrameFormat.JSON);
    }
}
