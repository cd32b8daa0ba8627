package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RouteBacklogTest {
    private static Frame frame(final int lengthBytes, final int fill) {
        final Frame frame = new Frame(64, 1_024);
        frame.ensureCapacity(lengthBytes);
        Arrays.fill(frame.array(), (byte) fill);
        frame.lengthBytes(lengthBytes);
        return frame;
    }

    private static RouteBacklog backlog(final long maxEvents, final long maxBytes) {
        return new RouteBacklog(new RouteBounds(maxEvents, maxBytes));
    }

    private static byte[] saved(final RouteBacklog backlog) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        backlog.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void shouldBeAtItsBoundOfEventsExactly() {
        final RouteBacklog backlog = backlog(3, Long.MAX_VALUE);
        for (int i = 0; i < 2; i++) {
            backlog.appended(frame(1, i));
            assertThat(backlog.isAtBound()).isFalse();
        }
        backlog.appended(frame(1, 2));
        assertThat(backlog.isAtBound()).isTrue();
        backlog.confirm(1);
        assertThat(backlog.isAtBound()).isFalse();
    }

    @Test
    void shouldKnowConfirmedBytesInStepsOf256AndWhenAllIsConfirmed() {
        final RouteBacklog backlog = backlog(Long.MAX_VALUE, 300 * (10 + RouteBounds.RECORD_BYTES));
        for (int i = 0; i < 300; i++) {
            assertThat(backlog.isAtBound()).isFalse();
            backlog.appended(frame(10, i));
        }
        assertThat(backlog.isAtBound()).isTrue();
        backlog.confirm(255);
        assertThat(backlog.isAtBound()).isTrue();
        backlog.confirm(256);
        assertThat(backlog.isAtBound()).isFalse();
        for (int i = 0; i < 256; i++) {
            assertThat(backlog.isAtBound()).isFalse();
            backlog.appended(frame(10, i));
        }
        assertThat(backlog.isAtBound()).isTrue();
        backlog.confirm(556);
        assertThat(backlog.isAtBound()).isFalse();
        for (int i = 0; i < 300; i++) {
            assertThat(backlog.isAtBound()).isFalse();
            backlog.appended(frame(10, i));
        }
        assertThat(backlog.isAtBound()).isTrue();
    }

    @Test
    void shouldHaveAnotherHashForOtherContentOrderOrLength() {
        final List<Long> hashes = new ArrayList<>();
        for (final List<Frame> content : List.of(
                List.of(frame(1, 1), frame(1, 2)),
                List.of(frame(1, 2), frame(1, 1)),
                List.of(frame(1, 1), frame(1, 3)),
                List.of(frame(2, 1), frame(1, 2)),
                List.of(frame(1, 1)),
                List.<Frame>of())) {
            final RouteBacklog backlog = backlog(10, 1_000);
            content.forEach(backlog::appended);
            hashes.add(backlog.count().contentHash());
        }
        assertThat(hashes).doesNotHaveDuplicates();
    }

    /** Against lengths in a list, saved and restored at random; enough of them that the steps kept have to grow. */
    @Property(tries = 60)
    void shouldTellNeverLessThanWhatIsUnconfirmed(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 2_000) final int maxKilobytes)
            throws IOException {
        final SplittableRandom random = new SplittableRandom(seed);
        final RouteBounds bounds = new RouteBounds(1 + random.nextInt(60_000), maxKilobytes * 1_024L);
        final List<Long> bytesUpTo = new ArrayList<>(List.of(0L));
        RouteBacklog backlog = new RouteBacklog(bounds);
        long base = 0;
        int confirmed = 0;
        for (int i = 0; i < 40; i++) {
            for (int n = random.nextInt(2_000); n > 0; n--) {
                final int length = random.nextInt(100);
                backlog.appended(frame(length, i));
                bytesUpTo.add(bytesUpTo.get(bytesUpTo.size() - 1) + length + RouteBounds.RECORD_BYTES);
            }
            final int last = bytesUpTo.size() - 1;
            if (random.nextInt(3) == 0) {
                final int sequence = random.nextInt(5) == 0 ? last + random.nextInt(2) : random.nextInt(last + 1);
                assertThat(backlog.confirm(sequence)).isEqualTo(sequence > confirmed && sequence <= last);
                if (sequence > confirmed && sequence <= last) {
                    confirmed = sequence;
                    base = Math.max(base, bytesUpTo.get(sequence == last ? last : sequence / 256 * 256));
                }
            }
            if (random.nextInt(3) == 0) {
                final byte[] saved = saved(backlog);
                backlog = new RouteBacklog(bounds);
                backlog.restore(new DataInputStream(new ByteArrayInputStream(saved)));
                assertThat(saved(backlog)).isEqualTo(saved);
            }
            assertThat(backlog.isAtBound())
                    .isEqualTo(
                            last - confirmed >= bounds.maxEvents() || bytesUpTo.get(last) - base >= bounds.maxBytes());
            assertThat(backlog.count())
                    .extracting(RouteCount::next, RouteCount::confirmed)
                    .containsExactly(last + 1L, (long) confirmed);
        }
    }
}
