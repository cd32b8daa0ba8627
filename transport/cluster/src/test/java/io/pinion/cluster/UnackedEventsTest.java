package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UnackedEventsTest {
    private static final int MAX_EVENTS = 7;
    private static final int MAX_BYTES = 100;

    private record Message(long sequence, byte[] bytes) {}

    private UnackedEvents events = new UnackedEvents(MAX_EVENTS, MAX_BYTES);
    private final Deque<Message> model = new ArrayDeque<>();

    private void begin() {
        events = new UnackedEvents(MAX_EVENTS, MAX_BYTES);
        model.clear();
    }

    /** Each number is an operation: a message of that length, or, from 60 on, so many acknowledged. */
    @Property(tries = 2_000)
    void shouldKeepWhatIsNotAcknowledgedToTheByte(
            @ForAll @Size(max = 100) final List<@IntRange(max = 67) Integer> operations) {
        begin();
        for (final int operation : operations) {
            if (operation < 60) {
                add(operation);
            } else {
                acknowledge(operation - 60);
            }
            assertThat(events.isEmpty()).isEqualTo(model.isEmpty());
            model.forEach(this::check);
        }
    }

    private void add(final int lengthBytes) {
        final int at = events.claim(lengthBytes);
        if (at < 0) {
            final int kept =
                    model.stream().mapToInt(message -> message.bytes.length).sum();
            // The end of the buffer may be left free where a message wraps around.
            assertThat(model.size() == MAX_EVENTS || kept + 2 * lengthBytes > MAX_BYTES || kept + 60 > MAX_BYTES / 2)
                    .isTrue();
            return;
        }
        final byte[] bytes = new byte[lengthBytes];
        for (int i = 0; i < lengthBytes; i++) {
            bytes[i] = (byte) (events.next() * 31 + i);
        }
        events.buffer().putBytes(at, bytes);
        model.add(new Message(events.next(), bytes));
        assertThat(events.commit(at, lengthBytes)).isEqualTo(model.getLast().sequence);
        assertThat(model).hasSizeLessThanOrEqualTo(MAX_EVENTS);
    }

    private void acknowledge(final int count) {
        events.acknowledge(events.first() + count - 1);
        for (int i = 0; i < count && !model.isEmpty(); i++) {
            model.removeFirst();
        }
        assertThat(events.first()).isEqualTo(model.isEmpty() ? events.next() : model.getFirst().sequence);
    }

    private void check(final Message message) {
        final byte[] kept = new byte[events.lengthOf(message.sequence)];
        events.buffer().getBytes(events.offsetOf(message.sequence), kept);
        assertThat(kept).isEqualTo(message.bytes);
    }

    @Test
    void shouldTakeSoManyEventsAndNoMore() {
        for (int i = 0; i < MAX_EVENTS; i++) {
            assertThat(events.commit(events.claim(1), 1)).isEqualTo(i + 1);
        }
        assertThat(events.claim(1)).isNegative();
        events.acknowledge(1);
        assertThat(events.claim(1)).isNotNegative();
    }

    @Test
    void shouldTakeAMessageAsLongAsTheBufferOnlyWhenItIsEmpty() {
        assertThat(events.claim(MAX_BYTES + 1)).isNegative();
        events.commit(events.claim(MAX_BYTES), MAX_BYTES);
        assertThat(events.claim(1)).isNegative();
        events.acknowledge(1);
        assertThat(events.claim(MAX_BYTES)).isZero();
    }
}
